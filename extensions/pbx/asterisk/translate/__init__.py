"""Asterisk's messages into `extensions.pbx.events`, subject by subject. Pure: no connection, and a given clock.

Whatever a PBX sends is hostile text: numbers are checked by shape, texts are cut and freed of control characters, a
message that contradicts itself is Stray, and so is what cannot be attributed to exactly one tenant.
"""

"""Asterisk's manager interface: messages, one connection, and nothing about telephony.

`message` is bytes to messages and back, `client` one signed-in connection, `redact` what may be written into a log,
`backoff` how long to wait before trying again. What the messages mean is told by `extensions/pbx/asterisk/`.
"""

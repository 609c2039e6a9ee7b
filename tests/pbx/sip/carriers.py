"""Carriers: sipp, at addresses of their own beside the PBX's."""

FIRST, SECOND = "127.0.0.2", "127.0.0.3"

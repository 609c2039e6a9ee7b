"""Changing call controls: blocked callers, exceptions, rules for outgoing calls, kept call tests."""

"""Demonstration data, made by the same services that the pages call."""

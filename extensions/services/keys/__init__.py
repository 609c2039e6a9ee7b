"""Changing keys: one, their order, many at once, and templates (BLF-01, BLF-02, BLF-05, BLF-06)."""

"""Operators' pages about PBXs, on the management host (PBX-12, MON-02)."""

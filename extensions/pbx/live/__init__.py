"""What telephones and calls do now: written by `manage.py pbx` into Redis, read by pages (MON-01, PRS-02)."""

"""Pages about keys: the panel of an extension, templates, and one set of keys for many (BLF-01, BLF-02, BLF-05)."""

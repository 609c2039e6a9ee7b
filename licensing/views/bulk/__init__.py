"""Pages of bulk assignments (BLK)."""

"""Shared parking: one lot of a tenant, its slots, and where they stand on keys and speed dials (PRK-01 to PRK-05)."""

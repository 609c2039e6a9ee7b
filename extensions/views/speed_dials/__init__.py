"""Pages about speed dials (SPD-01 to SPD-03)."""

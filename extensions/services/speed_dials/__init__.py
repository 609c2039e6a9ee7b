"""Speed dials: short codes for numbers, everybody's and personal ones (SPD-01 to SPD-03)."""

"""Keys with lamps: what a panel shows, which keys hold, what they point at. Reads; changes are in services/keys."""

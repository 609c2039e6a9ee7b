"""Search over everything that a person may see, for the palette (ctrl-K) and the search page (UXP-01)."""

"""Pages about agent statuses: which exist, who has which, and since when."""

"""Pages about schedules and holidays."""

"""Forms about schedules and holidays."""

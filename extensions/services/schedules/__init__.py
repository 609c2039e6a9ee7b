"""Schedules, their holidays and what is opened or closed by hand (SCH-01 to SCH-10)."""

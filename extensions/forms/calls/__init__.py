"""Forms of call controls."""

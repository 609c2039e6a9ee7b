"""Forms about people and their sign-ins."""

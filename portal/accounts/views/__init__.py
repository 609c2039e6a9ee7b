"""Pages about people and their sign-ins; one module per noun."""

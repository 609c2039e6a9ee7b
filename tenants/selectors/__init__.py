"""Reads that join tables or feed a screen; one module per noun."""

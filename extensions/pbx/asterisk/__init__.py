"""Asterisk 20 and later with PJSIP: files that it reads, its manager interface, and what it tells."""

"""A real Asterisk for developers and for CI: fetched from Debian's packages into a private folder, not installed."""

"""Forms of the telephone system's pages."""

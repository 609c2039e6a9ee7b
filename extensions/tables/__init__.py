"""Tables of the telephone system's pages."""

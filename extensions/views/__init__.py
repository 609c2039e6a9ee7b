"""A tenant's own pages about its telephone system."""

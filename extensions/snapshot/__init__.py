"""A tenant's telephone system at one moment, as plain facts: what pages simulate and what a PBX is rendered from."""

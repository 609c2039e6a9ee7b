"""The configuration check (LNT-01): what is wrong or odd in a tenant's telephone system, and how to mend it."""

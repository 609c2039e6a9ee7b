"""Licences of a tenant: pools, assignment to extensions, bulk assignment, exports."""

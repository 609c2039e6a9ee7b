"""Licences of a tenant: pools, assignment to extensions, bulk assignment, exports. They come with the LIC rows."""

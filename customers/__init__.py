"""The commercial side of tenants: customers and their contacts."""

"""What can be done in a tenant's telephone system; one module per journey."""

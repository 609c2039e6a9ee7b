"""The telephone system of a tenant: its extensions and the general parameters of its queues."""

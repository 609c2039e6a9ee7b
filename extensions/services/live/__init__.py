"""What people do on the live board."""

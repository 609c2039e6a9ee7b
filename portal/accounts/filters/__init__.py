"""What the list of users can be narrowed by."""

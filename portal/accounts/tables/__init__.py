"""Tables of people and support sessions."""

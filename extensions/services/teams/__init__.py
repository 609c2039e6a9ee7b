"""Teams: what they are called and how they ring, who is in them, and who manages them."""

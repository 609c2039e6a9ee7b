"""What the demonstration companies have in their telephone systems, topic by topic."""

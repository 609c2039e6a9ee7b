"""What happens to a call, and which hours hold: pure functions over the facts of a snapshot."""

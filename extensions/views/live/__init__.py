"""Pages that show what telephones and calls do now."""

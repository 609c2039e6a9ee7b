"""The file formats of telephones. Each escapes in one place, and refuses what it cannot say (THR-16, THR-22)."""

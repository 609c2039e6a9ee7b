"""Uploads in two steps: check a file and show everything that is wrong, then commit exactly what was shown."""

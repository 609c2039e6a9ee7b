"""The kinds of jobs of this app, found at start."""

from licensing.bulk import job, undo

__all__ = ["job", "undo"]

"""Waking the queue of scheduled requests."""

from portal.jobs.outbox import enqueue

START_DUE = "tenants.start_due_requests"


def wake_queue() -> None:
    """Look for due requests soon; several calls before that become one."""
    enqueue(START_DUE, key=START_DUE)

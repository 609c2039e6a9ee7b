"""Runs whatever is due in a queue."""

from collections.abc import Callable

from django.db import connection

from portal.jobs.errand import run_task
from portal.jobs.leases import claim_job, claim_task
from portal.jobs.registry import QUEUES, task_leases
from portal.jobs.runner import run_job


def never() -> bool:
    """Nobody asks for a pause."""
    return False


def run_due(queue: str, *, pause: Callable[[], bool] = never) -> int:
    """Run the due tasks and jobs of `queue` until none is left or `pause` says so; returns how many were claimed.

    Tasks and jobs take turns, so that many of the one kind do not hold up the other.
    """
    claimed = 0
    connection.set_schema_to_public()
    while not pause():
        task = claim_task(queue, task_leases())
        if task is not None:
            run_task(task)
        job = None if pause() else claim_job(queue)
        if job is not None:
            run_job(job, pause=pause)
        if task is None and job is None:
            break
        claimed += (task is not None) + (job is not None)
    return claimed


def run_everything_due() -> int:
    """Run what is due in all queues, and what that leads to, in this process; returns how many were claimed."""
    total = 0
    while claimed := sum(run_due(queue) for queue in QUEUES):
        total += claimed
    return total

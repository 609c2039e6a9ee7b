"""The two things that a message may start."""

import time
from functools import partial
from typing import Any

from celery import signals

from portal.celery import TaskRefused, app
from portal.jobs.drain import run_due
from portal.jobs.registry import QUEUES
from portal.jobs.stopping import is_stopping, stop
from portal.jobs.sweep import sweep
from portal.jobs.wake import wake

# After this long a process turns to another queue; what is left waits for one message, not for the sweep.
TIME_BOX_SECONDS = 30.0


@app.task(name="jobs.wake", platform=True)
def wake_task(*, queue: str, **_: Any) -> None:
    """Run what is due in one queue, until none is left, the time box is over or the worker is being stopped."""
    if queue not in QUEUES:
        raise TaskRefused(f"there is no queue {queue!r}")
    ends = time.monotonic() + TIME_BOX_SECONDS
    run_due(queue, pause=partial(_should_pause, ends))
    if time.monotonic() >= ends:
        wake(queue)


@app.task(name="jobs.sweep", platform=True)
def sweep_task(**_: Any) -> None:
    """Find what nobody was woken for."""
    sweep()


@signals.worker_shutting_down.connect
def _tell_processes(**_: Any) -> None:
    stop()


def _should_pause(ends: float) -> bool:
    return is_stopping() or time.monotonic() >= ends

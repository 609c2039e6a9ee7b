"""Waking a worker: only a hint. The sweeper finds whatever nobody was woken for."""

import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from kombu.pools import ProducerPool, producers

from portal.celery import app

log = logging.getLogger(__name__)
# The queue's server may be away, or hang: a page must not wait for it.
_QUICK = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5, "max_retries": 0, "retry_on_timeout": False}
_PAUSE_SECONDS = 5.0
_EXPIRES_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class _Wake:
    queue: str

    def __call__(self) -> None:
        wake(self.queue)


class _Silence:
    """After a failure nothing is sent for a while, so that an outage costs one page a moment and not all of them."""

    until = 0.0


def wake_on_commit(queue: str) -> None:
    """Wake the workers of `queue` once, after this transaction commits."""
    hint = _Wake(queue)
    if not any(registered[1] == hint for registered in connection.run_on_commit):
        transaction.on_commit(hint, robust=True)


def wake(queue: str) -> None:
    """Tell the workers that `queue` has work. Never raises, never waits for long."""
    if time.monotonic() < _Silence.until:
        return
    try:
        with _producers().acquire(block=True, timeout=0.5) as producer:
            app.send_task(
                "jobs.wake",
                kwargs={"queue": queue},
                queue=queue,
                producer=producer,
                expires=_EXPIRES_SECONDS,
                retry=False,
                ignore_result=True,
            )
    except Exception as fault:  # noqa: BLE001 - whatever is wrong with the hint, the work itself is recorded
        _Silence.until = time.monotonic() + _PAUSE_SECONDS
        log.warning("nobody could be woken for the queue %s: %s", queue, fault)


def _producers() -> ProducerPool:
    options = {**settings.CELERY["broker_transport_options"], **_QUICK}
    return producers[app.connection_for_write(transport_options=options)]

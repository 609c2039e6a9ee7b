"""The guarantee: whatever is due and held by nobody is found, whoever forgot to wake a worker for it."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db.models.functions import Now

from portal.jobs.leases import due
from portal.jobs.models import Job, Outbox
from portal.jobs.periodic import record_due_work
from portal.jobs.wake import wake

log = logging.getLogger(__name__)
KEEP_DONE = timedelta(hours=24)
_PRUNED_AT_ONCE = 5000


def sweep() -> None:
    """Record periodic work, wake the queues with due work, forget old tasks. One fault does not stop the rest."""
    for part in (record_due_work, wake_due_queues, prune):
        _try(part)


def due_queues() -> list[str]:
    """The queues in which something is due that nobody holds: never begun, or left behind by a lost worker."""
    tasks = due(Outbox.objects.waiting()).values_list("queue", flat=True)
    jobs = due(Job.objects.open()).values_list("queue", flat=True)
    return sorted({*tasks.distinct(), *jobs.distinct()})


def wake_due_queues() -> None:
    """Wake each of them."""
    for queue in due_queues():
        wake(queue)


def prune() -> int:
    """Forget tasks that were done long ago; those given up are kept. Returns how many rows went."""
    old = Outbox.objects.filter(done_at__lt=Now() - KEEP_DONE).order_by("pk").values("pk")[:_PRUNED_AT_ONCE]
    return Outbox.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]


def _try(part: Callable[[], object]) -> None:
    try:
        part()
    except Exception:
        log.exception("sweep: %s failed", part.__name__)

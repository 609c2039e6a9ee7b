"""Work that comes back: listed in one file (settings.PERIODIC_WORK), recorded in the outbox by the sweep."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from portal.jobs.gate import tenant_gate
from portal.jobs.models import Tick
from portal.jobs.outbox import enqueue, enqueue_each

log = logging.getLogger(__name__)
_KEY = "periodic"


@dataclass(frozen=True, slots=True)
class Periodic:
    """One entry of the schedule. Scope `tenants` runs it in every ready tenant, spread evenly over `spread`."""

    task: str
    every: timedelta
    scope: Literal["platform", "tenants"] = "platform"
    spread: timedelta = timedelta(0)


def schedule() -> Sequence[Periodic]:
    """The schedule that the settings name."""
    return import_string(settings.PERIODIC_WORK)


def record_due_work() -> list[str]:
    """Record every entry whose time has come, once however many sweeps look at the same moment; returns their names.

    All times are the database's. Set back, its clock delays an entry by one interval at most; nothing runs twice.
    """
    return [entry.task for entry in schedule() if _recorded(entry)]


def _recorded(entry: Periodic) -> bool:
    try:
        return _record_if_due(entry)
    except Exception:  # one entry must not stop the others
        log.exception("the periodic task %s could not be recorded", entry.task)
        return False


@transaction.atomic
def _record_if_due(entry: Periodic) -> bool:
    Tick.objects.bulk_create([Tick(task=entry.task, next_at=Now())], ignore_conflicts=True)
    # The engine's own clockwork; nothing here is audited.
    ticks = Tick.objects.filter(task=entry.task)
    ticks.filter(next_at__gt=Now() + entry.every).update(next_at=Now() + entry.every)
    if not ticks.filter(next_at__lte=Now()).update(next_at=Now() + entry.every):
        return False
    if entry.scope == "platform":
        enqueue(entry.task, key=_KEY)
    else:
        enqueue_each(entry.task, schemas=tenant_gate().ready_schemas(), key=_KEY, spread=entry.spread)
    return True

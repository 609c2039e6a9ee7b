"""Recording small work in the transaction of whoever needs it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from portal.core.request_id import current
from portal.jobs.leases import lock_key
from portal.jobs.models import Outbox
from portal.jobs.registry import task_named
from portal.jobs.wake import wake_on_commit

PUBLIC = "public"


class NoSchema(ValueError):
    """A tenant's task was recorded outside any tenant, or for another schema than the one that is active."""


def enqueue(
    name: str, *, key: str = "", run_at: datetime | None = None, schema: str | None = None, **kwargs: Any
) -> None:
    """Record the task `name` for the schema that is active now; it runs if and after this transaction commits.

    `kwargs` are plain values: ids, never secrets. With `key`, equal waiting work is recorded once. `run_at` puts it
    off. `schema` is for platform code that records work for a tenant. Raises UnknownWork and NoSchema at once.
    """
    task = task_named(name)
    active = connection.schema_name or PUBLIC
    target = schema or active
    if active not in (PUBLIC, target):
        raise NoSchema(f"{name}: {active} may not record work for {target}")
    if target == PUBLIC and not task.platform:
        raise NoSchema(f"{name} belongs to a tenant and none is active")
    row = Outbox(
        task=name,
        kwargs=kwargs,
        schema=target,
        queue=task.queue,
        key=key,
        run_at=run_at or Now(),
        request_id=current(),
    )
    with transaction.atomic():
        if key:
            lock_key(target, name, key)
        Outbox.objects.bulk_create([row], ignore_conflicts=bool(key))
    wake_on_commit(task.queue)


def enqueue_each(name: str, *, schemas: Iterable[str], key: str = "", spread: timedelta = timedelta(0)) -> None:
    """Record the task `name` once in each of `schemas`, by platform code and in one statement; runs after the commit.

    The runs begin evenly over `spread`. With `key`, equal waiting work is recorded once. Raises UnknownWork.
    """
    task, found = task_named(name), list(schemas)
    gap = spread / max(1, len(found))
    rows = [
        Outbox(task=name, schema=schema, queue=task.queue, key=key, run_at=Now() + gap * place, request_id=current())
        for place, schema in enumerate(found)
    ]
    Outbox.objects.bulk_create(rows, ignore_conflicts=bool(key))
    wake_on_commit(task.queue)

"""A worker whose fence is off: it writes even when another worker has taken over. Only to see the tests go red."""

from typing import Any

from celery import signals

from tests.jobs.worker import app

__all__ = ["app"]


@signals.worker_init.connect
def take_the_fence_down(**_: Any) -> None:
    """Any claim counts as the latest one."""
    from portal.jobs.leases import Lease  # noqa: PLC0415 - models exist only now

    Lease.row = lambda lease: lease.model.objects.filter(pk=lease.pk)  # type: ignore[method-assign]

"""Periodic work of a tenant's telephone system; each entry calls one service."""

from typing import Any

from django.utils import timezone

from extensions.services.follow_schedules import follow_schedules
from portal.jobs.registry import task


@task("extensions.follow_schedules")
def follow_schedules_task(**_: Any) -> None:
    """Statuses that the schedule changes, in one tenant."""
    follow_schedules(at=timezone.now())

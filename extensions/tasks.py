"""Periodic work of a tenant's telephone system; each entry calls one service."""

from typing import Any

from django.utils import timezone

<<<<<<< HEAD
from extensions.services.follow_schedules import follow_schedules
from portal.jobs.registry import task


@task("extensions.follow_schedules")
def follow_schedules_task(**_: Any) -> None:
    """Statuses that the schedule changes, in one tenant."""
    follow_schedules(at=timezone.now())
=======
from extensions.services.audio.sweep import forget_unused_sounds
from portal.jobs.registry import task


@task("extensions.forget_unused_sounds")
def forget_unused_sounds_task(**_: Any) -> None:
    """Files of sounds that were deleted or replaced give back their room."""
    forget_unused_sounds(at=timezone.now())
>>>>>>> ca49497 (Keep uploaded sound and voicemail boxes)

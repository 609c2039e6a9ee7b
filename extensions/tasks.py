"""Work of a tenant's telephone system in the background; each entry calls one service."""

from typing import Any

from django.utils import timezone

from extensions.pbx import tasks as _pbx  # noqa: F401 - registers the work between tenants and their PBX
from extensions.pbx.live import tasks as _live  # noqa: F401 - registers what the live board asks for
from extensions.provisioning.freshness import TASK as LOOK_AT_TELEPHONES
from extensions.provisioning.freshness import look_again
from extensions.provisioning.resync import TASK as ASK_TELEPHONES
from extensions.provisioning.resync import ask_telephones
from extensions.services.audio.sweep import forget_unused_sounds
from extensions.services.calls.kept_tests import run_call_tests
from extensions.services.check.run import TASK as CHECK
from extensions.services.check.run import run_check
from extensions.services.configuration import configuration_changed
from extensions.services.follow_schedules import follow_schedules
from extensions.services.platform_defaults import CHANGED as PLATFORM_CHANGED
from portal.jobs.registry import task


@task("extensions.follow_schedules")
def follow_schedules_task(**_: Any) -> None:
    """Statuses that the schedule changes, in one tenant."""
    follow_schedules(at=timezone.now())


@task("extensions.forget_unused_sounds")
def forget_unused_sounds_task(**_: Any) -> None:
    """Files of sounds that were deleted or replaced give back their room."""
    forget_unused_sounds(at=timezone.now())


@task("extensions.run_call_tests")
def run_call_tests_task(**_: Any) -> None:
    """The kept call tests of one tenant, after something changed."""
    run_call_tests(at=timezone.now())


@task(CHECK)
def check_configuration_task(**_: Any) -> None:
    """Look for problems in one tenant (LNT-01)."""
    run_check(at=timezone.now())


@task(PLATFORM_CHANGED, atomic=True)
def platform_changed_task(**_: Any) -> None:
    """The platform says something else about settings: one tenant's configuration is a new one."""
    configuration_changed(by=None)


@task(LOOK_AT_TELEPHONES)
def look_at_telephones_task(**_: Any) -> None:
    """Which telephones of one tenant must fetch their configuration again, after something changed (PRV-01)."""
    look_again()


@task(ASK_TELEPHONES, platform=True, attempts=3)
def ask_telephones_task(*, tenant: str, address: str, event: str, **_: Any) -> None:
    """Ask the telephones of one extension to fetch their configuration now (PRV-01)."""
    ask_telephones(tenant=tenant, address=address, event=event)

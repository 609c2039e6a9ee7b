"""Work about licences in the background; each entry calls one service."""

from typing import Any

from django.utils import timezone

from licensing.services.exports import TASK as MAKE_EXPORT
from licensing.services.exports import forget_exports
from licensing.services.making import make_export
from portal.jobs.registry import task


@task(MAKE_EXPORT, queue="bulk")
def make_export_task(*, export_id: int, **_: Any) -> None:
    """A file that somebody waits for."""
    make_export(export_id=export_id, at=timezone.now())


@task("licensing.forget_exports")
def forget_exports_task(**_: Any) -> None:
    """Files whose time is over, in one tenant."""
    forget_exports(at=timezone.now())

"""Periodic work of apps that stand below the job engine."""

from typing import Any

from django.utils import timezone

from portal.accounts.services.expired import forget_expired
from portal.jobs.registry import task


@task("sites.forget_expired", platform=True)
def forget_expired_task(**_: Any) -> None:
    """In the management instance."""
    forget_expired(at=timezone.now())


@task("sites.forget_expired_in_tenant")
def forget_expired_in_tenant_task(**_: Any) -> None:
    """In one tenant."""
    forget_expired(at=timezone.now())

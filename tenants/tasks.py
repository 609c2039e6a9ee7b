"""Work of tenants and templates that nobody waits for; each entry calls one service."""

from typing import Any

from django.utils import timezone

from portal.jobs.registry import task
from tenants.models import ServiceTemplate, Tenant
from tenants.services.lifecycle.limits import count_extensions
from tenants.services.numbers import tidy_numbers
from tenants.services.requests.drafts import forget_old_drafts
from tenants.services.requests.queue import START_DUE
from tenants.services.requests.running import start_due
from tenants.services.templates.publish import drop_unneeded_versions


@task("tenants.count_extensions", platform=True)
def count_extensions_task(*, origin: str, **_: Any) -> None:
    """The number of extensions of the schema that asked is copied up to its tenant's row."""
    tenant = Tenant.objects.customers().filter(schema_name=origin).first()
    if tenant is not None:  # templates' working copies have no row in any list
        count_extensions(tenant=tenant)


@task("tenants.drop_unneeded_versions", platform=True)
def drop_unneeded_versions_task(*, template_id: int, **_: Any) -> None:
    """Versions that nobody can order any more give back their space."""
    drop_unneeded_versions(template=ServiceTemplate.objects.get(pk=template_id))


@task(START_DUE, platform=True)
def start_due_requests_task(**_: Any) -> None:
    """Scheduled requests start when the off-peak window is open and there is room."""
    start_due(at=timezone.now())


@task("tenants.forget_old_drafts", platform=True)
def forget_old_drafts_task(**_: Any) -> None:
    """Registration forms that nobody finished are not kept."""
    forget_old_drafts(at=timezone.now())


@task("tenants.tidy_numbers", platform=True)
def tidy_numbers_task(**_: Any) -> None:
    """Outside numbers whose rest or reservation is over, and notices of those that end soon."""
    tidy_numbers(at=timezone.now())

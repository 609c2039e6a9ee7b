"""Publish, prefer and retire service templates (TPL-01, TPL-03, TPL-04, TPL-08)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.jobs.outbox import enqueue
from tenants.models import (
    RegistrationDraft,
    ServiceTemplate,
    SubscriptionRequest,
    TemplateState,
    TemplateVersion,
)
from tenants.services.cloning import drop_schema
from tenants.services.templates.placeholders import demand_known_placeholders
from tenants.services.versions import publish_version
from tenants.tenant_states import TEMPLATE_MOVES

# Nobody waits for the disk space; a request sent in this very moment may still name the version.
GRACE = timedelta(hours=1)


class NotPublished(DomainError):
    """Only what can be ordered can be the default."""


@transaction.atomic
def publish_template(*, template: ServiceTemplate, by: User, at: datetime) -> TemplateVersion:
    """Freeze facts and content as the next version (`tpl5_v3`), which new requests are made from.

    Raises IllegalMove, UnknownPlaceholder (TPL-06), and NotCurrent while the working copy waits for the upgrade.
    """
    locked = ServiceTemplate.objects.select_for_update().select_related("working_copy").get(pk=template.pk)
    TEMPLATE_MOVES.move(locked, TemplateState.PUBLISHED)
    demand_known_placeholders(locked.working_copy)
    version = publish_version(template=locked, by_name=str(by), at=at)
    _tidy_later(locked, at)
    return version


@transaction.atomic
def make_default(*, template: ServiceTemplate) -> ServiceTemplate:
    """Prefer this template on the registration form; the one preferred before no longer is (TPL-04).

    Raises NotPublished.
    """
    # All of them, in one order: two operators who choose at once wait for each other instead of both winning.
    locked = {one.pk: one for one in ServiceTemplate.objects.select_for_update().order_by("pk")}
    chosen = locked[template.pk]
    if chosen.state != TemplateState.PUBLISHED:
        raise NotPublished(_("Publish the template before you make it the default."))
    for former in locked.values():
        if former.is_default and former.pk != chosen.pk:
            former.is_default = False
            former.save(update_fields=["is_default"])
    if not chosen.is_default:
        chosen.is_default = True
        chosen.save(update_fields=["is_default"])
    return chosen


@transaction.atomic
def retire_template(*, template: ServiceTemplate, at: datetime) -> ServiceTemplate:
    """Take the template off every form. Tenants made from it keep working (TPL-08). Raises IllegalMove."""
    TEMPLATE_MOVES.move(template, TemplateState.RETIRED, is_default=False)
    _tidy_later(template, at)
    return template


@transaction.atomic
def drop_unneeded_versions(*, template: ServiceTemplate) -> int:
    """Drop the schemas of versions that nobody can order and no open request waits for; returns how many.

    What was sold stays on record: the version's row keeps its facts.
    """
    locked = ServiceTemplate.objects.select_for_update().get(pk=template.pk)
    found = list(locked.versions.filter(schema__isnull=False).select_related("schema").order_by("-number"))
    current = found[:1] if locked.state == TemplateState.PUBLISHED else []
    waiting = {*SubscriptionRequest.objects.open().values_list("template_version_id", flat=True)}
    waiting |= {*RegistrationDraft.objects.values_list("template_version_id", flat=True)}
    unneeded = [one for one in found if one not in current and one.pk not in waiting]
    for version in unneeded:
        _drop(version)
    return len(unneeded)


def _drop(version: TemplateVersion) -> None:
    frozen = version.schema
    if frozen is not None:
        version.schema = None
        version.save(update_fields=["schema"])
        drop_schema(frozen)
        frozen.delete()


def _tidy_later(template: ServiceTemplate, at: datetime) -> None:
    enqueue("tenants.drop_unneeded_versions", key=str(template.pk), run_at=at + GRACE, template_id=template.pk)

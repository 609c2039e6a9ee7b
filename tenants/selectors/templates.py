"""Service templates as operators see them."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django_countries import countries

from portal.audit.labels import table_of
from portal.core.cloning import Clone, clone_of, tenant_models
from tenants.door import inside
from tenants.models import ServiceTemplate, TemplateVersion
from tenants.services.versions import COPIED


@dataclass(frozen=True, slots=True)
class Content:
    """One kind of object that a new tenant gets from a template, and how many."""

    label: str
    count: int


def templates_listed() -> QuerySet[ServiceTemplate]:
    """All templates with the number of their latest version (`version`) and of tenants made from them (`tenants`)."""
    latest = TemplateVersion.objects.filter(template=OuterRef("pk")).order_by("-number").values("number")[:1]
    made = Count("versions__tenants", filter=Q(versions__tenants__kind="customer"), distinct=True)
    return ServiceTemplate.objects.annotate(version=Subquery(latest), tenants=made)


def template_facts(template: ServiceTemplate) -> list[dict[str, Any]]:
    """The facts of one template, as the facts list shows them."""
    return [
        {"label": _("Offered to"), "value": template.get_audience_display()},
        {"label": _("Product type"), "value": template.product},
        {"label": _("Country"), "value": countries.name(template.country) if template.country else _("Any")},
        {"label": _("Extensions"), "value": template.max_extensions},
        {"label": _("Channels"), "value": template.max_channels},
        {"label": _("Start"), "value": template.get_start_display()},
        {"label": _("Approval"), "value": template.get_approval_display()},
        {"label": _("Working copy"), "value": template.working_copy.schema_name, "mono": True},
    ]


def versions_of(template: ServiceTemplate) -> list[TemplateVersion]:
    """The published versions, latest first, each with `made`, the number of tenants made from it."""
    return list(template.versions.annotate(made=Count("tenants")).order_by("-number"))


def unpublished_changes(template: ServiceTemplate, latest: TemplateVersion | None) -> list[dict[str, Any]]:
    """The facts that differ from the latest version: label, published value (`before`), present value (`after`)."""
    if latest is None:
        return []
    facts = [field for field in ServiceTemplate._meta.concrete_fields if field.name in COPIED]  # noqa: SLF001
    return [
        {"field": fact.verbose_name, "before": getattr(latest, fact.name), "after": getattr(template, fact.name)}
        for fact in facts
        if getattr(latest, fact.name) != getattr(template, fact.name)
    ]


def contents_of(template: ServiceTemplate) -> list[Content]:
    """What the working copy holds of every table that a new tenant gets, counted in one query."""
    copied = [
        model
        for model in tenant_models()
        if clone_of(model) in (Clone.ROWS, Clone.REGENERATE)
        and not model._meta.auto_created  # noqa: SLF001
        and model._meta.app_label != "contenttypes"  # noqa: SLF001
    ]
    selects = [
        f"SELECT {place}, count(*) FROM {model._meta.db_table}"  # noqa: S608, SLF001 - our own tables' names
        for place, model in enumerate(copied)
    ]
    with inside(template.working_copy), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects) + " ORDER BY 1")
        found = [count for _place, count in cursor.fetchall()]
    return [Content(_(table_of(model)), count) for model, count in zip(copied, found, strict=True)]

"""Service templates as operators see them."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django_countries import countries

from tenants.models import ServiceTemplate, TemplateVersion
from tenants.selectors.catalogue import addons_in_words
from tenants.services.versions import COPIED


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
        {"label": _("Add-on licenses"), "value": addons_in_words(template.addons) or _("None")},
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
        {"field": fact.verbose_name, "before": _shown(latest, fact.name), "after": _shown(template, fact.name)}
        for fact in facts
        if getattr(latest, fact.name) != getattr(template, fact.name)
    ]


def _shown(holder: ServiceTemplate | TemplateVersion, name: str) -> Any:
    value = getattr(holder, name)
    return addons_in_words(value) if name == "addons" else value

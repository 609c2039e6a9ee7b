"""Tenants as operators see them."""

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.audit.models import LogEntry
from portal.audit.selectors import entries_about
from portal.core.chips import Chip, chip_of
from portal.core.phone_numbers import for_people
from portal.jobs.models import Job, Step
from portal.jobs.selectors import timeline_of
from tenants.models import Domain, ServiceTemplate, SubscriptionRequest, Tenant, TenantMove, TenantState


def tenants_listed() -> QuerySet:
    """The management instance and all customers' tenants, each with its `fqdn`."""
    primary = Domain.objects.filter(tenant=OuterRef("pk"), is_primary=True).values("domain")[:1]
    return Tenant.objects.listed().annotate(fqdn=Subquery(primary))


def products_known() -> list[str]:
    """The product types that service templates or tenants name, in order."""
    sold = Tenant.objects.customers().values_list("product", flat=True)
    offered = ServiceTemplate.objects.values_list("product", flat=True)
    return sorted({*sold, *offered} - {""}, key=str.casefold)


def request_of(tenant: Tenant) -> SubscriptionRequest | None:
    """The subscription request that the tenant was made from, with its template."""
    found = SubscriptionRequest.objects.select_related("template_version__template")
    return found.filter(tenant=tenant).first()


def facts_of(tenant: Tenant, request: SubscriptionRequest | None) -> list[dict[str, Any]]:
    """The facts of one tenant of `tenants_listed`, as the facts list shows them."""
    created = date_format(localtime(tenant.created_at), "SHORT_DATETIME_FORMAT")
    facts: list[dict[str, Any]] = [
        {"label": _("Instance"), "value": tenant.instance_number, "mono": True},
        {"label": _("FQDN"), "value": tenant.fqdn, "copy": True},
        {"label": _("Created"), "value": created},
    ]
    if tenant.is_management:
        return facts
    template = tenant.template_version
    facts[2:2] = [
        {"label": _("Short name"), "value": tenant.short_name},
        {"label": _("UPN suffix"), "value": tenant.upn_suffix, "mono": True},
        {"label": _("ANI"), "value": for_people(tenant.ani)},
        {"label": _("Product type"), "value": tenant.product},
        {
            "label": _("Extensions"),
            "value": _("%(used)d of %(limit)d") % {"used": tenant.extensions_used, "limit": tenant.max_extensions},
        },
        {"label": _("Channels limit"), "value": tenant.max_channels},
        {
            "label": _("Template"),
            "value": str(template) if template else "",
            "url": reverse("tenants:template", args=[template.template_id]) if template else "",
        },
    ]
    if request is not None:
        url = reverse("tenants:request", args=[request.reference])
        facts.insert(-1, {"label": _("Request"), "value": request.reference, "url": url})
    return facts


def history_of(tenant: Tenant) -> QuerySet[LogEntry]:
    """Everything recorded about the tenant: its row, addresses, request, customer and contacts (AUD-01)."""
    customer = getattr(tenant, "customer", None)  # of an upper app, which this one does not know
    parts: dict[str, tuple[str, object]] = {"tenants.domain": ("tenant", str(tenant.pk))}
    if customer is not None:
        parts["customers.contact"] = ("customer", str(customer.pk))
    return entries_about(tenant, customer, request_of(tenant), parts=parts)


def provisioning_of(request: SubscriptionRequest | None) -> tuple[Job | None, list[dict]]:
    """The job that made a tenant, and its steps as the timeline shows them."""
    if request is None or request.job_id is None:
        return None, []
    steps = list(Step.objects.filter(job=request.job_id).select_related("job").order_by("ordinal"))
    return (steps[0].job if steps else None), timeline_of(steps)


def moves_of(tenant: Tenant) -> list[dict]:
    """Every change of the tenant's state, latest first, as the timeline shows it."""
    found = TenantMove.objects.filter(tenant=tenant).order_by("-at", "-pk")
    return [
        {
            "title": TenantState(move.after).label,
            "state": _without_word(chip_of(TenantState(move.after))),
            "at": move.at,
            "duration": date_format(localtime(move.at), "SHORT_DATE_FORMAT"),
            "detail": f"{move.by_name}: {move.reason}" if move.reason else move.by_name,
        }
        for move in found
    ]


def duration_text(span: timedelta | None) -> str:
    """How long something took, in the unit that reads best."""
    if span is None:
        return ""
    seconds = span.total_seconds()
    if seconds < 1:
        return _("%(count)d ms") % {"count": round(seconds * 1000)}
    if seconds < 60:
        return _("%(count).1f s") % {"count": seconds}
    return _("%(minutes)d min %(seconds)d s") % {"minutes": seconds // 60, "seconds": seconds % 60}


def _without_word(chip: Chip) -> Chip:
    """The title says the state already."""
    return Chip("", chip.tone, chip.icon)

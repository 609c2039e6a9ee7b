"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.core.chips import Chip, chip_of
from portal.permissions import Perm
from portal.sites.guide import help_for
from portal.sites.navigation import navigation_for, profile_menu_for
from tenants.models import Tenant, TenantKind, TenantState


def badge_of(tenant: Tenant | None) -> Chip | None:
    """The word beside a tenant's name that keeps people from mistaking it; an ordinary customer wears none."""
    if tenant is None or tenant.is_management:
        return None
    kind = TenantKind(tenant.kind)
    if kind is not TenantKind.CUSTOMER:
        return Chip(kind.label, "draft", "template")
    state = TenantState(tenant.state)
    return None if state is TenantState.ACTIVE else chip_of(state)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, names and the support banner for the templates `base*.html`."""
    tenant = getattr(request, "tenant", None)
    user = getattr(request, "user", None)
    context: dict[str, Any] = {
        "platform_name": settings.PORTAL_COMPANY,
        "face": "management" if tenant is None or tenant.is_management else "tenant",
        "tenant_label": tenant.name if tenant else "",
        "tenant": tenant,
        "tenant_state": badge_of(tenant),
        "support_session": getattr(request, "support_session", None),
        "viewing_as": getattr(request, "viewing_as", None),
    }
    if user is not None and user.is_authenticated:
        context |= {
            "navigation": navigation_for(request),
            "profile_menu": profile_menu_for(request),
            "help_url": help_for(request.path) if user.may(Perm.HELP_READ) else "",
            "theme": user.theme,
            "density": "compact" if user.compact else "comfortable",
        }
    return context

"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.sites.navigation import navigation_for, profile_menu_for


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, names and the support banner for the templates `base*.html`."""
    tenant = getattr(request, "tenant", None)
    user = getattr(request, "user", None)
    context: dict[str, Any] = {
        "platform_name": settings.PORTAL_COMPANY,
        "face": "management" if tenant is None or tenant.is_management else "tenant",
        "tenant_label": tenant.name if tenant else "",
        "tenant": tenant,
        "support_session": getattr(request, "support_session", None),
    }
    if user is not None and user.is_authenticated:
        context |= {
            "navigation": navigation_for(request),
            "profile_menu": profile_menu_for(request),
            "theme": user.theme,
            "density": "compact" if user.compact else "comfortable",
        }
    return context

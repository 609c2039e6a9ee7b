"""Help pages of both hosts."""

from typing import Any

from django.conf import settings

from portal.core.pages import Page
from portal.permissions import Perm
from tenants.selectors.onboarding import COMPONENTS, STEPS


class OnboardingNotes(Page):
    """Multi-Tenant Onboarding Notes (PLT-06)."""

    permission = Perm.HELP_READ
    template = "help/onboarding.html"

    def context(self) -> dict[str, Any]:
        return {
            "steps": STEPS,
            "components": COMPONENTS,
            "provider": settings.PORTAL_MANAGEMENT_FQDN.removesuffix(f".{settings.PORTAL_BASE_DOMAIN}"),
            "base_domain": settings.PORTAL_BASE_DOMAIN,
        }

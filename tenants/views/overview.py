"""The operators' first page."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from portal.core.pages import ActionPage, Page
from portal.permissions import Perm
from tenants.selectors.onboarding import STEPS, checklist
from tenants.selectors.overview import figures, latest_entries, needing_attention, tenant_tiles, work_tiles
from tenants.services.platform import tick_step


class Overview(Page):
    permission = Perm.TENANT_READ
    template = "tenants/overview.html"

    def context(self) -> dict[str, Any]:
        user = self.request.user
        found = figures()
        customers = any(found.tenants.values())
        steps = checklist(found.platform, customers=customers) if user.may(Perm.PLATFORM_READ) else []
        return {
            "tiles": [*tenant_tiles(found.tenants), *work_tiles(user, found)],
            "without_customers": not customers,
            "attention": needing_attention(user),
            "entries": latest_entries(user),
            "checklist": steps if any(not one.done for one in steps) else [],
            "may_tick": user.may(Perm.PLATFORM_WRITE),
            "may_order": user.may(Perm.REQUEST_SUBMIT),
        }


class OnboardingTick(ActionPage):
    permission = Perm.PLATFORM_WRITE

    def perform(self) -> str:
        if self.kwargs["number"] not in {step.number for step in STEPS}:
            raise Http404
        tick_step(number=self.kwargs["number"])
        return reverse("tenants:overview")

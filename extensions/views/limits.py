"""A tenant's own page about its limits: used, allowed, and whom to ask (TEN-07)."""

from typing import Any

from django.db import connection
from django.urls import reverse

from extensions.limits_in_use import limits_in_use
from extensions.settings.catalogue.limits import LINK
from portal.core.pages import Page
from portal.permissions import Perm


class LimitsPage(Page):
    permission = Perm.SETTING_READ
    template = "limits/page.html"

    def context(self) -> dict[str, Any]:
        tenant: Any = connection.tenant
        link = (tenant.platform_settings or {}).get(LINK, {}).get("value") or ""
        if not link and not tenant.is_management and self.request.user.may(Perm.VISIT_OPEN):
            link = reverse("orders:buying")
        return {"limits": limits_in_use(), "link": link, "start": reverse("home")}

"""Looking at PBXs: the list, one of them, all tenants on them, and events of nobody (MON-02)."""

from typing import Any

from django.shortcuts import get_object_or_404

from extensions.board.operators import latest_strays, monitor, pbx_rows, pbx_with, versions_on
from extensions.pbx.live.reader import live_of_many
from extensions.views.live.base import LivePage
from portal.core.pages import Page
from portal.permissions import Perm
from tenants.models import Pbx, Stray, Tenant, Trunk
from tenants.services.pbx.strays import KEPT


class PbxList(LivePage):
    permission = Perm.PBX_READ
    template = "pbx/list.html"
    partial = "pbx/_list.html"

    def context(self) -> dict[str, Any]:
        return {"rows": pbx_rows()}


class OnePbx(Page, abstract=True):
    """A page about the PBX in the address."""

    def pbx(self) -> Pbx:
        if not hasattr(self, "_pbx"):
            self._pbx = get_object_or_404(Pbx, pk=self.kwargs["pk"])
        return self._pbx


class PbxDetail(OnePbx, LivePage):
    permission = Perm.PBX_READ
    template = "pbx/detail.html"
    partial = "pbx/_detail.html"

    def context(self) -> dict[str, Any]:
        row, tenants = pbx_with(self.pbx())
        trunks = list(Trunk.objects.filter(pbx=self.pbx()).order_by("position", "pk"))
        return {"pbx": row.pbx, "row": row, "tenants": tenants, "trunks": trunks, "strays": latest_strays(self.pbx())}


class PbxMonitor(LivePage):
    """All tenants with their channels against limits, registrations, failed jobs, and the PBXs' states."""

    permission = Perm.PBX_READ
    template = "pbx/monitor.html"
    partial = "pbx/_monitor.html"

    def context(self) -> dict[str, Any]:
        return {"monitor": monitor()}


class TenantChannels(LivePage):
    """One tenant's channels in use, of those allowed (CUS-03)."""

    permission = Perm.TENANT_READ
    template = "pbx/channels.html"
    partial = "pbx/_channels.html"

    def context(self) -> dict[str, Any]:
        tenant = get_object_or_404(Tenant.objects.customers(), instance_number=self.kwargs["number"])
        version = versions_on().filter(tenant=tenant).first()
        live = live_of_many({tenant.schema_name: version.pbx_id}).get(tenant.schema_name) if version else None
        return {"tenant": tenant, "version": version, "live": live, "allowed": tenant.max_channels}


class PbxStrays(OnePbx):
    """Quarantine: what a PBX told that belongs to nobody here."""

    permission = Perm.PBX_READ
    template = "pbx/strays.html"

    def context(self) -> dict[str, Any]:
        strays = list(Stray.objects.filter(pbx=self.pbx()).order_by("-last_at", "-pk"))
        return {"pbx": self.pbx(), "strays": strays, "kept": KEPT}

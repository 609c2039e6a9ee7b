"""The list of tenants, and one tenant."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from portal.audit.views import AuditList
from portal.core.chips import chip_of
from portal.core.pages import ListPage, Page
from portal.permissions import Perm
from tenants.filters.tenants import TenantFilter
from tenants.models import Tenant, TenantState
from tenants.selectors.tenants import facts_of, history_of, moves_of, provisioning_of, request_of, tenants_listed
from tenants.services.lifecycle.guard import is_there
from tenants.tables.tenants import TenantTable
from tenants.tenant_states import RESERVED, TENANT_MOVES


class TenantList(ListPage):
    permission = Perm.TENANT_READ
    template = "tenants/tenant_list.html"
    partial = "tenants/_tenant_table.html"
    table = TenantTable
    filter = TenantFilter
    export_name = "tenants"

    def rows(self) -> QuerySet[Tenant]:
        return tenants_listed()

    def context(self) -> dict[str, Any]:
        may_order = self.request.user.may(Perm.REQUEST_SUBMIT)
        return {"new_url": reverse("register:template") if may_order else ""}


class TenantAudit(AuditList):
    """The log of one tenant (AUD-01)."""

    export_name = "tenant-audit-log"

    @cached_property
    def shown(self) -> Tenant:
        return get_object_or_404(tenants_listed(), instance_number=self.kwargs["number"])

    def rows(self) -> QuerySet:
        return history_of(self.shown)

    def context(self) -> dict[str, Any]:
        back = reverse("tenants:detail", args=[self.kwargs["number"]])
        return {**super().context(), "about": self.shown.name, "back_url": back}


class TenantDetail(Page):
    permission = Perm.TENANT_READ
    template = "tenants/tenant_detail.html"

    def context(self) -> dict[str, Any]:
        found = tenants_listed().select_related("template_version")
        tenant = get_object_or_404(found, instance_number=self.kwargs["number"])
        request = request_of(tenant)
        job, steps = provisioning_of(request)
        return {
            "shown": tenant,
            "state": chip_of(TenantState(tenant.state)),
            "reserved": RESERVED if tenant.is_management else "",
            "facts": facts_of(tenant, request),
            "steps": steps,
            "job": job,
            "moves": moves_of(tenant),
            **self._verbs(tenant),
        }

    def _verbs(self, tenant: Tenant) -> dict[str, bool]:
        may, customer = self.request.user.may, not tenant.is_management
        return {
            "may_write": is_there(tenant) and may(Perm.TENANT_WRITE),
            "may_suspend": customer and may(Perm.TENANT_SUSPEND) and TENANT_MOVES.allows(tenant, TenantState.SUSPENDED),
            "may_resume": customer and may(Perm.TENANT_SUSPEND) and tenant.is_suspended,
            "may_enter": customer and may(Perm.TENANT_ENTER) and tenant.is_ready,
            "may_template": is_there(tenant) and may(Perm.TEMPLATE_WRITE),
            "may_audit": may(Perm.AUDIT_READ),
            "may_jobs": may(Perm.JOB_READ),
        }

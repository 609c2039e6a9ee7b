"""What operators do to a tenant without going inside; each verb is a page of its own (TEN-03, TEN-08)."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.errors import DomainError
from portal.core.pages import FormPage
from portal.permissions import Perm
from tenants.forms.templates import TemplateFromTenantForm
from tenants.forms.tenants import (
    AddressForm,
    AdministratorForm,
    LimitsForm,
    ProductForm,
    RenameForm,
    ResumeForm,
    SuspendForm,
    ZoneForm,
    further_limits,
)
from tenants.models import Tenant
from tenants.selectors.tenants import products_known, tenants_listed
from tenants.services.lifecycle.address import change_address
from tenants.services.lifecycle.administrator import administrators_of, reset_administrator_password
from tenants.services.lifecycle.guard import demand_open, demand_there
from tenants.services.lifecycle.limits import change_limits, change_product
from tenants.services.lifecycle.rename import rename_tenant
from tenants.services.lifecycle.suspension import resume_tenant, suspend_tenant
from tenants.services.lifecycle.zone import change_zone
from tenants.services.names import suggest_fqdn
from tenants.services.templates.areas import template_areas
from tenants.services.templates.from_tenant import make_template_from_tenant


class TenantVerb(FormPage, abstract=True):
    """One verb on one tenant. For instance 1, and where nothing is there yet, the page only says so."""

    permission = Perm.TENANT_WRITE
    template = "tenants/tenant_verb.html"
    heading: Any = ""
    lead: Any = ""
    danger = False
    demand = staticmethod(demand_there)

    @cached_property
    def shown(self) -> Tenant:
        return get_object_or_404(tenants_listed(), instance_number=self.kwargs["number"])

    @property
    def back(self) -> str:
        return reverse("tenants:detail", args=[self.kwargs["number"]])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.demand(self.shown)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(self.back)
        return super().get(request, *args, **kwargs)


class TenantRename(TenantVerb):
    heading = _("Rename tenant")
    lead = _("Address, instance number, logons and personnel IDs stay as they are.")
    form_class = RenameForm
    done_message = _("Tenant renamed.")

    def initial(self) -> dict[str, Any]:
        return {"name": self.shown.name, "short_name": self.shown.short_name}

    def perform(self, form: RenameForm) -> str:
        rename_tenant(tenant=self.shown, **form.cleaned_data)
        return self.back


class TenantProduct(TenantVerb):
    heading = _("Change product type")
    form_class = ProductForm
    done_message = _("Product type changed.")

    def initial(self) -> dict[str, Any]:
        return {"product": self.shown.product}

    def form_arguments(self) -> dict[str, Any]:
        return {"products": products_known()}

    def perform(self, form: ProductForm) -> str:
        change_product(tenant=self.shown, **form.cleaned_data)
        return self.back


class TenantLimits(TenantVerb):
    heading = _("Change limits")
    form_class = LimitsForm
    done_message = _("Limits changed.")

    def initial(self) -> dict[str, Any]:
        columns = {name: getattr(self.shown, name) for name in ("max_extensions", "max_channels")}
        return columns | further_limits(self.shown.limits)

    def perform(self, form: LimitsForm) -> str:
        columns = {name: form.cleaned_data[name] for name in ("max_extensions", "max_channels")}
        change_limits(tenant=self.shown, limits=form.limits(), **columns)
        return self.back


class TenantAddress(TenantVerb):
    heading = _("Change address")
    lead = _("The old address stops at once, links to it no longer work, and everybody signs in again at the new one.")
    form_class = AddressForm
    done_message = _("Address changed.")
    danger = True

    def initial(self) -> dict[str, Any]:
        return {"fqdn": suggest_fqdn(self.shown.name)}

    def perform(self, form: AddressForm) -> str:
        change_address(tenant=self.shown, **form.cleaned_data)
        return self.back


class TenantZone(TenantVerb):
    heading = _("Change time zone")
    lead = _("Schedules without a zone of their own count in it, and pages show times in it.")
    form_class = ZoneForm
    done_message = _("Time zone changed.")

    def initial(self) -> dict[str, Any]:
        return {"time_zone": self.shown.time_zone}

    def perform(self, form: ZoneForm) -> str:
        change_zone(tenant=self.shown, **form.cleaned_data)
        return self.back


class TenantAdministrator(TenantVerb):
    heading = _("Reset administrator's password")
    lead = _("The administrator gets an e-mail with a link that sets a new password. Nobody else sees it.")
    form_class = AdministratorForm
    done_message = _("The link is on its way.")
    demand = staticmethod(demand_open)

    def form_arguments(self) -> dict[str, Any]:
        people = administrators_of(self.shown)
        return {
            "people": [(one.pk, f"{one}, {one.username} ({one.email or _('no e-mail address')})") for one in people]
        }

    def perform(self, form: AdministratorForm) -> str:
        reset_administrator_password(tenant=self.shown, user_id=form.cleaned_data["user"])
        return self.back


class TenantSuspend(TenantVerb):
    permission = Perm.TENANT_SUSPEND
    heading = _("Suspend tenant")
    lead = _("Everybody is signed out, the address shows that the service is suspended, and background work stops.")
    form_class = SuspendForm
    done_message = _("Tenant suspended.")
    danger = True

    def perform(self, form: SuspendForm) -> str:
        suspend_tenant(tenant=self.shown, by=self.request.user, at=timezone.now(), **form.cleaned_data)
        return self.back


class TenantResume(TenantVerb):
    permission = Perm.TENANT_SUSPEND
    heading = _("Resume tenant")
    lead = _("The tenant gets back the state it had before it was suspended; its users can sign in again.")
    form_class = ResumeForm
    done_message = _("Tenant resumed.")

    def perform(self, form: ResumeForm) -> str:
        resume_tenant(tenant=self.shown, by=self.request.user, at=timezone.now(), **form.cleaned_data)
        return self.back


class TenantTemplate(TenantVerb):
    """A service template made from what this tenant has become (TPL-05)."""

    permission = Perm.TEMPLATE_WRITE
    heading = _("Make template from this tenant")
    lead = _("The template is a draft with its own content: look at it, then publish it. The tenant stays as it is.")
    form_class = TemplateFromTenantForm
    done_message = _("Template created. Look at its content, then publish it.")

    def form_arguments(self) -> dict[str, Any]:
        return {"areas": [(area.code, area.label) for area in template_areas().areas if area.shown]}

    def initial(self) -> dict[str, Any]:
        return {"name": self.shown.name, "areas": [area.code for area in template_areas().areas if area.shown]}

    def perform(self, form: TemplateFromTenantForm) -> str:
        tenant = self.shown
        facts = {name: getattr(tenant, name) for name in ("product", "country", "max_extensions", "max_channels")}
        facts |= {"limits": tenant.limits, **{name: form.cleaned_data[name] for name in ("name", "description")}}
        template = make_template_from_tenant(tenant=tenant, facts=facts, areas=form.cleaned_data["areas"])
        return reverse("tenants:template", args=[template.pk])

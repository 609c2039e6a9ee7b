"""The three tabs: Template, Tenant, Contact."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from portal.core.client_ip import client_ip
from portal.core.errors import DomainError, Refusals
from portal.core.pages.forms import refuse
from portal.core.phone_numbers import for_people
from portal.permissions import Perm
from tenants.forms.registration import ContactTab, TemplateTab, TenantTab
from tenants.selectors.catalogue import name_addons
from tenants.selectors.preview import contents_of, licences_of
from tenants.selectors.requests import draft_of
from tenants.services.requests.drafts import (
    choose_template,
    demand_free_names,
    keep_tenant,
    save_contact,
    save_tenant,
)
from tenants.services.requests.limits import TooMany, TooManyOpen
from tenants.services.requests.submit import create_tenant_request
from tenants.views.registration.pages import RegistrationTab

TENANT_TAB = {"name", "short_name", "upn_suffix", "fqdn", "user_name", "password", "ani"}


class TemplatePage(RegistrationTab):
    tab = "template"
    template = "tenants/register_template.html"
    form_class = TemplateTab

    def context(self) -> dict[str, Any]:
        shared = super().context()
        default = next((version.pk for version in self.offered() if version.template.is_default), "")
        chosen = self.request.POST.get("template_version") or str(self.draft.template_version_id or default)
        versions = list(self.offered())
        name_addons(versions)
        return {**shared, "versions": versions, "chosen": chosen}

    def perform(self, form: Any) -> str:
        choose_template(by=self.request.user, version_id=form.cleaned_data["template_version"])
        return self.next_url()


class TenantPage(RegistrationTab):
    tab = "tenant"
    template = "tenants/register_tenant.html"
    form_class = TenantTab

    def initial(self) -> dict[str, Any]:
        return self.draft.tenant or {"upn_suffix": own_domain(self.request.user)}

    def form_arguments(self) -> dict[str, Any]:
        return {"draft": self.draft}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "base_domain": settings.PORTAL_BASE_DOMAIN}

    def build(self, data: Any = None, files: Any = None) -> Any:
        """The form; what is wrong with it and which names are taken are told together."""
        form = super().build(data, files)
        if form.is_bound and not form.is_valid():
            try:
                demand_free_names(form.cleaned_data)
            except Refusals as taken:
                refuse(form, taken)
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        field = request.GET.get("_validate", "")
        if field in TENANT_TAB - {"password"}:
            return self.checked(field)
        if self.tab not in self.reachable():
            return HttpResponseRedirect(self.url_of(self.reachable()[-1]))
        return super().post(request, *args, **kwargs)

    def checked(self, field: str) -> HttpResponse:
        """One field with what is wrong with it; asked for when the field is left."""
        form = TenantTab({field: self.request.POST.get(field, "")}, draft=self.draft)
        form.errors  # noqa: B018 - cleans the form
        found = {name: errors for name, errors in form.errors.items() if name == field}
        form.errors.clear()
        form.errors.update(found)
        if not found and form.cleaned_data.get(field):
            try:
                demand_free_names({field: form.cleaned_data[field]})
            except Refusals as taken:
                form.add_error(field, taken.errors[field])
        return render(self.request, "tenants/_register_field.html", {"field": form[field]})

    def keep(self, form: Any) -> None:
        if form.unchanged:
            return
        if form.is_valid():
            try:
                save_tenant(by=self.request.user, values=form.values, password=form.cleaned_data["password"])
            except Refusals:
                keep_tenant(by=self.request.user, typed=form.typed)
        else:
            keep_tenant(by=self.request.user, typed=form.typed)

    def perform(self, form: Any) -> str:
        if not form.unchanged:
            save_tenant(by=self.request.user, values=form.values, password=form.cleaned_data["password"])
        return self.next_url()


class ContactPage(RegistrationTab):
    tab = "contact"
    template = "tenants/register_contact.html"
    form_class = ContactTab

    def initial(self) -> dict[str, Any]:
        version = self.draft.template_version
        known = {"contact_email": self.request.user.email, "country": version.country if version else ""}
        return self.draft.contact or ({} if self.request.user.may(Perm.REQUEST_READ) else known)

    def context(self) -> dict[str, Any]:
        version = self.draft.template_version
        contents = []
        if version and version.schema:
            contents = [*licences_of(version), *contents_of(version.schema, named=True)]
        return {**super().context(), "contents": contents, "ani": for_people(self.draft.tenant.get("ani") or "")}

    def keep(self, form: Any) -> None:
        save_contact(by=self.request.user, typed=form.typed)

    def perform(self, form: Any) -> str:
        request = create_tenant_request(
            token=self.token(),
            contact=form.typed,
            by=self.request.user,
            at=timezone.now(),
            address=client_ip(self.request),
        )
        return reverse("register:sent", args=[request.reference])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.goes_back():
            return super().post(request, *args, **kwargs)
        form = self.build(request.POST)
        if not form.is_valid():
            return self.page({"form": form, **self.context()}, status=422)
        try:
            return self.redirect(self.perform(form))
        except (TooMany, TooManyOpen) as limit:
            refuse(form, limit)
            return self.page({"form": form, **self.context()}, status=429)
        except DomainError as refusal:
            return self.refused(form, refusal)

    def refused(self, form: Any, refusal: DomainError) -> HttpResponse:
        """Show the refusal on the tab it belongs to, with everything that was typed."""
        found = refusal.errors if isinstance(refusal, Refusals) else {refusal.field or "__all__": refusal.message}
        self.draft = draft_of(self.request.user)
        if "template_version" in found:
            return self.on_tab(TemplatePage, TemplateTab({}), found)
        if TENANT_TAB & set(found):
            return self.on_tab(TenantPage, TenantTab(self.draft.tenant, draft=self.draft), found)
        refuse(form, refusal)
        return self.page({"form": form, **self.context()}, status=422)

    def on_tab(self, page_class: type[RegistrationTab], form: Any, found: dict[str, str]) -> HttpResponse:
        """Another tab, bound to what the draft holds, with `found` beside its fields."""
        page = page_class()
        page.setup(self.request)
        form.full_clean()
        form.errors.clear()
        for name, sentence in found.items():
            form.add_error(name if name in form.fields else None, str(sentence))
        return page.page({"form": form, **page.context()}, status=422)

    def token(self) -> UUID:
        try:
            return UUID(self.request.POST.get("token", ""))
        except ValueError:
            return self.draft.token


def own_domain(person: Any) -> str:
    """The domain of a prospect's e-mail address, proposed as the UPN suffix."""
    return "" if person.may(Perm.REQUEST_READ) else person.email.rpartition("@")[2].lower()

"""Entering a tenant, or a template's working copy, from the management host (TEN-05)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from portal.accounts.forms.preferences import ReasonForm
from portal.accounts.handoff import issue
from portal.accounts.models.user import UserKind
from portal.accounts.views.handoff import go_page
from portal.core.addresses import origin_beside, origin_here
from portal.core.errors import DomainError
from portal.core.pages import Page
from portal.core.pages.forms import refuse
from portal.permissions import Perm
from tenants.models import Tenant, TenantKind


class _Enter(Page, abstract=True):
    """Asks for a reason, then sends the browser over with a signed hand-off."""

    permission = Perm.TENANT_ENTER
    template = "accounts/enter.html"

    def target(self) -> Tenant:
        """Where it goes; 404 for what cannot be entered."""
        raise NotImplementedError(f"{type(self).__qualname__}.target")

    def context(self) -> dict[str, Any]:
        return self._shown(self.target(), ReasonForm())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        target, form = self.target(), ReasonForm(request.POST)
        if form.is_valid():
            try:
                return self._send(target, form.cleaned_data["reason"])
            except DomainError as refusal:
                refuse(form, refusal)
        return self.page(self._shown(target, form), status=422)

    def back_url(self) -> str:
        """The page that led here."""
        raise NotImplementedError(f"{type(self).__qualname__}.back_url")

    def _shown(self, target: Tenant, form: ReasonForm) -> dict[str, Any]:
        return {"form": form, "target": target, "back_url": self.back_url()}

    def _send(self, target: Tenant, reason: str) -> HttpResponse:
        host = target.get_primary_domain().domain
        token = issue(
            actor=self.request.user,
            reason=reason,
            target_schema=target.schema_name,
            target_host=host,
            kind=UserKind.SUPPORT,
            origin=origin_here(self.request),
        )
        return go_page(self.request, token=token, target=origin_beside(self.request, host), place=target.name)


class TenantEnter(_Enter):
    permission = Perm.TENANT_ENTER

    def target(self) -> Tenant:
        return get_object_or_404(Tenant.objects.ready(), instance_number=self.kwargs["number"])

    def back_url(self) -> str:
        return reverse("tenants:detail", args=[self.kwargs["number"]])


class TemplateEnter(_Enter):
    """The content of a service template is edited in its working copy."""

    permission = Perm.TEMPLATE_WRITE

    def target(self) -> Tenant:
        return get_object_or_404(Tenant, kind=TenantKind.TEMPLATE, template__pk=self.kwargs["pk"])

    def back_url(self) -> str:
        return reverse("tenants:template", args=[self.kwargs["pk"]])

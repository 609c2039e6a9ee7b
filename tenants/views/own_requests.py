"""Tenant Creation Management for those who made the requests (REG-16): their own, and nothing else."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.pages import ListPage
from portal.permissions import Perm
from tenants.filters.requests import RequestFilter
from tenants.forms.requests import RemarkForm
from tenants.models import SubscriptionRequest
from tenants.selectors.requests import own_requests
from tenants.services.requests.decisions import cancel
from tenants.tables.requests import OwnRequestTable
from tenants.views.request_pages import RequestPage, RequestVerb, may_cancel, verb


class OwnRequestList(ListPage):
    permission = Perm.REQUEST_SUBMIT
    template = "tenants/request_list.html"
    partial = "tenants/_request_table.html"
    table = OwnRequestTable
    filter = RequestFilter
    export_name = "requests"

    def rows(self) -> QuerySet[SubscriptionRequest]:
        return own_requests(self.request.user)

    def context(self) -> dict[str, Any]:
        return {"new_url": reverse("register:template")}


class OwnRequest(RequestPage):
    permission = Perm.REQUEST_SUBMIT

    def visible(self) -> QuerySet[SubscriptionRequest]:
        return own_requests(self.request.user)

    def verbs(self, shown: SubscriptionRequest) -> list[dict[str, Any]]:
        return [verb(_now("Cancel request"), "register:cancel", shown)] if may_cancel(shown) else []


class OwnRequestCancel(RequestVerb):
    permission = Perm.REQUEST_SUBMIT
    form_class = RemarkForm
    title = _("Cancel the request")
    text = _("No tenant is created and the names become free again. This cannot be undone.")
    submit_label = _("Cancel request")
    done_message = _("Request cancelled.")
    danger = True

    def visible(self) -> QuerySet[SubscriptionRequest]:
        return own_requests(self.request.user)

    def back_url(self) -> str:
        return reverse("register:request", args=[self.shown.reference])

    def perform(self, form: Any) -> str:
        cancel(request=self.shown, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        return self.back_url()

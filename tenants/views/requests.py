"""Tenant Creation Management for operators (REG-16 to REG-25)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.pages import ListPage
from portal.permissions import Perm
from tenants.filters.requests import RequestFilter
from tenants.forms.requests import ReasonForm, RemarkForm
from tenants.models import RequestState, SubscriptionRequest
from tenants.selectors.requests import requests_of
from tenants.services.requests.decisions import approve, cancel, reject
from tenants.services.requests.running import recover, retry, start_now
from tenants.tables.requests import RequestTable
from tenants.views.request_pages import RequestPage, RequestVerb, may_cancel, verb


class RequestList(ListPage):
    permission = Perm.REQUEST_READ
    template = "tenants/request_list.html"
    partial = "tenants/_request_table.html"
    table = RequestTable
    filter = RequestFilter
    export_name = "requests"

    def rows(self) -> QuerySet[SubscriptionRequest]:
        return requests_of(self.request.user)

    def context(self) -> dict[str, Any]:
        may_order = self.request.user.may(Perm.REQUEST_SUBMIT)
        return {"new_url": reverse("register:template") if may_order else "", "for_operators": True}


class RequestDetail(RequestPage):
    permission = Perm.REQUEST_READ
    technical = True

    def verbs(self, shown: SubscriptionRequest) -> list[dict[str, Any]]:
        found, may = [], self.request.user.may
        if shown.state == RequestState.AWAITING_APPROVAL and may(Perm.REQUEST_DECIDE):
            found.append(verb(_now("Approve"), "tenants:request_approve", shown, look="primary"))
            found.append(verb(_now("Reject"), "tenants:request_reject", shown))
        if shown.state in (RequestState.APPROVED, RequestState.SCHEDULED) and may(Perm.REQUEST_RUN):
            found.append(verb(_now("Start now"), "tenants:request_start", shown, look="primary"))
        if shown.state == RequestState.FAILED and may(Perm.REQUEST_RUN):
            found.append(verb(_now("Retry"), "tenants:request_retry", shown, look="primary"))
            found.append(verb(_now("Recover"), "tenants:request_recover", shown))
        if may_cancel(shown) and may(Perm.REQUEST_DECIDE):
            found.append(verb(_now("Cancel request"), "tenants:request_cancel", shown))
        return found

    def list_url(self) -> str:
        return reverse("tenants:requests")


class RequestApprove(RequestVerb):
    permission = Perm.REQUEST_DECIDE
    form_class = RemarkForm
    title = _("Approve the request")
    text = _("Creation starts at once or in off-peak hours, as the settings and the template say.")
    submit_label = _("Approve")
    done_message = _("Request approved.")

    def perform(self, form: Any) -> str:
        approve(request=self.shown, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        return self.back_url()


class RequestReject(RequestVerb):
    permission = Perm.REQUEST_DECIDE
    form_class = ReasonForm
    title = _("Reject the request")
    text = _("The names become free again. This cannot be undone.")
    submit_label = _("Reject")
    done_message = _("Request rejected.")
    danger = True

    def perform(self, form: Any) -> str:
        reject(request=self.shown, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        return self.back_url()


class RequestStart(RequestVerb):
    permission = Perm.REQUEST_RUN
    title = _("Start now")
    text = _("The tenant is created now, without waiting for off-peak hours.")
    submit_label = _("Start now")
    done_message = _("Creation started.")

    def perform(self, form: Any) -> str:
        start_now(request=self.shown, by=self.request.user, at=timezone.now())
        return self.back_url()


class RequestRetry(RequestVerb):
    permission = Perm.REQUEST_RUN
    title = _("Retry")
    text = _("Creation goes on at the step that failed. What was done before stays.")
    submit_label = _("Retry")
    done_message = _("Creation goes on.")

    def perform(self, form: Any) -> str:
        retry(request=self.shown, by=self.request.user, at=timezone.now())
        return self.back_url()


class RequestRecover(RequestVerb):
    permission = Perm.REQUEST_RUN
    title = _("Recover")
    text = _("What the failed attempt made is removed. The request stays and can be started again, or cancelled.")
    submit_label = _("Remove what was made")
    done_message = _("Removal started.")
    danger = True

    def perform(self, form: Any) -> str:
        recover(request=self.shown, by=self.request.user, at=timezone.now())
        return self.back_url()


class RequestCancel(RequestVerb):
    permission = Perm.REQUEST_DECIDE
    form_class = RemarkForm
    title = _("Cancel the request")
    text = _("No tenant is created and the names become free again. This cannot be undone.")
    submit_label = _("Cancel request")
    done_message = _("Request cancelled.")
    danger = True

    def perform(self, form: Any) -> str:
        cancel(request=self.shown, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        return self.back_url()

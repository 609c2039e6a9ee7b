"""What the pages about one request share, for operators and for whoever made it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_countries import countries

from portal.core.pages import FormPage, Page
from portal.core.phone_numbers import for_people
from tenants.forms.requests import ConfirmForm
from tenants.models import RequestState, SubscriptionRequest
from tenants.selectors.request_timeline import progress_of
from tenants.selectors.requests import requests_of
from tenants.services.personnel import logon
from tenants.states import REQUEST_MOVES


def order_facts(request: SubscriptionRequest) -> list[dict[str, Any]]:
    """What was ordered, as the facts list shows it. Never the password."""
    return [
        {"label": _("Reference"), "value": request.reference, "copy": True},
        {"label": _("Name"), "value": request.name},
        {"label": _("Short name"), "value": request.short_name},
        {"label": _("UPN suffix"), "value": request.upn_suffix, "mono": True},
        {"label": _("FQDN"), "value": request.fqdn, "mono": True},
        {"label": _("Administrator"), "value": logon(request.user_name, request.upn_suffix), "mono": True},
        {"label": _("ANI"), "value": for_people(request.ani)},
        {"label": _("Template"), "value": str(request.template_version)},
        {"label": _("Requester"), "value": str(request.requester)},
        {"label": _("Submitted"), "value": date_format(localtime(request.submitted_at), "SHORT_DATETIME_FORMAT")},
    ]


def contact_facts(request: SubscriptionRequest) -> list[dict[str, Any]]:
    """Who is told of the result."""
    place = " ".join(part for part in (request.postal_code, request.city) if part)
    return [
        {"label": _("Full name"), "value": request.contact_name},
        {"label": _("E-mail address"), "value": request.contact_email},
        {"label": _("Telephone"), "value": for_people(request.contact_phone)},
        {"label": _("Company"), "value": request.company},
        {"label": _("Street"), "value": request.street},
        {"label": _("City"), "value": place},
        {"label": _("Country"), "value": countries.name(request.country)},
    ]


class RequestPage(Page, abstract=True):
    """One request and its live timeline."""

    template = "tenants/request_detail.html"
    partial = "tenants/_request_progress.html"
    technical = False

    def visible(self) -> QuerySet[SubscriptionRequest]:
        return requests_of(self.request.user)

    def verbs(self, shown: SubscriptionRequest) -> list[dict[str, Any]]:
        """The buttons that this state and this person allow."""
        return []

    def context(self) -> dict[str, Any]:
        shown = get_object_or_404(self.visible(), reference=self.kwargs["reference"])
        progress = progress_of(shown, technical=self.technical)
        return {
            "shown": shown,
            "facts": order_facts(shown),
            "contact": contact_facts(shown),
            "progress": progress,
            "verbs": [] if progress.removing else self.verbs(shown),
            "poll_url": self.request.path,
            "list_url": self.list_url(),
            "for_operators": self.technical,
        }

    def list_url(self) -> str:
        return reverse("register:requests")


class RequestVerb(FormPage, abstract=True):
    """A verb about one request: its own page, which works without JavaScript."""

    template = "tenants/request_verb.html"
    form_class = ConfirmForm
    title: Any = ""
    text: Any = ""
    submit_label: Any = ""
    danger = False

    def visible(self) -> QuerySet[SubscriptionRequest]:
        return requests_of(self.request.user)

    @property
    def shown(self) -> SubscriptionRequest:
        if not hasattr(self, "_shown"):
            self._shown = get_object_or_404(self.visible(), reference=self.kwargs["reference"])
        return self._shown

    def back_url(self) -> str:
        return reverse("tenants:request", args=[self.shown.reference])

    def context(self) -> dict[str, Any]:
        return {"shown": self.shown, "back_url": self.back_url()}


def may_cancel(shown: SubscriptionRequest) -> bool:
    return REQUEST_MOVES.allows(shown, RequestState.CANCELLED)


def verb(label: Any, url_name: str, shown: SubscriptionRequest, *, look: str = "") -> dict[str, Any]:
    """One button."""
    return {"label": label, "url": reverse(url_name, args=[shown.reference]), "look": look}

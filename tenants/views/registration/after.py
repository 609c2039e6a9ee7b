"""After "Create Tenant": the reference, and the status page that opens without sign-in (REG-18, REG-29)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from portal.core.client_ip import client_ip
from portal.core.errors import DomainError
from portal.core.pages import OpenPage
from portal.core.pages.forms import FormFlow, refuse
from tenants.forms.registration import StatusForm
from tenants.models import RequestState
from tenants.selectors.request_timeline import progress_of
from tenants.selectors.requests import requests_of
from tenants.services.requests.limits import TooMany
from tenants.services.requests.status import open_status, read_status_link
from tenants.views.registration.pages import RegistrationPage


class SentPage(RegistrationPage):
    """The request is accepted: its reference, and what happens next."""

    template = "tenants/register_sent.html"
    partial = "tenants/_request_progress.html"

    def context(self) -> dict[str, Any]:
        request = get_object_or_404(requests_of(self.request.user), reference=self.kwargs["reference"])
        return {
            "shown": request,
            "progress": progress_of(request),
            "poll_url": self.request.path,
            "waits_for_approval": request.state == RequestState.AWAITING_APPROVAL,
        }


class StatusPage(FormFlow, OpenPage):
    """Reference and e-mail address open the status of a request; a wrong pair always gets the same sentence."""

    open_because = "the reference together with the e-mail address is the proof; it shows state and times only"
    template = "tenants/register_status.html"
    form_class = StatusForm

    def initial(self) -> dict[str, Any]:
        return {"reference": self.request.GET.get("reference", "")[:40]}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.build(request.POST)
        if not form.is_valid():
            return self.page({"form": form}, status=422)
        try:
            return HttpResponseRedirect(self.perform(form))
        except DomainError as refusal:
            refuse(form, refusal)
            return self.page({"form": form}, status=429 if isinstance(refusal, TooMany) else 422)

    def perform(self, form: StatusForm) -> str:
        link = open_status(**form.cleaned_data, at=timezone.now(), address=client_ip(self.request))
        return reverse("register:followed", args=[link])


class FollowedPage(OpenPage):
    """State and timeline of one request, live, without any name."""

    open_because = "the signed link is given for reference and e-mail address; it shows state and times only"
    template = "tenants/register_followed.html"
    partial = "tenants/_request_progress.html"

    def context(self) -> dict[str, Any]:
        request = read_status_link(self.kwargs["link"])
        if request is None:
            raise Http404
        return {
            "reference": request.reference,
            "progress": progress_of(request, public=True),
            "poll_url": self.request.path,
        }

"""The way in for prospects: prove an e-mail address, then fill in the form (REG-02, REG-28)."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from portal.core.client_ip import client_ip
from portal.core.errors import DomainError
from portal.core.pages import OpenPage
from portal.core.pages.forms import FormFlow, refuse
from portal.permissions import Perm
from tenants.forms.registration import EmailForm
from tenants.selectors.requests import registration_open
from tenants.services.requests.limits import TooMany
from tenants.services.requests.prospects import RegistrationClosed, ask_for_link, confirm_email, read_link

SIGN_IN_WITH = "portal.accounts.backends.SignInBackend"


class StartPage(FormFlow, OpenPage):
    """Asks for an e-mail address. Who is signed in and may order goes straight to the form."""

    open_because = "prospects have no sign-in yet"
    template = "tenants/register_start.html"
    form_class = EmailForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.user.may(Perm.REQUEST_SUBMIT):
            return HttpResponseRedirect(reverse("register:template"))
        if not registration_open():
            return self.closed()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.build(request.POST)
        if not form.is_valid():
            return self.page({"form": form}, status=422)
        try:
            return HttpResponseRedirect(self.perform(form))
        except RegistrationClosed:
            return self.closed()
        except TooMany as limit:
            refuse(form, limit)
            response = self.page({"form": form}, status=429)
            response["Retry-After"] = "3600"
            return response

    def perform(self, form: EmailForm) -> str:
        if not form.cleaned_data["website"]:  # only machines fill in what nobody sees; they get the same answer
            email = form.cleaned_data["email"]
            ask_for_link(email=email, at=timezone.now(), address=client_ip(self.request))
        return reverse("register:asked")

    def closed(self) -> HttpResponse:
        self.template = "tenants/register_closed.html"
        return self.page({}, status=403)


class AskedPage(OpenPage):
    """Says that a mail is on its way, the same words for every address."""

    open_because = "says that a mail is on its way, whether or not the address is known"
    template = "tenants/register_asked.html"


class ConfirmPage(OpenPage):
    """Where the mailed link leads. Opening it changes nothing, so that mail scanners do no harm; the button does."""

    open_because = "the link in the mail is the proof"
    template = "tenants/register_confirm.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            email = read_link(kwargs["token"])
        except DomainError as refusal:
            return self.page({"refusal": refusal.message}, status=410)
        return self.page({"email": email})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            person = confirm_email(token=kwargs["token"])
        except DomainError as refusal:
            return self.page({"refusal": refusal.message}, status=410)
        login(request, person, backend=SIGN_IN_WITH)
        return HttpResponseRedirect(reverse("register:template"))

"""Greeting and PIN of one box, and the link that shows a PIN once (VM-02, VM-04)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.forms.voicemail import GreetingForm, PinForm
from extensions.models import Mailbox
from extensions.services.voicemail.greeting import set_greeting
from extensions.services.voicemail.pin import LinkOver, box_of_link, reset_pin, set_pin, show_pin_once
from extensions.services.voicemail.selectors import mailboxes_within
from portal.core.pages import ActionPage, FormPage, OpenPage, Page, VersionedFormPage
from portal.permissions import Perm


class OneBox(Page, abstract=True):
    """A page that changes the box in the address, if the person may change that one."""

    permission = Perm.VOICEMAIL_UPDATE

    def current(self) -> Mailbox:
        if not hasattr(self, "_box"):
            self._box = get_object_or_404(mailboxes_within(self.request.user), pk=self.kwargs["pk"])
        return self._box

    def context(self) -> dict[str, Any]:
        return {"box": self.current()}

    def page_url(self) -> str:
        return reverse("extensions:mailbox", args=[self.kwargs["pk"]])


class MailboxGreeting(OneBox, VersionedFormPage):
    permission = Perm.VOICEMAIL_UPDATE
    template = "voicemail/greeting.html"
    form_class = GreetingForm
    done_message = _("Greeting saved.")

    def initial(self) -> dict[str, Any]:
        return {"greeting": self.current().greeting}

    def form_arguments(self) -> dict[str, Any]:
        return {"may_upload": self.request.user.may(Perm.AUDIO_CREATE)}

    def perform(self, form: GreetingForm) -> str:
        given = {"file": None, **form.cleaned_data}
        set_greeting(mailbox=self.current(), by=self.request.user, at=timezone.now(), **given)
        return self.page_url()


class MailboxPin(OneBox, FormPage):
    permission = Perm.VOICEMAIL_UPDATE
    template = "voicemail/pin.html"
    form_class = PinForm
    done_message = _("PIN set.")

    def perform(self, form: PinForm) -> str:
        set_pin(mailbox=self.current(), by=self.request.user, **form.cleaned_data)
        return self.page_url()


class MailboxPinReset(OneBox, ActionPage):
    permission = Perm.VOICEMAIL_UPDATE
    done_message = _("New PIN made. A link that shows it once is on its way by e-mail.")

    def refused_to(self) -> str:
        return self.page_url()

    def perform(self) -> str:
        reset_pin(mailbox=self.current(), by=self.request.user, at=timezone.now())
        return self.page_url()


class MailboxPinLink(OpenPage):
    """GET only asks, so that programs that look into mails do not use the link up; POST shows the PIN."""

    open_because = "the link in the mail is the proof; it is signed, works once and for 24 hours"
    template = "voicemail/pin_link.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            box = box_of_link(kwargs["token"], at=timezone.now())
        except LinkOver as refusal:
            return self.page({"refusal": refusal.message}, status=410)
        return self.page({"box": box})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            shown = show_pin_once(token=kwargs["token"], at=timezone.now())
        except LinkOver as refusal:
            return self.page({"refusal": refusal.message}, status=410)
        return self.page({"shown": shown})

"""My voicemail: how the box works, its PIN, what it greets with (VM-02, VM-04)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.forms.own import OwnGreetingForm
from extensions.forms.voicemail import PinForm
from extensions.models import Mailbox
from extensions.services.audio.keep import sound_bytes
from extensions.services.voicemail.boxes import ensure_mailbox
from extensions.services.voicemail.greeting import set_greeting
from extensions.services.voicemail.pin import set_pin
from extensions.settings.subjects import Subject
from extensions.views.own.base import OwnFormPage, OwnPage
from extensions.views.sound_answer import sound_answer
from extensions.views.voicemail_settings import VoicemailSettings
from portal.core.pages import FormPage, Page
from portal.permissions import Perm


class OwnBox(OwnPage, abstract=True):
    """A page about one's own box."""

    def box(self) -> Mailbox | None:
        """The box, None before it was made."""
        return getattr(self.extension(), "mailbox", None)


class MyVoicemail(OwnBox, OwnFormPage, VoicemailSettings):
    permission = Perm.OWN_VOICEMAIL
    template = "own/voicemail.html"
    title = _("Voicemail")

    def subject(self) -> Subject:
        return Subject(extension=self.extension())

    def context(self) -> dict[str, Any]:
        return {"extension": self.extension(), "box": self.box()}


class MyPin(OwnBox, OwnFormPage, FormPage):
    """A PIN of one's own choice; the present one is never shown."""

    permission = Perm.OWN_VOICEMAIL
    template = "own/pin.html"
    form_class = PinForm
    done_message = _("PIN set. The old one stopped working.")

    def perform(self, form: PinForm) -> str:
        set_pin(mailbox=ensure_mailbox(self.extension()), by=self.request.user, **form.cleaned_data)
        return reverse("extensions:me_voicemail")


class MyGreeting(OwnBox, OwnFormPage, FormPage):
    permission = Perm.OWN_VOICEMAIL
    template = "own/greeting.html"
    form_class = OwnGreetingForm
    done_message = _("Greeting saved.")

    def context(self) -> dict[str, Any]:
        return {"box": self.box()}

    def perform(self, form: OwnGreetingForm) -> str:
        box, by, at = ensure_mailbox(self.extension()), self.request.user, timezone.now()
        set_greeting(mailbox=box, greeting=None, file=form.cleaned_data["file"], version=None, by=by, at=at)
        return reverse("extensions:me_voicemail")


class MyGreetingSound(OwnBox, Page):
    """What one's own callers hear."""

    permission = Perm.OWN_VOICEMAIL

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        box = self.box() if self.own() else None
        if box is None or box.greeting is None:
            raise Http404
        try:
            content = sound_bytes(box.greeting)
        except FileNotFoundError as missing:
            raise Http404 from missing
        return sound_answer(request, box.greeting, content)

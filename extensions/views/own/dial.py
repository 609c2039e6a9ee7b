"""Calling from the page: a number is typed, or comes from the directory; the own telephone rings first."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.forms.own import DialNumberForm
from extensions.services.live.dial import ask_to_dial
from extensions.views.own.base import OwnFormPage
from portal.permissions import Perm


class MyCall(OwnFormPage):
    permission = Perm.OWN_DIAL
    template = "own/dial.html"
    form_class = DialNumberForm
    done_message = _("Your telephone rings now. Lift it to make the call.")

    def initial(self) -> dict[str, Any]:
        return {"number": self.request.GET.get("number", "")[:40]}

    def perform(self, form: DialNumberForm) -> str:
        ask_to_dial(extension=self.extension(), at=timezone.now(), **form.cleaned_data)
        return reverse("extensions:me_directory")

"""My devices: telephones, username, and a new password that is shown once (EXT-11)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.models import Phone
from extensions.phone_models import model_of
from extensions.services.secrets import regenerate_sip_password
from extensions.views.own.base import OwnAction, OwnPage
from extensions.views.shown_once import show_once, shown_once
from portal.permissions import Perm


class MyDevices(OwnPage):
    permission = Perm.OWN_DEVICE
    template = "own/devices.html"

    def context(self) -> dict[str, Any]:
        extension = self.extension()
        return {
            "extension": extension,
            "phones": [(one, model_of(one.model)) for one in Phone.objects.filter(extension=extension).order_by("pk")],
            "password": shown_once(self.request, extension),
        }


class MyPassword(OwnAction):
    permission = Perm.OWN_DEVICE
    done_message = _("New password made. Telephones with the old one are refused from now on.")

    def perform(self) -> str:
        show_once(self.request, regenerate_sip_password(extension=self.extension(), by=self.request.user))
        return reverse("extensions:me_devices")

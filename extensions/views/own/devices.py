"""My devices: telephones, username, and a new password that is shown once (EXT-11)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.keys.phones import phones
from extensions.pbx.address import sip_address
from extensions.phone_models import model_of
from extensions.provisioning.build import access_of
from extensions.provisioning.freshness import state_of
from extensions.services.secrets import regenerate_sip_password
from extensions.views.own.base import OwnAction, OwnPage
from extensions.views.shown_once import show_once, shown_once
from portal.accounts.services.passwords import own_host
from portal.core.chips import chip_of
from portal.permissions import Perm


class MyDevices(OwnPage):
    permission = Perm.OWN_DEVICE
    template = "own/devices.html"

    def context(self) -> dict[str, Any]:
        extension = self.extension()
        return {
            "extension": extension,
            "phones": [
                (phone, model_of(phone.model), chip_of(state_of(access_of(phone), timezone.now())))
                for phone in phones().filter(extension=extension).order_by("pk")
            ],
            "server": own_host(),
            "proxy": sip_address(),
            "password": shown_once(self.request, extension),
        }


class MyPassword(OwnAction):
    permission = Perm.OWN_DEVICE
    done_message = _("New password made. Telephones with the old one are refused from now on.")

    def perform(self) -> str:
        show_once(self.request, regenerate_sip_password(extension=self.extension(), by=self.request.user))
        return reverse("extensions:me_devices")

"""How a telephone gets its configuration: its address, what it fetched, and the files themselves (PRV-01)."""

from typing import Any

import segno
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from extensions.models import Phone, PhoneFetch
from extensions.phone_models import model_of
from extensions.provisioning.build import access_of, phones_to_tell
from extensions.provisioning.families import family_of
from extensions.provisioning.freshness import state_of
from extensions.provisioning.preview import preview
from extensions.provisioning.resync import ask_to_fetch
from extensions.services.phones.access import issue_access
from extensions.services.phones.mac import for_people
from portal.core.addresses import origin_here
from portal.core.chips import chip_of
from portal.core.forms import PortalForm
from portal.core.pages import ActionPage, FormPage, Page
from portal.permissions import Perm

_SHOWN_ONCE = "telephone_address_of"
SHOWN_FETCHES = 20


class OneToTell(Page, abstract=True):
    """A page about the telephone whose id is in the address, with everything that it is told."""

    def phone(self) -> Any:
        if not hasattr(self, "_phone"):
            self._phone = get_object_or_404(phones_to_tell(), pk=self.kwargs["pk"])
        return self._phone

    def page_url(self) -> str:
        return reverse("extensions:phone_configuration", args=[self.kwargs["pk"]])

    def about(self) -> dict[str, Any]:
        """What the heading of each of these pages says."""
        phone = self.phone()
        return {"phone": phone, "mac": for_people(phone.mac), "model": model_of(phone.model)}


class PhoneConfiguration(OneToTell):
    """Where it fetches (shown once), when it did, and whether it must again."""

    permission = Perm.PHONE_READ
    template = "phones/configuration.html"

    def context(self) -> dict[str, Any]:
        phone = self.phone()
        access, family = access_of(phone), family_of(phone.model)
        return {
            **self.about(),
            "access": access,
            "family": family,
            "chip": chip_of(state_of(access, timezone.now())),
            "fetches": list(PhoneFetch.objects.filter(phone=phone).order_by("-pk")[:SHOWN_FETCHES]),
            "shown": self._shown_once(phone) if access and family else None,
        }

    def _shown_once(self, phone: Phone) -> dict[str, Any] | None:
        """The address for the person who had it made; a second look shows nothing."""
        if self.request.session.get(_SHOWN_ONCE) != phone.pk:
            return None
        del self.request.session[_SHOWN_ONCE]
        family = family_of(phone.model)
        address = f"{origin_here(self.request)}/p/{phone.access.secret}/{family.to_type if family else ''}"
        return {"address": address, "picture": _picture(address), "password": phone.access.admin_password}


class PhoneFiles(OneToTell):
    """The files as they would be fetched now, without secrets."""

    permission = Perm.PHONE_READ
    template = "phones/files.html"

    def context(self) -> dict[str, Any]:
        phone = self.phone()
        files, outdated = preview(phone)
        return {**self.about(), "files": files, "outdated": outdated, "family": family_of(phone.model)}


class PhoneNewAddress(OneToTell, FormPage):
    """Asks first: what the telephone knows is worth nothing afterwards."""

    permission = Perm.PHONE_UPDATE
    template = "phones/new_address.html"
    form_class = PortalForm
    done_message = _("New address made. Enter it in the telephone within 24 hours.")

    def context(self) -> dict[str, Any]:
        return {**self.about(), "access": access_of(self.phone())}

    def perform(self, form: PortalForm) -> str:
        issue_access(phone=self.phone(), by=self.request.user, at=timezone.now())
        self.request.session[_SHOWN_ONCE] = self.phone().pk
        return self.page_url()


class PhoneFetchAgain(ActionPage):
    permission = Perm.PHONE_UPDATE
    done_message = _("The telephone was asked to fetch its configuration.")

    def refused_to(self) -> str:
        return reverse("extensions:phone_configuration", args=[self.kwargs["pk"]])

    def perform(self) -> str:
        ask_to_fetch(get_object_or_404(Phone.objects.select_related("extension"), pk=self.kwargs["pk"]))
        return self.refused_to()


def _picture(address: str) -> str:
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(
        scale=4, border=4, dark="#000000", light="#ffffff", svgclass="qr", lineclass=None, omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by the library from our own text

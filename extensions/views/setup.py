"""Welcome mails, and the page behind their link (EXT-14)."""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from extensions.services.welcome import LinkOver, SetUp, extension_of_link, send_welcome, show_set_up_once
from extensions.views.extension_verbs import ExtensionAction
from portal.core.pages import OpenPage
from portal.permissions import Perm


class ExtensionWelcome(ExtensionAction):
    permission = Perm.EXTENSION_UPDATE
    done_message = _("Welcome mail sent. Its link works once, for 24 hours.")

    def perform(self) -> str:
        send_welcome(extension=self.extension(), by=self.request.user, at=timezone.now())
        return self.page_url()


class SetupLinkPage(OpenPage):
    """GET only asks, so that programs that look into mails do not use the link up; POST shows the data."""

    open_because = "the link in the welcome mail is the proof; it works once and for 24 hours"
    template = "extensions/setup.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            extension = extension_of_link(kwargs["key"], at=timezone.now())
        except LinkOver as refusal:
            return self.page({"refusal": refusal.message}, status=410)
        return self.page({"extension": extension})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            shown = show_set_up_once(key=kwargs["key"], at=timezone.now())
        except LinkOver as refusal:
            return self.page({"refusal": refusal.message}, status=410)
        return self.page({"shown": shown, "picture": _picture(shown)})


def _picture(shown: SetUp) -> str:
    code = segno.make(shown.text, error="m", micro=False)
    drawn = code.svg_inline(
        scale=5, border=4, dark="#000000", light="#ffffff", svgclass="qr", lineclass=None, omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by the library from our own text

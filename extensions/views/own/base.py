"""What the pages under /me/ share: whose extension it is, the tabs, and the page for people without one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension
from extensions.presence_selectors import own_extension
from portal.core.pages import ActionPage, FormPage, Page
from portal.permissions import Perm

TABS = (
    (_("My telephone"), "extensions:me", "home", Perm.OWN_USE),
    (_("Forwarding"), "extensions:me_forwarding", "arrow-forward-up", Perm.OWN_CALLS),
    (_("Messages"), "extensions:me_messages", "mail", Perm.OWN_VOICEMAIL),
    (_("Voicemail"), "extensions:me_voicemail", "record-mail", Perm.OWN_VOICEMAIL),
    (_("Speed dials"), "extensions:me_speed_dials", "star", Perm.OWN_SPEED_DIAL),
    (_("Keys"), "extensions:me_keys", "layout-grid", Perm.OWN_KEYS),
    (_("Panel"), "extensions:me_panel", "layout-board", Perm.OWN_KEYS),
    (_("Devices"), "extensions:me_devices", "device-landline-phone", Perm.OWN_DEVICE),
    (_("Hours"), "extensions:me_schedule", "calendar", Perm.OWN_USE),
    (_("Directory"), "extensions:me_directory", "address-book", Perm.PRESENCE_READ),
)


def own_tabs(request: Any) -> list[dict[str, Any]]:
    """The pages under /me/ that this person may open."""
    found = [(label, reverse(name), icon) for label, name, icon, needs in TABS if request.user.may(needs)]
    best = max((url for _label, url, _icon in found if request.path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "icon": icon, "active": url == best} for label, url, icon in found]


class OwnPage(Page, abstract=True):
    """A page about the extension of whoever asks; without one it says who can help."""

    request: Any

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The tabs above the page."""
        return own_tabs(self.request)

    def extension(self) -> Extension:
        """Their extension; 404 for a change by somebody who has none."""
        found = self.own()
        if found is None:
            raise Http404
        return found

    def own(self) -> Extension | None:
        """Their extension, read once."""
        if not hasattr(self, "_own"):
            self._own = own_extension(self.request.user)
        return self._own

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.own() is None:
            self.template = "own/none.html"
            return self.page({})
        return super().get(request, *args, **kwargs)


class OwnFormPage(OwnPage, FormPage, abstract=True):
    """A form about one's own extension."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.extension()
        return super().post(request, *args, **kwargs)


class OwnAction(ActionPage, abstract=True):
    """A verb on one's own extension."""

    request: Any

    def extension(self) -> Extension:
        found = own_extension(self.request.user)
        if found is None:
            raise Http404
        return found

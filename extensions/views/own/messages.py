"""My messages: the voicemail of one's own box (VM-05)."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from extensions.models import Mailbox
from extensions.presence_selectors import own_extension
from extensions.views.own.base import OwnPage, own_tabs
from extensions.views.voicemail_messages import (
    BoxPage,
    ChangeMessages,
    ForwardMessages,
    HearMessage,
    RemoveMessages,
    ShowMessages,
)
from portal.permissions import Perm


class OwnMessages(BoxPage, abstract=True):
    """About one's own box; no address names it."""

    request: Any
    urls = {
        "list": "extensions:me_messages", "sound": "extensions:me_message", "change": "extensions:me_messages_change",
        "forward": "extensions:me_messages_forward", "remove": "extensions:me_messages_remove",
    }  # fmt: skip

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The tabs above the page."""
        return own_tabs(self.request)

    def box(self) -> Mailbox:
        """One's own box; 404 for who has none."""
        if not hasattr(self, "_box"):
            extension = own_extension(self.request.user)
            box = getattr(extension, "mailbox", None)
            if box is None:
                raise Http404
            self._box: Mailbox = box
        return self._box

    def url(self, name: str, *more: str) -> str:
        return reverse(self.urls[name], args=more)


class MyMessages(OwnPage, OwnMessages, ShowMessages):
    permission = Perm.OWN_VOICEMAIL
    template = "own/messages.html"


class MyMessage(OwnMessages, HearMessage):
    permission = Perm.OWN_VOICEMAIL


class MyMessagesChange(OwnMessages, ChangeMessages):
    permission = Perm.OWN_VOICEMAIL


class MyMessagesForward(OwnMessages, ForwardMessages):
    permission = Perm.OWN_VOICEMAIL


class MyMessagesRemove(OwnMessages, RemoveMessages):
    permission = Perm.OWN_VOICEMAIL

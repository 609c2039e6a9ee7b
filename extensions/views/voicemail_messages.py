"""Messages in voicemail boxes: hear, download, mark, forward, delete (VM-05)."""

from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as text
from django.utils.translation import ngettext

from extensions.forms.messages import ForwardForm, NothingToFill
from extensions.models import Mailbox
from extensions.pbx.messages import Folder
from extensions.services.ask_pbx import PbxSilent
from extensions.services.voicemail.messages import (
    MessageGone,
    forward_messages,
    hear_message,
    move_messages,
    read_box,
    remove_messages,
)
from extensions.services.voicemail.retention import KEPT_DELETED_DAYS
from extensions.services.voicemail.selectors import mailboxes_within
from extensions.views.sound_answer import audio_answer, begins
from portal.core.pages import ActionPage, FormPage, Page
from portal.permissions import Perm

PER_PAGE = 50
_MOST = 500  # ids in one request
_FOLDERS = {"new": Folder.NEW, "read": Folder.READ, "delete": Folder.DELETED, "restore": Folder.READ}


class BoxPage(Page, abstract=True):
    """A page about the messages of the box in the address; `urls` names where its fellows are."""

    urls = {
        "list": "extensions:mailbox_messages", "sound": "extensions:mailbox_message",
        "change": "extensions:mailbox_messages_change", "forward": "extensions:mailbox_messages_forward",
        "remove": "extensions:mailbox_messages_remove",
    }  # fmt: skip

    def box(self) -> Mailbox:
        """The box, read once; 404 where this person may not hear it."""
        if not hasattr(self, "_box"):
            rows = mailboxes_within(self.request.user, Perm.VOICEMAIL_LISTEN)  # type: ignore[arg-type]
            self._box = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._box

    def url(self, name: str, *more: str) -> str:
        """The address of a fellow page."""
        return reverse(self.urls[name], args=[self.box().pk, *more])

    def addresses(self) -> dict[str, str]:
        """Where the list's buttons lead."""
        return {name: self.url(name) for name in ("list", "change", "forward", "remove")}

    @staticmethod
    def chosen(sent: QueryDict) -> list[str]:
        """The messages that were ticked."""
        return list(dict.fromkeys(sent.getlist("id")))[:_MOST]


class ShowMessages(BoxPage, abstract=True):
    """The list: new and read ones, or with `?folder=deleted` those that can still be got back."""

    template = "voicemail/messages.html"

    def context(self) -> dict[str, Any]:
        inbox = read_box(self.box())
        deleted = self.request.GET.get("folder") == Folder.DELETED
        found = inbox.lying(Folder.DELETED) if deleted else inbox.lying(Folder.NEW, Folder.READ)
        sheet = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        here = self.url("list")
        gone = inbox.count(Folder.DELETED)
        waiting = len(inbox.messages) - gone
        folders = [
            {"label": text("Messages"), "url": here, "active": not deleted, "count": waiting},
            {"label": text("Deleted"), "url": f"{here}?folder=deleted", "active": deleted, "count": gone},
        ]
        rows = [(one, self.url("sound", one.id)) for one in sheet]
        return {
            "box": self.box(), "inbox": inbox, "rows": rows, "sheet": sheet, "deleted": deleted, "folders": folders,
            "urls": self.addresses(), "days": KEPT_DELETED_DAYS,
        }  # fmt: skip


class HearMessage(BoxPage, abstract=True):
    """The sound, for the player and for `?download`."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by: Any = request.user
        asked = {"download": "download" in request.GET, "begins": begins(request), "at": timezone.now()}
        try:
            sound = hear_message(mailbox=self.box(), message=kwargs["message"], by=by, **asked)
        except MessageGone as gone:
            raise Http404 from gone
        except PbxSilent as silent:
            toasts.error(request, silent.message)
            return HttpResponseRedirect(self.url("list"))
        return audio_answer(request, f"{self.box()} {kwargs['message']}.wav", sound)


class ChangeMessages(BoxPage, ActionPage, abstract=True):
    """Mark, delete and get back what was ticked: `do` says which."""

    def refused_to(self) -> str:
        return self.url("list")

    def perform(self) -> str:
        ids, do = self.chosen(self.request.POST), self.request.POST.get("do", "")
        if do not in _FOLDERS:
            raise Http404
        if not ids:
            toasts.info(self.request, text("Tick the messages first."))
            return self.back(do)
        by: Any = self.request.user
        count = move_messages(mailbox=self.box(), messages=ids, to=_FOLDERS[do], by=by)
        toasts.success(self.request, _said(do, count))
        return self.back(do)

    def back(self, do: str) -> str:
        """The list that the person came from."""
        return self.url("list") + ("?folder=deleted" if do == "restore" else "")


class ForwardMessages(BoxPage, FormPage, abstract=True):
    """To which box? Works without scripts: the ticked messages stand in the address."""

    template = "voicemail/message_forward.html"
    form_class = ForwardForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.chosen(request.GET):
            toasts.info(request, text("Tick the messages first."))
            return self.redirect(self.url("list"))
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {"box": self.box(), "count": len(self.chosen(self.request.GET)), "list_url": self.url("list")}

    def perform(self, form: ForwardForm) -> str:
        ids = self.chosen(self.request.GET)
        by: Any = self.request.user
        to = forward_messages(mailbox=self.box(), messages=ids, number=form.cleaned_data["number"], by=by)
        toasts.success(self.request, text("Forwarded to %(box)s.") % {"box": to})
        return self.url("list")


class RemoveMessages(BoxPage, FormPage, abstract=True):
    """Asks before messages are gone for good."""

    template = "voicemail/message_remove.html"
    form_class = NothingToFill

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.chosen(request.GET):
            toasts.info(request, text("Tick the messages first."))
            return self.redirect(self.deleted())
        return super().get(request, *args, **kwargs)

    def deleted(self) -> str:
        """The list of deleted messages."""
        return f"{self.url('list')}?folder=deleted"

    def context(self) -> dict[str, Any]:
        return {"box": self.box(), "count": len(self.chosen(self.request.GET)), "list_url": self.deleted()}

    def perform(self, form: Any) -> str:
        by: Any = self.request.user
        count = remove_messages(mailbox=self.box(), messages=self.chosen(self.request.GET), by=by)
        sentence = ngettext("%(n)d message deleted for good.", "%(n)d messages deleted for good.", count)
        toasts.success(self.request, sentence % {"n": count})
        return self.deleted()


def _said(do: str, count: int) -> str:
    sentences = {
        "new": ngettext("%(n)d message marked as new.", "%(n)d messages marked as new.", count),
        "read": ngettext("%(n)d message marked as read.", "%(n)d messages marked as read.", count),
        "delete": ngettext(
            "%(n)d message deleted. It can be got back under Deleted.",
            "%(n)d messages deleted. They can be got back under Deleted.", count,
        ),
        "restore": ngettext("%(n)d message is back.", "%(n)d messages are back.", count),
    }  # fmt: skip
    return sentences[do] % {"n": count}


class MailboxMessages(ShowMessages):
    permission = Perm.VOICEMAIL_LISTEN


class MailboxMessage(HearMessage):
    permission = Perm.VOICEMAIL_LISTEN


class MailboxMessagesChange(ChangeMessages):
    permission = Perm.VOICEMAIL_LISTEN


class MailboxMessagesForward(ForwardMessages):
    permission = Perm.VOICEMAIL_LISTEN


class MailboxMessagesRemove(RemoveMessages):
    permission = Perm.VOICEMAIL_LISTEN

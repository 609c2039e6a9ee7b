"""Voicemail boxes: list, look at, shared ones create and edit (VM-01, VM-06)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.filters.voicemail import MailboxFilter
from extensions.forms.voicemail import EditSharedMailboxForm, SharedMailboxForm
from extensions.models import Mailbox
from extensions.pbx.live.reader import live_now
from extensions.scopes import holds_everywhere, reach
from extensions.services.voicemail.boxes import create_shared_mailbox, edit_shared_mailbox
from extensions.services.voicemail.pin import address_of
from extensions.services.voicemail.selectors import (
    box_settings,
    limits,
    mailboxes,
    mailboxes_within,
)
from extensions.tables.voicemail import MailboxTable, count_words, room_used
from extensions.views.deletion import DeletePage
from portal.core.pages import FormPage, ListPage, Page, VersionedFormPage
from portal.permissions import Perm


class MailboxList(ListPage):
    permission = Perm.VOICEMAIL_READ
    template = "voicemail/list.html"
    table = MailboxTable
    filter = MailboxFilter
    export_name = "voicemail-boxes"

    def rows(self) -> QuerySet[Mailbox]:
        return mailboxes()


class MailboxDetail(Page):
    permission = Perm.VOICEMAIL_READ
    template = "voicemail/detail.html"

    def context(self) -> dict[str, Any]:
        box = get_object_or_404(mailboxes().select_related("extension__home_team"), pk=self.kwargs["pk"])
        in_force = limits()
        facts = [
            {"label": _("Number"), "value": box.dial, "mono": True},
            {"label": _("Kind"), "value": _("Shared box") if box.is_shared else _("Box of an extension")},
            {"label": _("E-mail address"), "value": address_of(box)},
            {"label": _("Messages"), "value": count_words(live_now().boxes.get(box.pk), box)},
            {"label": _("Room used"), "value": room_used(box, in_force)},
        ]
        may = self.request.user.may(Perm.VOICEMAIL_UPDATE)
        may_change = may and mailboxes_within(self.request.user).filter(pk=box.pk).exists()
        return {
            "box": box, "facts": facts, "held": box_settings(box), "limits": in_force, "full": in_force.is_full(box),
            "may_change": may_change, "may_listen": self.may_listen(box),
        }  # fmt: skip

    def may_listen(self, box: Mailbox) -> bool:
        """Whether this person may hear what lies in the box."""
        user: Any = self.request.user
        if not user.may(Perm.VOICEMAIL_LISTEN):
            return False
        limited = reach(user, Perm.VOICEMAIL_LISTEN) is not None
        return not limited or mailboxes_within(user, Perm.VOICEMAIL_LISTEN).filter(pk=box.pk).exists()


class MailboxCreate(FormPage):
    permission = Perm.VOICEMAIL_CREATE
    template = "voicemail/create.html"
    form_class = SharedMailboxForm
    done_message = _("Voicemail box created.")

    def perform(self, form: SharedMailboxForm) -> str:
        box = create_shared_mailbox(by=self.request.user, **form.cleaned_data)
        return reverse("extensions:mailbox", args=[box.pk])


class MailboxEdit(VersionedFormPage):
    """Shared boxes only: the box of an extension follows it."""

    permission = Perm.VOICEMAIL_UPDATE
    template = "voicemail/edit.html"
    form_class = EditSharedMailboxForm
    done_message = _("Voicemail box saved.")

    def current(self) -> Mailbox:
        if not hasattr(self, "_box"):
            if not holds_everywhere(self.request.user, Perm.VOICEMAIL_UPDATE):
                raise Http404
            self._box = get_object_or_404(Mailbox, pk=self.kwargs["pk"], extension=None)
        return self._box

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.current(), name) for name in ("number", "name", "email")}

    def context(self) -> dict[str, Any]:
        return {"box": self.current()}

    def perform(self, form: EditSharedMailboxForm) -> str:
        box = edit_shared_mailbox(mailbox=self.current(), by=self.request.user, **form.cleaned_data)
        return reverse("extensions:mailbox", args=[box.pk])


class MailboxDelete(DeletePage):
    """Shared boxes only: the box of an extension goes with it."""

    permission = Perm.VOICEMAIL_DELETE

    def found(self) -> Mailbox:
        return get_object_or_404(Mailbox, pk=self.kwargs["pk"], extension=None)

    def consequences(self) -> list[str]:
        return [text("Messages in the box can no longer be heard.")]

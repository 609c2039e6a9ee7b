"""Messages in voicemail boxes: they lie on the PBX and are heard, marked, forwarded and deleted from pages (VM-05)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from extensions.models import DialKind, DialNumber, Mailbox
from extensions.pbx.live.reader import LinkNow, LiveStatus, live_now
from extensions.pbx.messages import Folder, Message
from extensions.services.ask_pbx import PbxSilent, ask_pbx
from extensions.services.listening import note_listening
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.services import record
from portal.core.errors import DomainError

TABLE = gettext_noop("Voicemail messages")
_DEAF = (LiveStatus.NONE, LiveStatus.AWAY, LiveStatus.OFF)  # nothing can be changed there now
_WORDS = {
    Folder.NEW: gettext_noop("Marked as new"),
    Folder.READ: gettext_noop("Marked as read"),
    Folder.DELETED: gettext_noop("Deleted"),
}


class MessageGone(DomainError):
    """None of the messages is in the box any more."""


class NoSuchBox(DomainError):
    """Nobody has a box with this number."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """What a page shows of a box. `fault` says why nothing can be shown, `can_change` whether the PBX listens now."""

    messages: tuple[Message, ...]
    link: LinkNow
    fault: str = ""

    @property
    def can_change(self) -> bool:
        return self.link.status not in _DEAF

    def lying(self, *folders: Folder) -> list[Message]:
        """Those in these folders, the newest first."""
        return [one for one in self.messages if one.folder in folders]

    def count(self, folder: Folder) -> int:
        return sum(one.folder is folder for one in self.messages)


def read_box(mailbox: Mailbox) -> Inbox:
    """What lies in a box. Never raises: where the PBX cannot be asked, `fault` says so."""
    link = live_now().link
    try:
        return Inbox(tuple(ask_pbx(lambda driver, slug: driver.messages(slug, [mailbox.pk]))), link)
    except PbxSilent as fault:
        return Inbox((), link, fault.message)


def hear_message(*, mailbox: Mailbox, message: str, by: User, download: bool, begins: bool, at: datetime) -> bytes:
    """A message as WAV. Hearing somebody else's, or a shared box's, is written into the log (`note_listening`).

    Raises MessageGone and PbxSilent.
    """
    sound = ask_pbx(lambda driver, slug: driver.message_audio(slug, mailbox.pk, message))
    if sound is None:
        raise MessageGone(_("This message is not there any more."))
    if is_foreign(mailbox, by):
        said = gettext_noop("Downloaded a message") if download else gettext_noop("Heard a message")
        note_listening(table=TABLE, message=said, data=_data(mailbox, [message]), begins=begins, at=at, obj=mailbox)
    return sound


@transaction.atomic
def move_messages(*, mailbox: Mailbox, messages: Collection[str], to: Folder, by: User) -> int:
    """Mark messages as new or read, delete them so that they can be got back, or get them back (as read).

    Returns how many. Raises MessageGone and PbxSilent.
    """
    _demand_ears()
    _note(mailbox, messages, Verb.DELETE if to is Folder.DELETED else Verb.PUT, _WORDS[to], by)
    return _some(ask_pbx(lambda driver, slug: driver.move_messages(slug, mailbox.pk, messages, to)))


@transaction.atomic
def remove_messages(*, mailbox: Mailbox, messages: Collection[str], by: User) -> int:
    """Delete messages for good. Raises MessageGone and PbxSilent."""
    _demand_ears()
    _note(mailbox, messages, Verb.DELETE, gettext_noop("Deleted for good"), by)
    return _some(ask_pbx(lambda driver, slug: driver.remove_messages(slug, mailbox.pk, messages)))


@transaction.atomic
def forward_messages(*, mailbox: Mailbox, messages: Collection[str], number: str, by: User) -> Mailbox:
    """Put copies, as new messages, into the box of an extension or the shared box with `number`; returns that box.

    Raises NoSuchBox (field `number`), MessageGone and PbxSilent.
    """
    _demand_ears()
    to = _box_of(number)
    if to is None or to.pk == mailbox.pk:
        raise NoSuchBox(_("Enter the number of an extension or of a shared voicemail box."), field="number")
    _note(mailbox, messages, Verb.POST, gettext_noop("Forwarded"), by, to=str(to))
    _some(ask_pbx(lambda driver, slug: driver.forward_messages(slug, mailbox.pk, messages, to.pk)))
    return to


def is_foreign(mailbox: Mailbox, by: User) -> bool:
    """Whether a box is a shared one or somebody else's, so that what happens to its messages is written down."""
    return mailbox.extension is None or mailbox.extension.user_id != by.pk


def _box_of(number: str) -> Mailbox | None:
    dialled = DialNumber.objects.filter(number=number, kind__in=[DialKind.EXTENSION, DialKind.MAILBOX]).first()
    if dialled is None:
        return None
    column = "pk" if dialled.kind == DialKind.MAILBOX else "extension_id"
    return Mailbox.objects.select_related("extension").filter(**{column: dialled.owner_id}).first()


def _note(mailbox: Mailbox, messages: Collection[str], verb: Verb, words: str, by: User, **more: str) -> None:
    if is_foreign(mailbox, by):
        record(verb=verb, table=TABLE, message=words, obj=mailbox, data=_data(mailbox, messages) | more)


def _data(mailbox: Mailbox, messages: Collection[str]) -> dict[str, str]:
    return {"box": str(mailbox), "messages": ", ".join(sorted(messages))}


def _demand_ears() -> None:
    """Where it is known that nobody listens, whoever clicked is told at once."""
    if live_now().link.status in _DEAF:
        raise PbxSilent(_("The PBX is away, so that nothing can be changed now. Try again when it is back."))


def _some(count: int) -> int:
    if not count:
        raise MessageGone(_("These messages are not there any more."))
    return count

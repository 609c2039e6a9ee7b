"""Mail about new messages, each exactly once whatever is killed (VM-03)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from extensions.models import KnownMessage, Mailbox
from extensions.pbx.messages import Folder, Message
from extensions.services.voicemail.pin import address_of
from extensions.services.voicemail.selectors import BoxStates
from extensions.settings.catalogue.voicemail import MailMode
from portal.accounts.services.passwords import own_host
from portal.core.addresses import origin_of
from portal.core.mail import Attachment, send_template
from portal.core.phone_numbers import for_people
from portal.jobs.models import Mail, MailState

MOST_ATTACHED = 10 * 1024 * 1024  # bytes; mail servers refuse more
TOO_OLD = timedelta(days=7)  # older messages are no news: the portal was away, or the box came from elsewhere
Hear = Callable[[Message], bytes | None]


def mail_new_messages(*, boxes: Sequence[Mailbox], messages: Iterable[Message], hear: Hear, at: datetime) -> int:
    """Send what is due about messages that were not seen before; how many mails.

    `hear` gives the sound of a message; it is asked only where it is attached. A message that was new while its box
    sends no mail is remembered too, so that nothing old is mailed when that is changed.
    """
    found = [one for one in messages if one.folder is Folder.NEW]
    known = set(KnownMessage.objects.filter(mailbox__in=boxes).values_list("mailbox_id", "message"))
    fresh = [one for one in found if (one.box, one.id) not in known]
    if not fresh:
        return 0
    states, by_id = BoxStates(boxes), {box.pk: box for box in boxes}
    sent = 0
    for one in sorted(fresh, key=lambda message: (message.at, message.id)):
        box = by_id.get(one.box)
        if box is not None:
            state = states.of(box)
            silent = at - one.at > TOO_OLD or not state.enabled
            sent += _tell(box, one, MailMode.NONE if silent else state.mail, state.deletes, hear, at)
    return sent


def handed_over(*, boxes: Sequence[Mailbox]) -> dict[int, set[str]]:
    """Messages, by box, whose mail was handed over to the mail server and that are to be deleted then."""
    waiting = list(KnownMessage.objects.filter(mailbox__in=boxes, deletes=True).values_list("mailbox_id", "message"))
    ids = {_message_id(box, message)[:120]: (box, message) for box, message in waiting}
    gone: dict[int, set[str]] = {}
    sent = Mail.objects.filter(schema=connection.schema_name, message_id__in=ids, state=MailState.SENT)
    for message_id in sent.values_list("message_id", flat=True):
        box, message = ids[message_id]
        gone.setdefault(box, set()).add(message)
    return gone


def forget_gone(*, boxes: Sequence[Mailbox], messages: Iterable[Message]) -> None:
    """Forget messages that are in these boxes no more."""
    there = {(one.box, one.id) for one in messages}
    rows = KnownMessage.objects.filter(mailbox__in=boxes).values_list("pk", "mailbox_id", "message")
    gone = [pk for pk, box, message in rows if (box, message) not in there]
    if gone:
        KnownMessage.objects.filter(pk__in=gone).delete()  # audit: exempt, like the table


def _tell(box: Mailbox, message: Message, mode: MailMode, deletes: bool, hear: Hear, at: datetime) -> int:
    address = address_of(box)
    mails = mode is not MailMode.NONE and bool(address)
    sound = hear(message) if mails and mode is MailMode.AUDIO else None
    fits = sound is not None and len(sound) <= MOST_ATTACHED
    with transaction.atomic():
        facts = {"deletes": mails and deletes and fits, "seen_at": at}
        _row, made = KnownMessage.objects.get_or_create(mailbox=box, message=message.id, defaults=facts)
        if not (made and mails):
            return 0
        _send(box, message, address, sound if fits else None, wanted=mode is MailMode.AUDIO, deletes=facts["deletes"])
    return 1


def _send(box: Mailbox, message: Message, address: str, sound: bytes | None, *, wanted: bool, deletes: object) -> None:
    user = box.extension.user if box.extension else None
    language = user.language if user else ""
    page = reverse("extensions:me_messages") if user else reverse("extensions:mailbox_messages", args=[box.pk])
    with override(language or settings.LANGUAGE_CODE):
        context = {
            "box": str(box),
            "caller": f"{for_people(message.caller)} {message.caller_name}".strip() or _("an unknown caller"),
            "at": date_format(localtime(message.at, connection.tenant.time_zone), "DATETIME_FORMAT"),
            "length": f"{message.seconds // 60}:{message.seconds % 60:02}",
            "sound": _about_sound(sound, wanted=wanted, deletes=bool(deletes)),
            "url": origin_of(own_host()) + page,
        }
    name = f"voicemail-{message.at:%Y-%m-%d-%H%M}.wav"
    attached = [Attachment(name, sound, "audio/wav")] if sound is not None else []
    id = _message_id(box.pk, message.id)
    send_template(
        "voicemail_message", to=[address], context=context, language=language, attachments=attached, message_id=id
    )


def _about_sound(sound: bytes | None, *, wanted: bool, deletes: bool) -> str:
    if sound is None:
        return _("The message is too long to be attached.") if wanted else ""
    if deletes:
        return _("The message is attached, and deleted from the box.")
    return _("The message is attached.")


def _message_id(box: int, message: str) -> str:
    """The mail's own id: the same for the same message, so that a reader's program shows it once."""
    return f"<voicemail.{connection.schema_name}.{box}.{message}@{settings.PORTAL_MANAGEMENT_FQDN}>"

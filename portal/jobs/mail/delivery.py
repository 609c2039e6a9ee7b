"""Handing mails over to the mail server, again and again with growing pauses, for 72 hours (REL-10)."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core.crypto import UnreadableSecret
from portal.core.errors import DomainError
from portal.jobs.mail.backend import DELIVER
from portal.jobs.mail.envelope import unseal
from portal.jobs.models import Mail, MailState
from portal.jobs.outbox import enqueue
from portal.jobs.registry import PutOff

log = logging.getLogger(__name__)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(hours=72)
# Longer than the slowest talk with a mail server: each part of it has a time-out of its own.
_TALK = timedelta(minutes=2)


class NothingToSend(DomainError):
    """The mail was sent already, so that its text is no longer kept."""


def deliver_mail(*, mail_id: int, at: datetime) -> None:
    """Hand one mail over. Safe to run twice. Raises PutOff while the server may still take it later."""
    mail = _take(mail_id, at)
    if mail is None:
        return
    try:
        message = unseal(mail.sealed, schema=mail.schema)
        get_connection(settings.PORTAL_MAIL_TRANSPORT, fail_silently=False).send_messages([message])
    except Exception as fault:  # noqa: BLE001 - whatever the transport raises ends in the mail log
        _note_fault(mail, fault, at)
    else:
        _change(mail, state=MailState.SENT, sent_at=at, sealed="", last_error="", next_try_at=None, sending_until=None)


def next_pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: one minute, then twice as long each time, four hours at most."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


@transaction.atomic
def resend_mail(*, mail: Mail, at: datetime) -> Mail:
    """Try a waiting or failed mail again now, with 72 new hours. Raises NothingToSend for one that was sent."""
    locked = Mail.objects.select_for_update().get(pk=mail.pk)
    if locked.state == MailState.SENT or not locked.sealed:
        raise NothingToSend(_("This mail was sent. Its text is not kept, so it cannot be sent again."))
    locked.state, locked.next_try_at, locked.tries_since = MailState.QUEUED, at, at
    locked.save(update_fields=["state", "next_try_at", "tries_since"])
    enqueue(DELIVER, mail_id=locked.pk)
    return locked


def _take(mail_id: int, at: datetime) -> Mail | None:
    """Claim the mail for one worker. None: nothing to do, or another row of the outbox will come for it."""
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(pk=mail_id).first()
        if mail is None or mail.state != MailState.QUEUED or (mail.next_try_at and mail.next_try_at > at):
            return None
        if mail.sending_until and mail.sending_until > at:
            raise PutOff("another worker is sending it", delay=mail.sending_until - at)
        mail.sending_until, mail.attempts = at + _TALK, mail.attempts + 1
        mail.save(update_fields=["sending_until", "attempts"])
        return mail


def _note_fault(mail: Mail, fault: Exception, at: datetime) -> None:
    text = f"{type(fault).__name__}: {_words(fault)}"[:300]
    pause = next_pause(mail.attempts)
    over = (mail.tries_since or mail.created_at) + GIVE_UP_AFTER < at + pause
    if over or _is_final(fault):
        log.error("mail %s to %s is given up: %s", mail.pk, mail.recipient, text)
        _change(mail, state=MailState.FAILED, last_error=text, next_try_at=None, sending_until=None)
        return
    _change(mail, last_error=text, next_try_at=at + pause, sending_until=None)
    raise PutOff(text, delay=pause) from fault


def _change(mail: Mail, **columns: object) -> None:
    # Only while it waits: what somebody else settled meanwhile stays.
    Mail.objects.filter(Q(pk=mail.pk), ~Q(state=MailState.SENT)).update(**columns)  # audit: the mail log is its own log


def _is_final(fault: Exception) -> bool:
    """Whether the mail server said, or we know, that this mail will never be taken."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _text in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPDataError):
        return 500 <= fault.smtp_code < 600
    return isinstance(fault, UnreadableSecret)


def _words(fault: Exception) -> str:
    """What the server said. Never the mail's text: faults of the transport do not carry it."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_decoded(text)}" for code, text in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"{fault.smtp_code} {_decoded(fault.smtp_error)}"
    return str(fault)


def _decoded(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text

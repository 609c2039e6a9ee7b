"""The PIN of a box: set by hand, or made anew and shown once behind a link (VM-02)."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from extensions.models import Mailbox
from extensions.services.configuration import configuration_changed
from extensions.services.pins import demand_good_pin, new_pin
from portal.accounts.models import User
from portal.accounts.services.passwords import own_host
from portal.core.addresses import origin_of
from portal.core.errors import DomainError
from portal.core.mail import send_template

LASTS = timedelta(hours=24)
_SALT = "extensions.voicemail.pin"


class NoAddress(DomainError):
    """Nobody could be sent a link."""


class LinkOver(DomainError):
    """The link was used, replaced, is too old, or was never one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page behind the link shows, this once."""

    box: str
    pin: str


@transaction.atomic
def set_pin(*, mailbox: Mailbox, pin: str, by: User) -> Mailbox:
    """Give the box the PIN that somebody chose; a link under way shows nothing any more. Raises BadPin on `pin`."""
    box = _locked(mailbox)
    demand_good_pin(pin, own_number=number_of(box))
    box.pin, box.link_token = pin, ""
    box.save(update_fields=["pin", "link_token"])
    configuration_changed(by=by)
    return box


@transaction.atomic
def reset_pin(*, mailbox: Mailbox, by: User, at: datetime) -> Mailbox:
    """Make a new PIN, and mail its reader a link that shows it once within 24 hours. Raises NoAddress."""
    box = _locked(mailbox)
    address = address_of(box)
    if not address:
        raise NoAddress(_("This box has no e-mail address to send the link to. Enter one first, or set a PIN here."))
    key = secrets.token_urlsafe(24)
    box.pin = new_pin(own_number=number_of(box))
    box.link_token, box.link_until = _digest(key), at + LASTS
    box.save(update_fields=["pin", "link_token", "link_until"])
    context = {"box": str(box), "url": _link(box, key), "hours": int(LASTS.total_seconds() // 3600)}
    user = box.extension.user if box.extension else None
    send_template("voicemail_pin", to=[address], context=context, language=user.language if user else "")
    configuration_changed(by=by)
    return box


def box_of_link(token: str, *, at: datetime) -> Mailbox:
    """The box whose PIN the link may still show. Raises LinkOver."""
    try:
        pk, key = signing.loads(token, salt=_salt(), max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError) as fault:
        raise _over() from fault
    box = Mailbox.objects.select_related("extension").filter(pk=pk).exclude(link_token="").first()
    if box is None or box.link_until is None or box.link_until < at:
        raise _over()
    if not hmac.compare_digest(box.link_token, _digest(key)):
        raise _over()
    return box


@transaction.atomic
def show_pin_once(*, token: str, at: datetime) -> Shown:
    """The PIN behind the link, which is used up by this. Raises LinkOver."""
    found = box_of_link(token, at=at)
    box = _locked(found)
    if box.link_token != found.link_token:
        raise _over()
    box.link_token = ""
    box.save(update_fields=["link_token"])
    return Shown(str(box), box.pin)


def number_of(box: Mailbox) -> str:
    """The number that the box is dialled by."""
    return box.extension.number if box.extension else box.number


def address_of(box: Mailbox) -> str:
    """Who is written to about the box; empty where nobody is."""
    extension = box.extension
    if extension is None:
        return box.email
    return extension.email or (extension.user.email if extension.user else "")


def _locked(mailbox: Mailbox) -> Mailbox:
    rows = Mailbox.objects.select_for_update(of=("self",)).select_related("extension__user")
    return rows.get(pk=mailbox.pk)


def _link(box: Mailbox, key: str) -> str:
    token = signing.dumps([box.pk, key], salt=_salt())
    return origin_of(own_host()) + reverse("extensions:mailbox_pin_link", args=[token])


def _salt() -> str:
    return f"{_SALT}.{connection.schema_name}"  # worth nothing in another tenant


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _over() -> LinkOver:
    return LinkOver(_("This link was used, replaced by a newer one, or is older than 24 hours. Ask for a new PIN."))

"""Welcome mails: a link that shows a telephone's set-up data once, within a day; never a password (EXT-14)."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from extensions.models import Extension, ExtensionState, Mailbox, SetupLink
from extensions.pbx.address import SipAddress, sip_address
from portal.accounts.models import User
from portal.accounts.services.passwords import own_host
from portal.core.addresses import origin_of
from portal.core.bulk import SetChanged
from portal.core.errors import DomainError
from portal.core.mail import send_template

LASTS = timedelta(hours=24)
# Who can be written to: an address, and in service.
WELCOMABLE = ~Q(state=ExtensionState.SUSPENDED) & (~Q(email="") | ~Q(user=None) & ~Q(user__email=""))


class NoAddress(DomainError):
    """Nobody could be written to, or nothing to be said."""


class LinkOver(DomainError):
    """The link was used, replaced, is too old, or was never one."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a telephone is set up with."""

    name: str
    number: str
    server: str
    username: str
    password: str
    proxy: SipAddress

    @property
    def text(self) -> str:
        """The same in lines, for a picture: a SIP address has no room for a number and a user name that differ."""
        proxy = f"{self.proxy.host}:{self.proxy.port} {self.proxy.transport.upper()}" if self.proxy.host else ""
        lines = (
            (_("Number"), self.number), (_("Server"), self.server), (_("Outbound proxy"), proxy),
            (_("Username"), self.username), (_("Password"), self.password),
        )  # fmt: skip
        return "\n".join(f"{label}: {value}" for label, value in lines if value)


@transaction.atomic
def send_welcome(*, extension: Extension, by: User, at: datetime) -> Extension:
    """Mail the person of `extension` a link to its set-up data, good once and for 24 hours; older links end.

    Raises NoAddress for an extension without an address, or one that is suspended.
    """
    locked = Extension.objects.select_for_update(of=("self",)).select_related("user").get(pk=extension.pk)
    if locked.is_suspended:
        raise NoAddress(_("This extension is suspended. Put it back in service first."))
    if not _address(locked):
        raise NoAddress(_("There is no e-mail address to send the mail to. Enter one first."))
    _send([locked], at)
    return locked


@transaction.atomic
def send_welcomes(*, rows: QuerySet[Extension], expected: int, by: User, at: datetime) -> int:
    """Mail those of `rows` that have an address and are not suspended; returns how many.

    Raises SetChanged unless these are `expected`.
    """
    found = rows.order_by("pk").filter(WELCOMABLE).values_list("pk", flat=True)
    locked = Extension.objects.filter(pk__in=list(found)).order_by("pk").select_for_update(of=("self",))
    extensions = list(locked.select_related("user"))
    if len(extensions) != expected:
        raise SetChanged
    _send(extensions, at)
    return len(extensions)


def end_links(extension: Extension) -> None:
    """Let no link that is under way show password or PIN of `extension`: it went to somebody else."""
    # audit: digests of links, which the log has no use for
    SetupLink.objects.filter(extension=extension, used_at=None).delete()
    # audit: likewise; the PIN itself stays as it was
    Mailbox.objects.filter(extension=extension).update(link_token="")


def extension_of_link(key: str, *, at: datetime) -> Extension:
    """The extension whose data the link may still show. Raises LinkOver."""
    return _link(key, at).extension


@transaction.atomic
def show_set_up_once(*, key: str, at: datetime) -> SetUp:
    """The data behind the link, which is used up by this. Raises LinkOver."""
    link = SetupLink.objects.select_for_update().get(pk=_link(key, at).pk)
    if link.used_at is not None or link.digest != _digest(key):
        raise _over()
    link.used_at = at
    link.save(update_fields=["used_at"])
    extension = link.extension
    return SetUp(
        name=extension.directory_name,
        number=extension.number,
        server=own_host(),
        username=extension.sip_username,
        password=extension.sip_password,
        proxy=sip_address(),
    )


def _send(extensions: Iterable[Extension], at: datetime) -> None:
    keys = {extension.pk: secrets.token_urlsafe(24) for extension in extensions}
    links = [SetupLink(extension_id=pk, digest=_digest(key), sent_at=at, until=at + LASTS) for pk, key in keys.items()]
    # audit: the mail log says who was written to
    SetupLink.objects.bulk_create(
        links,
        update_conflicts=True,
        unique_fields=["extension"],
        update_fields=["digest", "sent_at", "until", "used_at"],
    )
    origin = origin_of(own_host())
    for extension in extensions:
        context = {
            "name": extension.directory_name,
            "number": extension.number,
            "tenant": connection.tenant.name,
            "url": origin + reverse("extensions:setup", args=[keys[extension.pk]]),
            "hours": int(LASTS.total_seconds() // 3600),
        }
        language = extension.user.language if extension.user else ""
        send_template("extension_welcome", to=[_address(extension)], context=context, language=language)


def _address(extension: Extension) -> str:
    return extension.email or (extension.user.email if extension.user else "")


def _link(key: str, at: datetime) -> SetupLink:
    links = SetupLink.objects.select_related("extension").filter(digest=_digest(key), used_at=None, until__gt=at)
    found = links.exclude(extension__state=ExtensionState.SUSPENDED).first()
    if found is None:
        raise _over()
    return found


def _over() -> LinkOver:
    return LinkOver(
        _("It was used, replaced by a newer one, or is older than a day. Ask your administrator for a new mail.")
    )


def _digest(key: str) -> str:
    return hashlib.sha256(f"{connection.schema_name}:{key}".encode()).hexdigest()

"""How often somebody may knock (REG-28): counted by rows in PostgreSQL, one at a time per source."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import DomainError
from tenants.models import AttemptKind, PublicAttempt, SubscriptionRequest

HOUR = timedelta(hours=1)
OPEN_PER_EMAIL = 3
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries an hour from one source, and so many from all sources together."""

    each: int
    together: int


LIMITS = {
    AttemptKind.CONFIRMATION: Limit(each=5, together=500),
    AttemptKind.SUBMISSION: Limit(each=5, together=200),
    AttemptKind.WRONG_STATUS: Limit(each=10, together=2000),
}


class TooMany(DomainError):
    """The limit is reached; it is possible again within the hour."""


class TooManyOpen(DomainError):
    """This e-mail address has as many open requests as it may have."""


def source_of_address(address: str | None) -> str:
    """How tries from a network address are counted: an IPv6 customer owns a whole /64."""
    if not address:
        return "unknown"
    if ip_address(address).version == 6:
        return str(ip_network(f"{address}/64", strict=False))
    return address


def source_of_email(email: str) -> str:
    """How tries for an e-mail address are counted, without keeping the address."""
    return hashlib.sha256(email.casefold().encode()).hexdigest()


@transaction.atomic
def take_turn(*, kind: AttemptKind, source: str, at: datetime) -> None:
    """Count one try; raises TooMany, and counts nothing, when the hour's are used up."""
    demand_turn(kind=kind, source=source, at=at)
    PublicAttempt.objects.filter(at__lte=at - timedelta(days=1)).delete()
    PublicAttempt.objects.create(kind=kind, source=source, at=at)


def demand_turn(*, kind: AttemptKind, source: str, at: datetime) -> None:
    """Raise TooMany when the hour's tries are used up. Inside a transaction it also holds off others from `source`."""
    lock(f"{kind} {source}")
    recent = PublicAttempt.objects.filter(kind=kind).since(at - HOUR)
    if recent.filter(source=source).count() >= LIMITS[kind].each or recent.count() >= LIMITS[kind].together:
        raise TooMany(_("That was too often from here. Please try again in an hour."))


def demand_room(*, by: User, contact_email: str) -> None:
    """Raise TooManyOpen when `by`, or the contact, waits for as many requests as one e-mail address may have."""
    for email in sorted({by.email.lower(), contact_email.lower()}):
        lock(f"open requests {source_of_email(email)}")
        waiting = SubscriptionRequest.objects.open().waiting_for(email)
        if waiting.count() >= OPEN_PER_EMAIL:
            message = _("There are %(count)d open requests for this e-mail address. Please wait until one has ended.")
            raise TooManyOpen(message % {"count": OPEN_PER_EMAIL})


def lock(word: str) -> None:
    """Hold off everybody else who locks the same word until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [word])

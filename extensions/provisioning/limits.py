"""Guessing is slow and ends: requests in vain are counted by address and by secret, in the database (PRV-01)."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_noop

from extensions.models import FetchMiss, PhoneAccess, PhoneFetch
from portal.audit.models import Verb
from portal.audit.services import record

MOST_MISSES = 30  # of one address within COUNTED
COUNTED = timedelta(minutes=10)
MOST_MISSES_OF_SECRET = 20  # wrong files, addresses or passwords with the right secret
LOCKED = timedelta(hours=1)
MOST_A_MINUTE = 60  # answers to one telephone; one that restarts asks for about ten files
MOST_SOURCES = 5000  # rows that are kept
TABLE = gettext_noop("Telephone configuration")


def source_of(address: str | None) -> str:
    """What is counted together: an address, and of IPv6 the network that one customer has."""
    if not address:
        return "unknown"
    found = ip_address(address)
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)


def address_locked(source: str, at: datetime) -> bool:
    """Whether nothing is answered to this source for now."""
    return FetchMiss.objects.filter(source=source, locked_at__gt=at - LOCKED).exists()


def count_miss(source: str, at: datetime) -> None:
    """Count one request in vain; at MOST_MISSES the source is locked, which is recorded once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO extensions_fetchmiss AS kept (source, since, misses) VALUES (%(source)s, %(at)s, 1) "
            "ON CONFLICT (source) DO UPDATE SET "
            "since = CASE WHEN kept.since < %(cutoff)s THEN %(at)s ELSE kept.since END, "
            "misses = CASE WHEN kept.since < %(cutoff)s THEN 1 ELSE kept.misses + 1 END "
            "RETURNING misses",
            {"source": source, "at": at, "cutoff": at - COUNTED},
        )
        (misses,) = cursor.fetchone()
    if misses == 1:
        _forget(at)
    if misses >= MOST_MISSES:
        free = FetchMiss.objects.filter(source=source).exclude(locked_at__gt=at - LOCKED)
        # audit: the lock is recorded below, once
        if free.update(locked_at=at):
            message = gettext_noop("Address locked after too many wrong requests")
            record(verb=Verb.POST, table=TABLE, message=message, data={"address": source, "misses": misses})


def secret_locked(access: PhoneAccess, at: datetime) -> bool:
    """Whether this telephone's secret answers nothing for now."""
    return access.locked_at is not None and access.locked_at > at - LOCKED


def count_miss_of(access: PhoneAccess, at: datetime) -> None:
    """Count a wrong request with the right secret; at MOST_MISSES_OF_SECRET it is locked, which is recorded once."""
    # audit: a counter; the lock is recorded below, once
    PhoneAccess.objects.filter(pk=access.pk).update(misses=F("misses") + 1)
    full = PhoneAccess.objects.filter(pk=access.pk, misses__gte=MOST_MISSES_OF_SECRET)
    # audit: recorded below
    if full.update(misses=0, locked_at=at):
        message = gettext_noop("Address of a telephone’s configuration locked after too many wrong requests")
        record(verb=Verb.POST, table=TABLE, message=message, data={"telephone": str(access.phone)})


def too_fast(access: PhoneAccess, at: datetime) -> bool:
    """Whether this telephone was answered too often within a minute."""
    recent = PhoneFetch.objects.filter(phone_id=access.phone_id, at__gt=at - timedelta(minutes=1))
    return recent.count() >= MOST_A_MINUTE


def _forget(at: datetime) -> None:
    """Keep the table small: what is old goes, and beyond MOST_SOURCES the oldest."""
    # audit: counters of requests in vain
    FetchMiss.objects.filter(since__lt=at - LOCKED - COUNTED).delete()
    beyond = FetchMiss.objects.filter(locked_at=None).order_by("-since", "-pk").values("pk")[MOST_SOURCES:]
    # audit: likewise
    FetchMiss.objects.filter(pk__in=list(beyond.values_list("pk", flat=True))).delete()

"""Which telephones have what they would be told now, and which must fetch again (PRV-01, EXT-06)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import Phone, PhoneAccess
from extensions.provisioning.build import build_devices, phones_to_tell
from extensions.provisioning.limits import secret_locked
from extensions.provisioning.secrets import tag_of
from portal.core.chips import set_tones

TASK = "extensions.look_at_telephones"
AT_ONCE = 500


class FetchState(models.TextChoices):
    """How a telephone stands with its configuration."""

    NO_ADDRESS = "no_address", _("No address yet")
    WAITING = "waiting", _("Waits for its first fetch")
    TOO_LATE = "too_late", _("Was not fetched in time")
    CURRENT = "current", _("Up to date")
    MUST_FETCH = "must_fetch", _("Must fetch again")
    LOCKED = "locked", _("Locked for an hour")


set_tones(
    {
        FetchState.NO_ADDRESS: "neutral",
        FetchState.WAITING: "queued",
        FetchState.TOO_LATE: "failed",
        FetchState.CURRENT: "good",
        FetchState.MUST_FETCH: "warning",
        FetchState.LOCKED: "suspended",
    }
)
# Fetched at least once, and told something else since.
MUST_FETCH = Q(access__first_at__isnull=False) & ~Q(access__wanted_tag=F("access__fetched_tag"))


def state_of(access: PhoneAccess | None, at: datetime) -> FetchState:
    """The state of the telephone with this access, None for one without."""
    if access is None:
        return FetchState.NO_ADDRESS
    if secret_locked(access, at):
        return FetchState.LOCKED
    if access.first_at is None:
        return FetchState.WAITING if at < access.until else FetchState.TOO_LATE
    return FetchState.CURRENT if access.wanted_tag == access.fetched_tag else FetchState.MUST_FETCH


def mark_for_fetching(phones: QuerySet[Phone]) -> int:
    """Let those of `phones` that have fetched before count as out of date at once; `look_again` looks exactly.

    Returns how many.
    """
    found = PhoneAccess.objects.filter(phone__in=phones.order_by().values("pk"), first_at__isnull=False)
    # audit: what changed is in the log; this only says that telephones do not know it yet
    return found.update(wanted_tag="")


def look_again() -> int:
    """Compare what every telephone would be told now with what it was told; returns how many differ."""
    differing = 0
    for phones in _in_chunks():
        devices = build_devices(phones)
        changed = []
        for phone in phones:
            tag = tag_of(devices[phone.pk]) if phone.pk in devices else phone.access.fetched_tag
            differing += tag != phone.access.fetched_tag
            if tag != phone.access.wanted_tag:
                phone.access.wanted_tag = tag
                changed.append(phone.access)
        # audit: as above
        PhoneAccess.objects.bulk_update(changed, ["wanted_tag"], batch_size=AT_ONCE)
    return differing


def _in_chunks() -> Iterator[list[Any]]:
    after = 0
    fetched = phones_to_tell().filter(access__first_at__isnull=False).order_by("pk")
    while phones := list(fetched.filter(pk__gt=after)[:AT_ONCE]):
        yield phones
        after = phones[-1].pk

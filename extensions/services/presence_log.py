"""Writing statuses and their history, one or thousands, in a few statements (PRS-03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from extensions.events import StatusesChanged
from extensions.models import AgentStatus, Presence, PresenceChange, StatusKind, StatusSource
from portal.accounts.models import User
from portal.core.events import emit

_WRITTEN = ["status", "source", "by", "since", "until", "note"]


@dataclass(frozen=True, slots=True)
class Change:
    """A status for one extension. `at` replaces the common moment where a status ended by its own time.

    `quiet` renews what is there without a row of history: the schedule says the same, only until another hour.
    """

    extension_id: int
    status: AgentStatus
    until: datetime | None = None
    note: str = ""
    at: datetime | None = None
    quiet: bool = False


def write_changes(changes: Sequence[Change], *, source: StatusSource, by: User | None, at: datetime) -> int:
    """Write those of `changes` that change something, with a row of history each; returns how many.

    The caller has locked the extensions. A new end or note of the same status counts, and keeps `since`.
    """
    ids = [change.extension_id for change in changes]
    before = {one.extension_id: one for one in Presence.objects.select_related("status").filter(extension__in=ids)}
    real = [change for change in changes if _differs(change, before.get(change.extension_id), at)]
    if not real:
        return 0
    started = AgentStatus.objects.get(kind=StatusKind.AVAILABLE).label
    rows, history = [], []
    for change in real:
        old = before.get(change.extension_id)
        row = _presence(change, old, at)
        row.source, row.by = source, by
        rows.append(row)
        if not change.quiet and not _says_nothing(change, old):
            history.append(_history(row, old.status.label if old else started, change.at or at))
    # audit: both tables are exempt, the second is the history of the first
    Presence.objects.bulk_create(rows, update_conflicts=True, unique_fields=["extension"], update_fields=_WRITTEN)
    PresenceChange.objects.bulk_create(history, batch_size=2000)  # audit: a history itself
    emit(StatusesChanged())
    return len(real)


def _presence(change: Change, old: Presence | None, at: datetime) -> Presence:
    same = old is not None and old.status_id == change.status.pk
    return Presence(
        extension_id=change.extension_id,
        status=change.status,
        since=old.since if same and old else change.at or at,
        until=change.until,
        note=change.note,
    )


def _history(row: Presence, before: str, at: datetime) -> PresenceChange:
    return PresenceChange(
        extension_id=row.extension_id,
        before=before,
        after=row.status.label,
        source=row.source,
        by_name=str(row.by) if row.by else "",
        at=at,
        until=row.until,
        note=row.note,
    )


def _differs(change: Change, old: Presence | None, at: datetime) -> bool:
    if old is None:
        return True
    if old.until is not None and old.until <= at:
        return True
    return (old.status_id, old.until, old.note) != (change.status.pk, change.until, change.note)


def _says_nothing(change: Change, old: Presence | None) -> bool:
    """Whoever was never set is available."""
    plain = change.status.kind == StatusKind.AVAILABLE and not change.until and not change.note
    return old is None and plain

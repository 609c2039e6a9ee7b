"""Which deletions somebody may see and undo."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import NoReverseMatch, reverse

from extensions.models import Deletion
from extensions.scopes import holds_everywhere
from extensions.services.deletion.kinds import KINDS, Kind
from extensions.services.deletion.records import model_of
from extensions.services.deletion.undo import UNDO_MINUTES, may_return
from portal.accounts.models import User

SHOWN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Deleted:
    """One deletion, for its line in the list."""

    row: Deletion
    returns: bool  # it can be brought back now
    until: datetime
    list_address: str  # where it would be found again


def deletions_of(user: User, *, at: datetime, pk: int | None = None) -> list[Deleted]:
    """The deletions of a day that `user` made, or whose kind they may delete, newest first. One query."""
    rows = Deletion.objects.filter(at__gt=at - SHOWN).select_related("by").order_by("-at", "-pk")
    found = rows.filter(pk=pk) if pk is not None else rows[:100]
    return [_shown(row, at) for row in found if row.by_id == user.pk or _may(user, row)]


def _may(user: User, row: Deletion) -> bool:
    kind = _kind(row)
    return kind is not None and holds_everywhere(user, kind.permission)


def _kind(row: Deletion) -> Kind | None:
    return KINDS.get(model_of(row.rows[0]["table"])) if row.rows else None


def _shown(row: Deletion, at: datetime) -> Deleted:
    kind = _kind(row)
    return Deleted(row, may_return(row, at=at), row.at + timedelta(minutes=UNDO_MINUTES), _address(kind))


def _address(kind: Kind | None) -> str:
    try:
        return reverse(kind.list_url) if kind and kind.list_url else ""
    except NoReverseMatch:
        return ""

"""Bringing back what was deleted a moment ago (UXP-07)."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from extensions.capacity import STORAGE, capacity
from extensions.events import ObjectsRestored
from extensions.models import AudioFile, Deletion, DialNumber, Key, TeamMember
from extensions.services.configuration import configuration_changed
from extensions.services.deletion.kinds import KINDS
from extensions.services.deletion.records import (
    Row,
    ids_as_told,
    model_of,
    put_rows,
    record_columns,
    record_rows,
    write_columns,
)
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.core.db.clashes import broken_constraint
from portal.core.errors import DomainError
from portal.core.events import emit

UNDO_MINUTES = 10
COUNTED = "pool_used_within_bought"  # of whoever counts licences, in an app above


class CannotReturn(DomainError):
    """Too late, done already, or something else stands in its place."""


def may_return(deletion: Deletion, *, at: datetime) -> bool:
    """Whether there is anything to bring back, and still time."""
    return bool(deletion.rows) and not deletion.undone_at and at - deletion.at <= timedelta(minutes=UNDO_MINUTES)


@transaction.atomic
def undo_deletion(*, deletion: Deletion, by: User, at: datetime) -> Deletion:
    """Put the rows back with their ids, and the references that nobody changed since; returns the deletion.

    Raises CannotReturn with the reason, and what the capacity raises.
    """
    locked = Deletion.objects.select_for_update().get(pk=deletion.pk)
    _demand_time(locked, at)
    rows: dict[type[Model], list[Row]] = defaultdict(list)
    for one in locked.rows:
        rows[model_of(one["table"])].append(one["row"])
    _demand_numbers(rows)
    _demand_room(rows)
    root = next(iter(rows))
    ids = [row["id"] for row in rows[root]]
    KINDS[root].back(ids)
    try:
        with transaction.atomic():
            _put_back(rows)
            _change_back(locked.changes)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as clash:
        raise _refusal(clash) from clash
    locked.undone_at = at
    locked.save(update_fields=["undone_at"])
    emit(ObjectsRestored(model=root._meta.label_lower, ids=tuple(ids), by_id=by.pk))
    configuration_changed(by=by)
    return locked


def _refusal(clash: IntegrityError) -> CannotReturn:
    if broken_constraint(clash) == COUNTED:
        return CannotReturn(_("The licenses that it had are used elsewhere now, so it cannot come back."))
    return CannotReturn(_("Something else stands in its place now, so it cannot come back."))


def _demand_time(deletion: Deletion, at: datetime) -> None:
    if deletion.undone_at:
        raise CannotReturn(_("This was brought back already."))
    if not may_return(deletion, at=at):
        raise CannotReturn(
            _("Deletions can be undone for %(n)d minutes. This one cannot any more.") % {"n": UNDO_MINUTES}
        )


def _demand_numbers(rows: dict[type[Model], list[Row]]) -> None:
    wanted = {row["number"] for model in rows for row in rows[model] if row.get("number") and _is_dialled(model)}
    taken = DialNumber.objects.filter(number__in=wanted).order_by("number").first()
    if taken is not None:
        raise CannotReturn(
            _("The number %(number)s was given to something else meanwhile, so this cannot come back.")
            % {"number": taken.number}
        )


def _demand_room(rows: dict[type[Model], list[Row]]) -> None:
    """Sounds take their room again, which others may have filled meanwhile (TEN-06)."""
    size = sum(row["size"] for row in rows.get(AudioFile, ()))
    if size:
        capacity().take(STORAGE, size)


def _is_dialled(model: type[Model]) -> bool:
    return model._meta.model_name in {"extension", "team", "mailbox", "conferenceroom", "parkinglot", "parkingslot"}


def _put_back(rows: dict[type[Model], list[Row]]) -> None:
    for model, found in rows.items():
        fitting = _PLACES[model](found) if model in _PLACES else found
        if fitting:
            put_rows(model, fitting)
            record_rows(model, [row["id"] for row in fitting], Verb.POST)


def _change_back(changes: list[dict[str, Any]]) -> None:
    told: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for one in changes:
        told[one["table"], tuple(sorted(one["before"]))].append(one)
    for (table, _columns), found in reversed(told.items()):
        model = model_of(table)
        same = set(ids_as_told(model, {one["pk"]: one["after"] for one in found}))
        before = {one["pk"]: one["before"] for one in found if one["pk"] in same}
        if before:
            record_columns(model, before)
            write_columns(model, before)


def _members(rows: list[Row]) -> list[Row]:
    """Where somebody else has the place in the ring order now, the returning member stands last."""
    teams = {row["team_id"] for row in rows}
    members = TeamMember.objects.filter(team__in=teams)
    held = set(members.values_list("team_id", "position"))
    last = dict(members.order_by().values("team").annotate(last=Max("position")).values_list("team", "last"))
    fitting = []
    for row in rows:
        if (row["team_id"], row["position"]) in held:
            last[row["team_id"]] += 1
            row = {**row, "position": last[row["team_id"]]}  # noqa: PLW2901
        fitting.append(row)
    there = set(members.values_list("team_id", "extension_id"))
    return [row for row in fitting if (row["team_id"], row["extension_id"]) not in there]


def _keys(rows: list[Row]) -> list[Row]:
    """A key whose place was given to another one stays away."""
    held = set(Key.objects.filter(panel__in={row["panel_id"] for row in rows}).values_list("panel_id", "position"))
    return [row for row in rows if (row["panel_id"], row["position"]) not in held]


_PLACES: dict[type[Model], Any] = {TeamMember: _members, Key: _keys}

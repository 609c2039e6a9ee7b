"""Deleting objects with everything that belongs to them, leaving nothing that points nowhere (TEN-13)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extensions.events import ObjectsDeleted
from extensions.models import Deletion, Destination, DestinationKind, SettingValue
from extensions.models.destination import POINTERS
from extensions.services.configuration import configuration_changed
from extensions.services.deletion.dependants import seal_of
from extensions.services.deletion.journal import Journal
from extensions.services.deletion.kinds import Kind, kind_of
from extensions.services.deletion.survey import Rows, survey
from extensions.services.deletion.uses import Removal, Use
from extensions.services.destinations import Target
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.core.events import emit

CHUNK = 500  # objects that one statement names


class DependantsChanged(DomainError):
    """Something else came to use the object, or ceased to, since the person looked."""


class DoesNotFit(DomainError):
    """The replacement cannot stand where the deleted object stood."""


@transaction.atomic
def delete_object(
    row: Model,
    *,
    by: User,
    at: datetime,
    replacements: Mapping[str, Any] | None = None,
    expected: str = "",
    journal: Journal | None = None,
) -> Deletion:
    """Delete `row` and return what `undo_deletion` needs.

    `replacements` maps the key of a group of dependants to what takes the row's place there: an object of the same
    kind, or a Target where calls are sent. Groups without one lose their reference. `expected` is the seal that
    the person saw. Raises DependantsChanged, and DoesNotFit on the field named by the group's key.
    """
    return _delete(
        kind_of(type(row)), [row.pk], str(row), Deed(journal or Journal(), by, at, dict(replacements or {}), expected)
    )


@transaction.atomic
def delete_objects(model: type[Model], ids: Collection[int], *, by: User, at: datetime) -> Deletion:
    """Delete several objects of one kind; what refers to them loses its reference. One deletion, undone as a whole."""
    kind = kind_of(model)
    word = ngettext("%(n)d object (%(kind)s)", "%(n)d objects (%(kind)s)", len(ids)) % {
        "n": len(ids),
        "kind": kind.word,
    }
    return _delete(kind, sorted(ids), word, Deed(Journal(), by, at, {}, ""))


class Deed:
    """What one deletion carries along."""

    def __init__(self, journal: Journal, by: User, at: datetime, replacements: dict[str, Any], expected: str) -> None:
        self.journal, self.by, self.at, self.replacements, self.expected = journal, by, at, replacements, expected


def _delete(kind: Kind, ids: list[int], label: str, deed: Deed) -> Deletion:
    manager = kind.model._default_manager
    kind.leave(ids)
    # Locked for good, so that nobody can begin to refer to it.
    list(manager.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        _take_out(kind.model, ids[start : start + CHUNK], deed)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # nothing may dangle
    undoable = kind.undoable()
    deletion = Deletion.objects.create(
        label=f"{kind.word}: {label}"[:160],
        rows=deed.journal.rows if undoable else [],
        changes=deed.journal.changes if undoable else [],
        by=deed.by,
        at=deed.at,
    )
    kind.gone(ids)
    emit(ObjectsDeleted(model=kind.model._meta.label_lower, ids=tuple(ids), by_id=deed.by.pk))
    configuration_changed(by=deed.by)
    return deletion


def _take_out(model: type[Model], ids: list[int], deed: Deed) -> None:
    found = survey(model, ids)
    if deed.expected and deed.expected != seal_of(found):
        raise DependantsChanged(_("Something else has come to use this meanwhile. Please look at the list again."))
    going: Rows = {model: set()}  # the objects themselves come first in the journal
    _merge(going, found.gone)
    for use, rows in found.uses.items():
        left = _replace(use, rows, deed) if use.key in deed.replacements else rows
        _remove(use, left, going, deed.journal)
    deed.journal.take_out(going)


def _remove(use: Use, rows: set[int], going: Rows, journal: Journal) -> None:
    if not rows:
        return
    if use.removal is Removal.ROW or use.model is SettingValue:
        inner = survey(use.model, rows)
        _merge(going, inner.gone)
        for further, pks in inner.uses.items():
            _remove(further, pks - going.get(further.model, set()), going, journal)
        return
    if use.removal is Removal.DESTINATION:
        held = use.model._default_manager.filter(pk__in=rows).values_list(f"{use.column}_id", flat=True)
        _merge(going, {Destination: set(held)})
    journal.change(use.model, rows, {use.column: None, **use.also})


def _merge(going: Rows, found: Rows) -> None:
    for model, pks in found.items():
        going[model] = going.get(model, set()) | pks


def _replace(use: Use, rows: set[int], deed: Deed) -> set[int]:
    """Let the replacement stand in `rows`; returns those where it cannot, because it is there already."""
    chosen = deed.replacements[use.key]
    if "__" in use.path:
        return _redirect(use, rows, chosen if isinstance(chosen, Target) else _target(chosen), deed.journal)
    if not isinstance(chosen, use.targets()) or not use.replaceable:
        raise DoesNotFit(_("This cannot take its place here."), field=use.key)
    left: set[int] = set()
    if use.once_per:
        taken = use.model._default_manager.filter(**{use.path: chosen}).values(use.once_per)
        there = use.model._default_manager.filter(pk__in=rows, **{f"{use.once_per}__in": taken})
        left = set(there.values_list("pk", flat=True))
    deed.journal.change(use.model, rows - left, {use.path: chosen if use.by == "pk" else getattr(chosen, use.by)})
    return left


def _redirect(use: Use, rows: set[int], target: Target, journal: Journal) -> set[int]:
    """Let destinations lead to `target`; returns the owners that would send calls to themselves."""
    owners = use.model._default_manager.filter(pk__in=rows).values_list("pk", f"{use.column}_id", *_own(use, target))
    circles = {pk for pk, _held, *own in owners if own and own[0] == target.object.pk}
    held = [destination for pk, destination, *_rest in owners if pk not in circles]
    values: dict[str, Any] = {"kind": target.kind.value, "number": target.number}
    for kind, pointer in POINTERS.items():
        values[pointer] = target.object if kind is target.kind else None
    journal.change(Destination, held, values)
    return circles


def _own(use: Use, target: Target) -> list[str]:
    """The column that says whether an owner is the target itself."""
    pointer = POINTERS.get(target.kind, "")
    if use.model._meta.model_name == pointer:
        return ["pk"]
    names = {field.name for field in use.model._meta.concrete_fields}
    return [f"{pointer}_id"] if pointer in names else []


def _target(chosen: Model) -> Target:
    name = str(chosen._meta.model_name)
    pointer = {"conferenceroom": "conference", "audiofile": "announcement"}.get(name, name)
    kind = next((kind for kind, column in POINTERS.items() if column == pointer), None)
    if kind is None:
        raise DoesNotFit(_("This cannot take its place here."))
    return Target(DestinationKind(kind), chosen)

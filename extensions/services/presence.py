"""Setting somebody's agent status: who may, what is written, and what a key does (PRS-01, PRS-03, PRS-06)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from extensions.models import AgentStatus, Extension, Presence, StatusKind, StatusSource
from extensions.services.configuration import configuration_changed
from extensions.services.presence_log import Change, write_changes
from portal.accounts.models import User
from portal.core.bulk import SetChanged
from portal.core.errors import DomainError

# Who acts for themselves; everybody else sets somebody's status.
THEMSELVES = frozenset({StatusSource.USER, StatusSource.KEY})
NOTE_LENGTH = 80


class StatusOff(DomainError):
    """The status is not in use here."""


class ManagersOnly(DomainError):
    """People may not set this status themselves."""


class EndsTooEarly(DomainError):
    """The status would be over before it begins."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which status, until when (None: until somebody or the schedule changes it), and why."""

    kind: StatusKind
    until: datetime | None = None
    note: str = ""


@transaction.atomic
def set_status(*, extension: Extension, wish: Wish, source: StatusSource, by: User | None, at: datetime) -> Presence:
    """Give `extension` the status of `wish` from `at` on and return its presence; the history gets a row.

    At `wish.until` it ends by itself: then what the schedule says, else available. The same status once more only
    renews end and note. Raises StatusOff and ManagersOnly (field `status`), EndsTooEarly (field `until`). PRS-03.
    """
    status = _usable(wish.kind, source)
    _demand_later(wish.until, at)
    locked = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    if write_changes([_change(locked.pk, status, wish)], source=source, by=by, at=at):
        configuration_changed(by=by)
    return Presence.objects.select_related("status").get(extension=locked)


@transaction.atomic
def set_statuses(*, rows: QuerySet[Extension], expected: int, wish: Wish, by: User, at: datetime) -> int:
    """Give all of `rows` the status of `wish`, as a manager, and return how many there are.

    Raises SetChanged unless there are `expected`, StatusOff and EndsTooEarly. PRS-01, PRS-03.
    """
    status = _usable(wish.kind, StatusSource.MANAGER)
    _demand_later(wish.until, at)
    ids = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if len(ids) != expected:
        raise SetChanged
    changes = [_change(pk, status, wish) for pk in ids]
    if write_changes(changes, source=StatusSource.MANAGER, by=by, at=at):
        configuration_changed(by=by)
    return len(ids)


@transaction.atomic
def key_action(*, extension: Extension, kind: StatusKind, by: User | None, at: datetime) -> Presence:
    """What the key “Change status” does: `kind`, or back to available where `extension` has it already (PRS-06).

    Raises StatusOff and ManagersOnly.
    """
    locked = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    pressed = kind if current_kind(locked, at=at) != kind else StatusKind.AVAILABLE
    return set_status(extension=locked, wish=Wish(pressed), source=StatusSource.KEY, by=by, at=at)


def current_kind(extension: Extension, *, at: datetime) -> StatusKind:
    """The kind of status that `extension` has at `at`."""
    found = Presence.objects.select_related("status").filter(extension=extension).first()
    ended = found is not None and found.until is not None and found.until <= at
    return StatusKind.AVAILABLE if found is None or ended else StatusKind(found.status.kind)


def _change(pk: int, status: AgentStatus, wish: Wish) -> Change:
    return Change(pk, status, until=wish.until, note=wish.note[:NOTE_LENGTH])


def _usable(kind: StatusKind, source: StatusSource) -> AgentStatus:
    # Locked against being switched off meanwhile; weakly, because presences refer to it and whoever writes them (the
    # schedule) holds the extensions that this will wait for.
    status = AgentStatus.objects.select_for_update(of=("self",), no_key=True).get(kind=kind)
    if not status.enabled:
        raise StatusOff(_("“%(status)s” is not in use here.") % {"status": status.label}, field="status")
    if source in THEMSELVES and not status.set_by_agent:
        sentence = _("Only a manager can set “%(status)s”.") % {"status": status.label}
        raise ManagersOnly(sentence, field="status")
    return status


def _demand_later(until: datetime | None, at: datetime) -> None:
    if until is not None and until <= at:
        raise EndsTooEarly(_("Choose a time that is still to come."), field="until")

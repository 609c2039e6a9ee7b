"""Suspending many extensions and taking them back into service, set by set (EXT-03, EXT-13)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from extensions.events import ExtensionsChanged
from extensions.models import Deletion, Extension, ExtensionState, Team, TeamMember
from extensions.services.configuration import configuration_changed
from extensions.services.deletion import delete_objects
from extensions.states import EXTENSION_MOVES
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.bulk import SetChanged
from portal.core.errors import refuse_management_instance
from portal.core.events import emit

SUSPENDABLE = frozenset(s for s, targets in EXTENSION_MOVES.moves.items() if ExtensionState.SUSPENDED in targets)
REACTIVATABLE = frozenset({ExtensionState.SUSPENDED})


def suspend_extensions(*, rows: QuerySet[Extension], expected: int, by: User) -> int:
    """Take those of `rows` out of service that are in it, and return how many. They keep number, user and password.

    Raises SetChanged unless `expected` of them change, and ManagementInstance in instance 1.
    """
    return _move(rows.filter(state__in=SUSPENDABLE), Value(ExtensionState.SUSPENDED.value), expected, by)


def reactivate_extensions(*, rows: QuerySet[Extension], expected: int, by: User) -> int:
    """Put those of `rows` back into service that are suspended (active with a user, else unassigned); return how many.

    Raises SetChanged unless `expected` of them change, and ManagementInstance in instance 1.
    """
    unassigned = When(user=None, then=Value(ExtensionState.UNASSIGNED.value))
    target = Case(unassigned, default=Value(ExtensionState.ACTIVE.value))
    return _move(rows.filter(state__in=REACTIVATABLE), target, expected, by)


@transaction.atomic
def assign_home_team(*, rows: QuerySet[Extension], team: Team | None, expected: int, by: User) -> int:
    """Let those of `rows` that have another home team take their settings from `team` (None: the company).

    Returns how many. Raises SetChanged unless they are `expected`.
    """
    ids = list(moving_home(rows, team).order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if len(ids) != expected:
        raise SetChanged
    locked = Extension.objects.filter(pk__in=ids)
    shown = locked.annotate(shown=Concat("number", Value(" "), "directory_name"))
    record_set(shown, verb=Verb.PUT, changes={"home_team": team.pk if team else None}, name="shown")
    # audit: written above, from the same locked rows
    changed = locked.update(home_team=team, version=F("version") + 1)
    emit(ExtensionsChanged(extension_ids=tuple(ids), by_id=by.pk))
    configuration_changed(by=by)
    return changed


def moving_home(rows: QuerySet[Extension], team: Team | None) -> QuerySet[Extension]:
    """Those of `rows` whose home team is another one; only members of a team can be at home in it."""
    return rows.filter(moves_home(team))


def moves_home(team: Team | None) -> Q:
    """The condition for extensions that `team` (None: the company) can become the home of."""
    if team is None:
        return Q(home_team__isnull=False)
    return ~Q(home_team=team) & Q(pk__in=TeamMember.objects.filter(team=team).values("extension"))


@transaction.atomic
def delete_extensions(*, rows: QuerySet[Extension], expected: int, by: User, at: datetime) -> Deletion:
    """Delete all of `rows`; what refers to them loses its reference. Raises SetChanged unless they are `expected`."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if len(ids) != expected:
        raise SetChanged
    return delete_objects(Extension, ids, by=by, at=at)


@transaction.atomic
def _move(rows: QuerySet[Extension], target: Any, expected: int, by: User) -> int:
    refuse_management_instance()
    # Always in the same order, so that two of these never wait for each other.
    ids = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if len(ids) != expected:
        raise SetChanged
    locked = Extension.objects.filter(pk__in=ids)
    shown = locked.annotate(shown=Concat("number", Value(" "), "directory_name"))
    record_set(shown, verb=Verb.PUT, changes={"state": target}, name="shown")
    # audit: written above, from the same locked rows
    changed = locked.update(state=target)
    emit(ExtensionsChanged(extension_ids=tuple(ids), by_id=by.pk))
    configuration_changed(by=by)
    return changed

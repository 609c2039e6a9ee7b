"""Creating and changing teams, as ring groups too (TEAM-01, TEAM-03)."""

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.capacity import TEAM, capacity
from extensions.events import TeamChanged
from extensions.models import DestinationKind, DialKind, RingStrategy, Team
from extensions.services.configuration import configuration_changed
from extensions.services.destinations import Target, write_destination
from extensions.services.forwards import demand_sound_destination
from extensions.services.numbers import demand_numbers_free, taken_instead
from extensions.settings.subjects import Subject
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.events import emit
from portal.core.versions import lock_version

LEAST_SECONDS, MOST_SECONDS, STEP = 5, 300, 5


class NameTaken(DomainError):
    """Another team has this name, in some letter case."""


class NotARingTime(DomainError):
    """Telephones ring for 5 to 300 seconds, in steps of 5."""


class RingsItself(DomainError):
    """A team whose unanswered calls go to itself would ring for ever."""


@transaction.atomic
def create_team(  # noqa: PLR0913 - the fields of TEAM-01 and TEAM-03
    *,
    name: str,
    by: User,
    description: str = "",
    number: str = "",
    strategy: str = RingStrategy.ALL.value,
    ring_seconds: int = 20,
    no_answer: Target | None = None,
) -> Team:
    """Create a team and return it; with a `number` it is a ring group from now on.

    `ring_seconds` is how long all telephones ring at once, or each one in turn. Raises NameTaken, NotARingTime,
    ManagementInstance, what the capacity raises, and NumberTaken, EmergencyNumber or NotAnExtensionNumber on `number`;
    ForwardLoop and ForwardDenied on `no_answer`.
    """
    refuse_management_instance()
    capacity().take(TEAM, 1)
    team = Team(name=name, description=description, number=number, strategy=strategy, ring_seconds=ring_seconds)
    return _write(team, no_answer, by)


@transaction.atomic
def edit_team(  # noqa: PLR0913 - the fields of the page
    *,
    team: Team,
    name: str,
    description: str,
    number: str,
    strategy: str,
    ring_seconds: int,
    no_answer: Target | None,
    by: User,
    version: int | None = None,
) -> Team:
    """Change what a team is called and how it rings, and return it. Members and references stay.

    Raises ChangedMeanwhile, RingsItself and what `create_team` raises.
    """
    locked = lock_version(Team, team.pk, version)
    locked.name, locked.description, locked.number = name, description, number
    locked.strategy, locked.ring_seconds = strategy, ring_seconds
    return _write(locked, no_answer, by)


def _write(team: Team, no_answer: Target | None, by: User) -> Team:
    _demand_ring_time(team.ring_seconds)
    if team.number:
        demand_numbers_free([team.number], except_kind=DialKind.TEAM, except_ids=[team.pk] if team.pk else [])
    if team.pk and no_answer is not None and no_answer.kind is DestinationKind.TEAM and no_answer.object == team:
        raise RingsItself(_("Calls that nobody answers cannot go back to the same team."), field="no_answer")
    _demand_name_free(team)
    replaced = team.no_answer if no_answer is None else None
    team.no_answer = write_destination(team.no_answer, no_answer) if no_answer is not None else None
    _save(team)
    if replaced is not None:
        replaced.delete()
    demand_sound_destination(target=team.no_answer, subject=Subject(team=team), field="no_answer")
    emit(TeamChanged(team_id=team.pk, by_id=by.pk))
    configuration_changed(by=by)
    return team


def _demand_ring_time(seconds: int) -> None:
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS or seconds % STEP:
        raise NotARingTime(_("Use 5 to 300 seconds, in steps of 5."), field="ring_seconds")


def _demand_name_free(team: Team) -> None:
    if Team.objects.filter(name__iexact=team.name).exclude(pk=team.pk).exists():
        raise NameTaken(_name_sentence(team.name), field="name")


def _name_sentence(name: str) -> str:
    return _("There is a team called “%(name)s” already.") % {"name": name}


def _save(team: Team) -> None:
    """Save; a name or number that somebody else took in the meantime becomes a refusal on its field."""
    name_taken = NameTaken(_name_sentence(team.name), field="name")
    with refusing({"team_name_unique": name_taken, **taken_instead()}):
        team.save()

"""Who is in a team, and in which order they ring (TEAM-01, TEAM-02).

Every way leads through `_change`: the team's page, the extension's page, and the bulk action of the list.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from extensions.events import ExtensionsChanged, TeamChanged
from extensions.models import Extension, Team, TeamMember
from extensions.services.configuration import configuration_changed
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.bulk import SetChanged
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.events import emit
from portal.core.versions import lock_version

_FACTS = ("team", "extension", "position")


class MemberTwice(DomainError):
    """An order that names somebody twice says nothing about who rings when."""


class Stranger(DomainError):
    """An order names something that is no extension here."""


class NotYourTeam(DomainError):
    """Somebody who manages some teams tried to change another one."""


class NotAMember(DomainError):
    """The home team is one of the teams that an extension is in."""


@transaction.atomic
def set_members(*, team: Team, members: Sequence[int], by: User, version: int | None = None) -> Team:
    """Make the extensions with the ids `members` the members of `team`, ringing in this order; return the team.

    Whoever had no home team gets this one; who leaves it gets the next. Raises ChangedMeanwhile, MemberTwice and
    Stranger (field `member`).
    """
    _demand_each_once(members)
    locked = lock_version(Team, team.pk, version)
    before = _places(locked)
    if list(members) == list(before):
        return team
    _demand_known(set(members) - before.keys())
    _change(locked, before, members)
    _tell([locked], {*before, *members}, by)
    return locked


@transaction.atomic
def assign_teams(
    *,
    extension: Extension,
    teams: Collection[int],
    by: User,
    home_team: int | None = None,
    within: Collection[int] | None = None,
) -> Extension:
    """Put `extension` into exactly the teams with the ids `teams`, last in those that are new to it; return it.

    `home_team` is the one it inherits settings from; None keeps it, or takes the first. With `within`, the ids that
    `by` reaches, every other membership stays. Raises NotYourTeam, and NotAMember for a home team that it is not in.
    """
    now = set(extension.memberships.values_list("team_id", flat=True))
    reached = set(within) if within is not None else None
    wanted = set(teams) if reached is None else set(teams) | (now - reached)
    if reached is not None and wanted - now - reached:
        raise NotYourTeam(_("You manage other teams than these."), field="teams")
    changed = list(Team.objects.select_for_update().filter(pk__in=now ^ wanted).order_by("pk"))
    for team in changed:
        before = _places(team)
        others = [one for one in before if one != extension.pk]
        _change(team, before, [*others, extension.pk] if team.pk in wanted else others)
        team.version += 1
    moved = _choose_home(extension, home_team, wanted, reached)
    if changed or moved:
        _tell(changed, {extension.pk}, by)
    return extension


@transaction.atomic
def add_to_team(*, rows: QuerySet[Extension], team: Team, expected: int, by: User) -> int:
    """Put those of `rows` into `team` that are not in it, last and in the order of their numbers; return how many.

    Raises SetChanged unless `expected` of them are new, and ManagementInstance in instance 1.
    """
    refuse_management_instance()
    locked = lock_version(Team, team.pk, None)
    before = _places(locked)
    new = list(rows.exclude(pk__in=list(before)).order_by("number").values_list("pk", flat=True))
    if len(new) != expected:
        raise SetChanged
    _change(locked, before, [*before, *new])
    _tell([locked], new, by)
    return len(new)


def _demand_each_once(members: Sequence[int]) -> None:
    if len(set(members)) < len(members):
        raise MemberTwice(_("Somebody stands twice in this order. Name everybody once."), field="member")


def _demand_known(new: Collection[int]) -> None:
    # Locked, so that nobody is deleted between the question and the answer.
    known = Extension.objects.filter(pk__in=new).select_for_update(no_key=True).values_list("pk", flat=True)
    if len(list(known)) < len(new):
        raise Stranger(_("This order names somebody who is no extension here. Choose from the list."), field="member")


def _places(team: Team) -> dict[int, int]:
    """Positions by extension, in order; there are gaps where extensions were deleted."""
    rows = TeamMember.objects.filter(team=team).order_by("position")
    return dict(rows.values_list("extension_id", "position"))


def _change(team: Team, before: Mapping[int, int], wanted: Sequence[int]) -> None:
    """Write the difference between two orders, one statement for each kind of change."""
    rows = TeamMember.objects.filter(team=team)
    place = {extension: position for position, extension in enumerate(wanted)}
    gone = before.keys() - place.keys()
    if gone:
        leaving = rows.filter(extension__in=gone)
        record_set(_shown(leaving), verb=Verb.DELETE, fields=_FACTS, name="shown")
        leaving._raw_delete(leaving.db)  # noqa: SLF001  # audit: recorded above by record_set
    moved = [extension for extension, was in before.items() if place.get(extension, was) != was]
    if moved:
        whens = [When(extension=extension, then=Value(place[extension])) for extension in moved]
        target = Case(*whens, output_field=IntegerField())
        moving = rows.filter(extension__in=moved)
        record_set(_shown(moving), verb=Verb.PUT, changes={"position": target}, name="shown")
        moving.update(position=target)  # audit: recorded above by record_set
    new = [extension for extension in wanted if extension not in before]
    # audit: recorded below by record_set
    TeamMember.objects.bulk_create([TeamMember(team=team, extension_id=one, position=place[one]) for one in new])
    if new:
        record_set(_shown(rows.filter(extension__in=new)), verb=Verb.POST, fields=_FACTS, name="shown")
    _settle_homes(team, new, gone)


def _settle_homes(team: Team, new: Collection[int], gone: Collection[int]) -> None:
    """The first team of an extension becomes its home; after leaving it, the oldest of the others."""
    if new:
        _move_home(Extension.objects.filter(pk__in=list(new), home_team=None), Value(team.pk))
    if gone:
        next_one = TeamMember.objects.filter(extension=OuterRef("pk")).order_by("pk").values("team")[:1]
        _move_home(Extension.objects.filter(pk__in=list(gone), home_team=team), Subquery(next_one))


def _move_home(rows: QuerySet[Extension], target: Value | Subquery) -> int:
    shown = rows.annotate(shown=Concat("number", Value(" "), "directory_name"))
    if not record_set(shown, verb=Verb.PUT, changes={"home_team": target}, name="shown"):
        return 0
    return rows.update(home_team=target)  # audit: recorded above by record_set


def _choose_home(extension: Extension, wanted: int | None, teams: set[int], reached: set[int] | None) -> int:
    if wanted is None:
        return 0
    if wanted not in teams:
        raise NotAMember(_("Choose one of the teams that the extension is in."), field="home_team")
    now = Extension.objects.filter(pk=extension.pk).values_list("home_team", flat=True).get()
    if wanted == now:
        return 0
    if reached is not None and not {wanted, now} <= reached | {None}:
        raise NotYourTeam(_("The home team is one that you do not manage."), field="home_team")
    return _move_home(Extension.objects.filter(pk=extension.pk), Value(wanted))


def _shown(rows: QuerySet[TeamMember]) -> QuerySet[TeamMember]:
    words = Concat("extension__number", Value(" "), "extension__directory_name", Value(" · "), "team__name")
    return rows.annotate(shown=words)


def _tell(teams: Iterable[Team], extensions: Iterable[int], by: User) -> None:
    for team in teams:
        team.save(update_fields=["version"])
        emit(TeamChanged(team_id=team.pk, by_id=by.pk))
    emit(ExtensionsChanged(extension_ids=tuple(sorted(extensions)), by_id=by.pk))
    configuration_changed(by=by)

"""Whom the live board shows: found by the database, so that of thousands only those few are read (PRS-05)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from extensions.board.devices import device_of
from extensions.keys.visibility import visibilities
from extensions.looks import DeviceState
from extensions.models import Extension, ExtensionState, Favourite, Team, TeamMember
from extensions.pbx.live.reader import live_now
from extensions.presence_selectors import people
from extensions.settings.catalogue.presence import Visibility
from portal.accounts.models import User

MOST = 120  # people on one board; further ones are found by the search
FAVOURITES, ALL = "favourites", "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is asked for: `show` is “all” or “favourites”, `team` a team's name or number, `q` a part of a name or the
    beginning of a number, `state` a DeviceState's value; empty for any. `by_team`: under the heads of their teams."""

    show: str = ALL
    team: str = ""
    q: str = ""
    state: str = ""
    by_team: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows of `people()` with `favourite`, `team_pk` and `team_name`, one for each of a person's teams where they
    are asked for by team; `more` counts people who are not among them."""

    rows: list[Any]
    more: int


def chosen(viewer: User, wanted: Wanted) -> Chosen:
    """The first `MOST` of those that are wanted, by number or by team.

    Two queries. Only where a state is asked for, the state of all telephones is read, and bare rows of everybody.
    """
    rows = _fitting(viewer, wanted)
    if wanted.state:
        ids = _doing(rows, viewer, wanted.state)
        total, rows = len(ids), rows.filter(pk__in=ids[:MOST])
    else:
        total = rows.count()
    found = list(_ordered(_told(rows, viewer), wanted)[:MOST])
    return Chosen(found, total - len({one.pk for one in found}))


def _fitting(viewer: User, wanted: Wanted) -> QuerySet[Extension]:
    """Everybody in service whom the name, the favourites and the team leave."""
    rows = people().exclude(state=ExtensionState.SUSPENDED)
    text = wanted.q.strip()
    if text:
        rows = rows.filter(Q(number__startswith=text) | Q(directory_name__icontains=text))
    if wanted.show == FAVOURITES:
        rows = rows.filter(Exists(_marked(viewer)))
    if wanted.team.strip():
        rows = rows.filter(pk__in=TeamMember.objects.filter(team__in=_teams(wanted)).values("extension"))
    return rows


def _told(rows: QuerySet[Extension], viewer: User) -> QuerySet[Any]:
    return rows.annotate(favourite=Exists(_marked(viewer))).defer("sip_username", "sip_password", "email", "mobile")


def _ordered(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    if not wanted.by_team:
        return rows.annotate(team_pk=Value(0), team_name=Value("")).order_by("number")
    rows = rows.annotate(team_pk=F("memberships__team"), team_name=F("memberships__team__name"))
    if wanted.team.strip():
        rows = rows.filter(team_pk__in=_teams(wanted))
    return rows.order_by(F("team_name").asc(nulls_last=True), "team_pk", "number")


def _teams(wanted: Wanted) -> QuerySet[Any]:
    """The team that was typed, by its name, or by its number with or without words behind."""
    words = wanted.team.split()
    return Team.objects.filter(Q(name__iexact=" ".join(words)) | Q(number=words[0])).values("pk")


def _marked(viewer: User) -> QuerySet[Favourite]:
    return Favourite.objects.filter(user_id=None if viewer.is_guest else viewer.pk, extension=OuterRef("pk"))


def _doing(rows: QuerySet[Extension], viewer: User, state: str) -> list[int]:
    """The ids of those whose telephones are in `state` as far as `viewer` may see, by number."""
    bare = list(rows.order_by("number").values_list("pk", "number", "home_team_id", "user_id", named=True))
    live, wishes = live_now(), visibilities(bare)

    def shown(one: Any) -> DeviceState:
        own = not viewer.is_guest and one.user_id == viewer.pk
        hidden = wishes[one.pk] is Visibility.HIDDEN and not own
        return DeviceState.HIDDEN if hidden else device_of(live, one.number)

    return [one.pk for one in bare if shown(one).value == state]

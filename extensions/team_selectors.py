"""Reads that feed the pages about teams."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extensions.callflow.ringing import ring_turns, rings_until
from extensions.models import AgentStatus, Extension, RingStrategy, StatusKind, Team, TeamMember, TeamScope
from extensions.standing import status_of, warnings_of, with_telephone
from portal.core.bulk import NAMED, BulkPlan
from portal.core.chips import Chip

OFFERED = 50  # how many extensions the picker shows at once
PICTURED = 12  # how many members the picture of a strategy shows


@dataclass(frozen=True, slots=True)
class Member:
    """One extension in a team, or one that could be: how it is and what is wrong with it."""

    extension: Extension
    status: AgentStatus | StatusKind
    warnings: list[Chip]
    rings: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the picture: who rings, from which second, for how long; widths in percent of the whole call."""

    name: str
    starts: int
    ends: int
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class RingPicture:
    """Who of a team rings when, in one sentence and as lines."""

    summary: str
    lines: list[Line]
    more: int
    silent: list[str]
    until: int


def teams() -> QuerySet[Team]:
    """All teams with how many members they have."""
    return Team.objects.annotate(size=Count("memberships", distinct=True)).select_related("no_answer")


def members_of(team: Team) -> list[Member]:
    """The members in ring order, with presence and warnings, in one query."""
    rows = TeamMember.objects.filter(team=team).select_related("extension__presence__status").order_by("position")
    found = with_telephone(rows, "extension")
    return [_member(row.extension, has_telephone=row.has_telephone) for row in found]


def named_members(ids: Sequence[int]) -> list[Member]:
    """The extensions with these ids, in this order; unknown ids are left out. One query."""
    rows = with_telephone(Extension.objects.filter(pk__in=ids).select_related("presence__status"))
    found = {row.pk: _member(row, has_telephone=row.has_telephone) for row in rows}
    return [found[key] for key in dict.fromkeys(ids) if key in found]


def candidates(chosen: Collection[int], search: str) -> tuple[list[Member], int]:
    """The first extensions not among `chosen` that `search` finds, and how many there are. Two queries."""
    rows = Extension.objects.exclude(pk__in=list(chosen))
    if search:
        rows = rows.filter(Q(number__startswith=search) | Q(directory_name__icontains=search))
    shown = with_telephone(rows.select_related("presence__status")).order_by("number", "pk")[: OFFERED + 1]
    found = [_member(row, has_telephone=row.has_telephone) for row in shown]
    return found[:OFFERED], rows.count() if len(found) > OFFERED else len(found)


def managers_of(team: Team) -> list[TeamScope]:
    """Who holds which role for this team."""
    rows = TeamScope.objects.filter(team=team).select_related("user", "role")
    return list(rows.order_by("user__display_name", "pk"))


def join_plan(rows: QuerySet[Extension], team: Team) -> BulkPlan:
    """What putting `rows` into `team` would do."""
    inside = list(rows.filter(memberships__team=team).order_by("number").values_list("number", "directory_name"))
    new = rows.exclude(memberships__team=team).order_by("number")
    named = [str(extension) for extension in new[:NAMED]]
    count = len(named) if len(named) < NAMED else new.count()
    return BulkPlan(count, named, len(inside), [" ".join(one) for one in inside[:NAMED]])


def ring_picture(team: Team, members: Sequence[Member]) -> RingPicture:
    """How a call to `team` rings at the members who can be reached."""
    ringing = [member for member in members if member.rings]
    strategy = RingStrategy(team.strategy)
    turns = ring_turns(strategy, team.ring_seconds, ringing)
    until = rings_until(turns)
    lines = [
        Line(
            str(turn.member.extension), turn.starts, turn.ends, f"{turn.starts / until * 100:.2f}",
            f"{turn.seconds / until * 100:.2f}",
        )
        for turn in turns[:PICTURED]
    ]  # fmt: skip
    silent = [str(member.extension) for member in members if not member.rings]
    summary = _summary(strategy, team.ring_seconds, len(ringing), until)
    return RingPicture(summary, lines, max(len(turns) - PICTURED, 0), silent, until)


def _member(extension: Extension, *, has_telephone: bool) -> Member:
    status = status_of(extension)
    rings = not extension.is_suspended and (isinstance(status, StatusKind) or status.rings_team)
    return Member(extension, status, warnings_of(extension, has_telephone=has_telephone), rings)


def _summary(strategy: RingStrategy, seconds: int, count: int, until: int) -> str:
    if not count:
        return _("Nobody rings: calls go on at once as for no answer.")
    facts = {"count": count, "seconds": seconds, "until": until}
    if strategy is RingStrategy.ALL:
        return (
            ngettext(
                "%(count)d extension rings for %(seconds)d seconds.",
                "%(count)d extensions ring together for %(seconds)d seconds.",
                count,
            )
            % facts
        )
    sentences = {
        RingStrategy.LINEAR: _(
            "Each rings for %(seconds)d seconds, always from the top; after %(until)d seconds nobody."
        ),
        RingStrategy.ROUND_ROBIN: _(
            "Each rings for %(seconds)d seconds; the next call begins one further down. After %(until)d seconds nobody."
        ),
        RingStrategy.RANDOM: _(
            "Each rings for %(seconds)d seconds, in another order for every call: this is an example. After %(until)d "
            "seconds nobody."
        ),
        RingStrategy.LONGEST_IDLE: _(
            "Each rings for %(seconds)d seconds; who has not talked for the longest time comes first. Before "
            "anybody has talked, it is this order. After %(until)d seconds nobody."
        ),
    }
    return sentences[strategy] % facts

"""Reads about who has which status, why, and since when (PRS-01, PRS-03)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from extensions.models import AgentStatus, Extension, Presence, PresenceChange, StatusKind, StatusSource, Team
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class StatusNow:
    """What somebody's status is, and why. `kind` and `label` are what a chip shows."""

    kind: StatusKind
    label: str
    since: datetime | None
    until: datetime | None
    why: str
    note: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be filtered by: (value, words)."""

    statuses: list[tuple[str, str]] = field(default_factory=list)
    teams: list[tuple[str, str]] = field(default_factory=list)

    @property
    def available(self) -> str:
        """What “Available” is called here."""
        return dict(self.statuses).get(StatusKind.AVAILABLE, str(StatusKind.AVAILABLE.label))


def people() -> QuerySet[Extension]:
    """Everybody with what decides about their status."""
    return Extension.objects.select_related("presence__status", "presence__by")


def own_extension(user: User) -> Extension | None:
    """The extension that rings for `user`, with team, box, keys' panel and status; nobody's for guests."""
    if user.is_guest:
        return None
    beside = ("home_team", "mailbox__greeting", "key_panel__template")
    return people().select_related(*beside).filter(user=user).first()


def choices() -> Choices:
    """Statuses in use and teams, in one query."""
    statuses = AgentStatus.objects.filter(enabled=True).annotate(
        what=Value("s"), key=F("kind"), word=F("label"), place=F("position")
    )
    teams = Team.objects.annotate(
        what=Value("t"), key=Cast("pk", CharField()), word=F("name"), place=Value(0, IntegerField())
    )
    columns = ("what", "place", "word", "key")
    rows = sorted(statuses.values_list(*columns).union(teams.values_list(*columns), all=True))
    found = Choices()
    for what, _place, word, key in rows:
        (found.statuses if what == "s" else found.teams).append((key, word))
    return found


def available_here() -> str:
    """What “Available” is called here; one query."""
    label = AgentStatus.objects.filter(kind=StatusKind.AVAILABLE, enabled=True).values_list("label", flat=True).first()
    return label or str(StatusKind.AVAILABLE.label)


def usable_statuses(*, by_themselves: bool) -> list[AgentStatus]:
    """The statuses that can be chosen, in order; with `by_themselves` only those that people may set themselves."""
    found = AgentStatus.objects.filter(enabled=True).order_by("position", "pk")
    return list(found.filter(set_by_agent=True) if by_themselves else found)


def status_now(extension: Extension, *, at: datetime, available: str, own: bool = False) -> StatusNow:
    """The status of an extension of `people()` at `at`; `available` is what that status is called here.

    `own`: whoever reads it is the one that it is about.
    """
    row: Presence | None = getattr(extension, "presence", None)
    if row is None:
        return StatusNow(StatusKind.AVAILABLE, available, None, None, _("Nobody has changed it yet."), "")
    if row.until is not None and row.until <= at:
        why = _("“%(status)s” ended at %(when)s.") % {"status": row.status.label, "when": moment(row.until, at)}
        return StatusNow(StatusKind.AVAILABLE, available, row.until, None, why, "")
    return StatusNow(
        StatusKind(row.status.kind), row.status.label, row.since, row.until, why_of(row, at, own=own), row.note
    )


def why_of(row: Presence, at: datetime, *, own: bool = False) -> str:
    """Who or what set a status, and until when: “Set by the schedule until 13:00.”"""
    who = {
        StatusSource.USER: _("Set by you") if own else _("Set by themselves"),
        StatusSource.KEY: _("Set by a key or code of the telephone"),
        StatusSource.API: _("Set by another system"),
        StatusSource.SCHEDULE: _("Set by the schedule") if not row.note else _("Ended by itself"),
    }.get(StatusSource(row.source))
    if who is None:
        who = _("Set by %(name)s") % {"name": row.by} if row.by else _("Set by a manager")
    if row.until is None:
        return _("%(who)s.") % {"who": who}
    return _("%(who)s until %(when)s.") % {"who": who, "when": moment(row.until, at)}


def moment(when: datetime, at: datetime) -> str:
    """A moment as people say it: the hour today, else with the day."""
    local, today = localtime(when), localtime(at)
    return date_format(local, "TIME_FORMAT" if local.date() == today.date() else "SHORT_DATETIME_FORMAT")


def history(extension: Extension) -> QuerySet[PresenceChange]:
    """Every change of somebody's status."""
    return PresenceChange.objects.filter(extension=extension)


def words_of(source: Any) -> str:
    """What a source of a change is called."""
    return str(StatusSource(source).label)


def own_teams(extension: Extension) -> QuerySet[Team]:
    """The teams that ring this extension."""
    return Team.objects.filter(memberships__extension=extension).order_by("name", "pk")

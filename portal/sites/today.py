"""What the start page of a tenant shows: how much there is, what needs somebody, what holds now.

Everything that only counts or lists a few rows is one query, of which each viewer asks the parts they may see; the
schedules with their holidays are two more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.timezone import localtime

from extensions.callflow.hours import HoursResult, HoursState, hours_at
from extensions.models import (
    AgentStatus,
    CallTest,
    CallTestState,
    Configuration,
    Extension,
    ExtensionState,
    Finding,
    Phone,
    Presence,
    Severity,
    StatusKind,
    Team,
)
from extensions.presence_selectors import moment
from extensions.schedule_selectors import facts_of, schedules
from extensions.snapshot.facts import ScheduleFacts
from portal.accounts.models import SupportSession, User
from portal.audit.models import LogEntry
from portal.core.chips import Chip, chip_of
from portal.permissions import Perm

NEWEST, CHANGES, VISITS, SCHEDULES = 5, 5, 3, 6


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many people have a status now; `kind` and `label` are what a chip shows."""

    kind: StatusKind
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ScheduleNow:
    """A schedule in use, and what holds by it; `until` is when that ends, in words, empty where nothing changes."""

    pk: int
    name: str
    result: HoursResult
    until: str

    @property
    def chip(self) -> Chip:
        """How its state looks."""
        return chip_of(self.result.state)

    @property
    def forced(self) -> bool:
        """Whether somebody opened or closed it by hand."""
        return self.result.state in (HoursState.OVERRIDE_OPEN, HoursState.OVERRIDE_CLOSED, HoursState.OVERRIDE_SPECIAL)


@dataclass(frozen=True, slots=True)
class NextChange:
    """The next moment at which a schedule opens, closes, or changes in another way."""

    schedule: ScheduleNow
    when: str
    state: HoursState


@dataclass(frozen=True, slots=True)
class Newest:
    """One of the latest extensions."""

    number: str
    name: str
    chip: Chip
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """What there is. Lists that the viewer may not see are empty."""

    used: int
    limit: int
    teams: int
    telephones: int
    people: list[StatusCount]
    latest: list[Newest]
    findings: list[tuple[Severity, int]]
    failing_tests: int
    checked_at: datetime | None
    changes: list[LogEntry]
    visits: list[SupportSession]


@dataclass(frozen=True, slots=True)
class Now:
    """What holds by the schedules in use, and what changes next. `more` counts those that are not shown."""

    schedules: list[ScheduleNow] = field(default_factory=list)
    next_change: NextChange | None = None
    more: int = 0


def today(viewer: User, *, at: datetime) -> Today:
    """Everything that is counted, in one query."""
    row: Any = Configuration.objects.annotate(**_parts(viewer, at)).get(pk=1)
    present = [StatusCount(StatusKind(one["kind"]), one["label"], one["count"]) for one in row.statuses]
    elsewhere = sum(one.count for one in present)
    people = [
        StatusCount(one.kind, one.label, one.count + (row.people - elsewhere) * (one.kind is StatusKind.AVAILABLE))
        for one in present
    ]
    totals = {one["severity"]: one["total"] for one in row.severities or ()}
    return Today(
        used=row.used,
        limit=connection.tenant.max_extensions,
        teams=row.teams,
        telephones=row.telephones,
        people=people if row.people else [],
        latest=[_newest(**one) for one in row.newest],
        findings=[(one, totals[one.value]) for one in Severity if one.value in totals],
        failing_tests=row.failing,
        checked_at=row.checked_at,
        changes=_revived(LogEntry, getattr(row, "changes", ()), "timestamp"),
        visits=_revived(SupportSession, getattr(row, "visits", ()), "started_at", "ends_at", "ended_at"),
    )


def now(*, at: datetime) -> Now:
    """What holds at `at` by each schedule that somebody uses, in two queries."""
    found = list(schedules().filter(used__gt=0).order_by("-used", "name", "pk"))
    facts = facts_of(found)
    held = [_held(one, facts[one.pk], at) for one in found]
    coming = min((one for one in held if one.result.until), key=lambda one: one.result.until or at, default=None)
    change = None
    if coming is not None and coming.result.until is not None:
        after = hours_at(facts[coming.pk], coming.result.until)
        change = NextChange(coming, coming.until, after.state)
    return Now(held[:SCHEDULES], change, max(0, len(held) - SCHEDULES))


def _parts(viewer: User, at: datetime) -> dict[str, Any]:
    """The columns of the one query, by name."""
    extensions = Extension.objects.all()
    in_service = ~Q(state=ExtensionState.SUSPENDED)
    lasting = Q(until=None) | Q(until__gt=at)
    holders = Presence.objects.filter(lasting, status=OuterRef("pk")).exclude(extension__state="suspended")
    statuses = AgentStatus.objects.filter(enabled=True).annotate(count=_count(holders)).order_by("position", "pk")
    severities = Finding.objects.order_by().values("severity").annotate(total=Count("pk"))
    newest = extensions.order_by("-created_at", "-pk")[:NEWEST]
    parts: dict[str, Any] = {
        "used": _count(extensions),
        "people": _count(extensions.filter(in_service)),
        "teams": _count(Team.objects.all()),
        "telephones": _count(Phone.objects.all()),
        "statuses": _rows(statuses, "kind", "label", "count"),
        "newest": _rows(newest, "number", "directory_name", "state", "created_at"),
        "severities": _rows(severities if viewer.may(Perm.CHECK_READ) else severities.none(), "severity", "total"),
        "failing": _count(CallTest.objects.filter(state=CallTestState.FAILED)),
    }
    if viewer.may(Perm.AUDIT_READ):
        changes = LogEntry.objects.filter(timestamp__gte=_midnight(at)).order_by("-timestamp", "-pk")[:CHANGES]
        parts["changes"] = _rows(changes, "id", "user_name", "message", "table", "object_repr", "timestamp")
    if viewer.may(Perm.SUPPORT_READ):
        visits = SupportSession.objects.order_by("-started_at", "pk")[:VISITS]
        parts["visits"] = _rows(visits, "id", "actor_name", "reason", "started_at", "ends_at", "ended_at")
    return parts


def _held(row: Any, facts: ScheduleFacts, at: datetime) -> ScheduleNow:
    result = hours_at(facts, at)
    return ScheduleNow(row.pk, row.name, result, moment(result.until, at) if result.until else "")


def _newest(number: str, directory_name: str, state: str, created_at: str) -> Newest:
    return Newest(number, directory_name, chip_of(ExtensionState(state)), datetime.fromisoformat(created_at))


def _midnight(at: datetime) -> datetime:
    return localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _rows(found: QuerySet, *names: str) -> ArraySubquery:
    return ArraySubquery(found.values_list(JSONObject(**{name: name for name in names})))


def _count(found: QuerySet) -> Coalesce:
    counted = found.order_by().annotate(one=Value(1)).values("one").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _revived(model: Any, rows: Iterable[dict[str, Any]], *moments: str) -> list[Any]:
    """Rows that came as JSON, as objects that are never saved."""
    return [
        model(
            **{
                name: datetime.fromisoformat(value) if name in moments and value else value
                for name, value in row.items()
            }
        )
        for row in rows
    ]

"""Which status the schedule wants, and when it may replace the one that somebody has (PRS-04). Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from extensions.callflow.hours import OPEN_STATES, SEARCH, HoursResult, HoursState, changes_between
from extensions.models import StatusKind
from extensions.settings.catalogue.hours import BREAKS, EXEMPT, HOURS
from extensions.settings.resolve import Effective
from extensions.snapshot.facts import ScheduleFacts

FOLLOWS = "presence.follows_schedule"
WHEN_OPEN, WHEN_BREAK, WHEN_CLOSED = "presence.when_open", "presence.when_break", "presence.when_closed"


class Phase(StrEnum):
    """What a schedule means for a status."""

    OPEN = WHEN_OPEN
    BREAK = WHEN_BREAK
    CLOSED = WHEN_CLOSED


@dataclass(frozen=True, slots=True)
class PhaseNow:
    """The phase that holds, since when (at most eight days back) and until when (None: not within eight days)."""

    phase: Phase
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The status that the schedule wants, the moment at which it began to want it, and when that ends."""

    kind: StatusKind
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """The status that somebody has. `by_schedule`: nobody set it by hand."""

    kind: StatusKind
    by_schedule: bool
    since: datetime
    until: datetime | None

    def ended(self, at: datetime) -> bool:
        """Whether its own time is over."""
        return self.until is not None and self.until <= at


def phase_of(result: HoursResult) -> Phase:
    """Holidays and special hours count as closed: calls go elsewhere then."""
    if result.state in OPEN_STATES:
        return Phase.OPEN
    return Phase.BREAK if result.state is HoursState.BREAK else Phase.CLOSED


def phase_now(
    schedule: ScheduleFacts, at: datetime, *, breaks: ScheduleFacts | None = None, exempt: bool = False
) -> PhaseNow:
    """The phase at `at`, when it began and when it ends."""
    past = changes_between(schedule, at - SEARCH, at + timedelta(seconds=1), breaks=breaks, exempt=exempt)
    phase, since = phase_of(past[-1].result), past[-1].starts
    for stretch in reversed(past):
        if phase_of(stretch.result) is not phase:
            break
        since = stretch.starts
    coming = changes_between(schedule, at, at + SEARCH, breaks=breaks, exempt=exempt)
    until = next((stretch.starts for stretch in coming if phase_of(stretch.result) is not phase), None)
    return PhaseNow(phase, since, until)


def schedule_of(settings: Mapping[str, Effective]) -> tuple[int, int | None, bool] | None:
    """Which schedule, whose breaks and whether exempt (ids), for somebody who follows one; else None."""
    if not settings[FOLLOWS].value or not settings[HOURS].value:
        return None
    return settings[HOURS].value, settings[BREAKS].value, bool(settings[EXEMPT].value)


def wanted(settings: Mapping[str, Effective], now: PhaseNow, usable: frozenset[StatusKind]) -> Wanted:
    """What the schedule wants for somebody with these settings; a status that is not in use becomes Available."""
    kind = StatusKind(settings[now.phase].value)
    return Wanted(kind if kind in usable else StatusKind.AVAILABLE, now.since, now.until)


def replaces(wish: Wanted, held: Held | None, at: datetime) -> bool:
    """Whether the schedule's wish takes the place of what somebody has.

    Set by hand with an end, it stays until then; without one, until the schedule changes for the next time.
    """
    if held is None or held.by_schedule or held.ended(at):
        return True
    return held.until is None and held.since < wish.since

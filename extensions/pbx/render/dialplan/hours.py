"""Hours as a routine that the PBX runs: override, holiday, closed, break, open (twin of callflow.hours, SCH-06).

`Gosub(t2-hours,h1,1)` leaves TL_STATE (open, closed, break, holiday or special) and TL_HTO, the destination of the
holiday or override. Weekly hours are GotoIfTime, whose last minute counts; holidays are looked up by day, written out
for the years ahead, so that the PBX never has to know how Easter or a second Monday is found.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from extensions.callflow.holidays import in_order, occurrence
from extensions.models import OverrideMode
from extensions.pbx.formats.dialplan import Context, Exten
from extensions.pbx.render.dialplan.targets import target
from extensions.pbx.render.plan import Plan
from extensions.snapshot.facts import DestinationFacts, HolidayFacts, IntervalFacts, ScheduleFacts

YEARS_AHEAD = 5  # a tenant whose configuration is not touched for so long is rendered again by the nightly check
_DAY = 24 * 60
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Asked = tuple[int, int, bool]  # schedule, schedule whose breaks count, exempt from global holidays


def hours(plan: Plan, schedule: int, breaks: int | None = None, *, exempt: bool = False) -> str:
    """The name of the routine for a schedule with the breaks of another and with or without global holidays."""
    known = breaks if breaks in plan.snapshot.schedules else None
    return plan.once("h", (schedule, known or schedule, exempt), lambda name, asked: _write(plan, name, asked))  # type: ignore[arg-type]


def _write(plan: Plan, name: str, asked: Asked) -> None:
    schedule, breaks = plan.snapshot.schedules[asked[0]], plan.snapshot.schedules[asked[1]]
    exten = plan.context("hours").exten(name)
    exten.do("MSet(TL_HTO=,TL_STATE=closed)")
    overrides = _overrides(plan, exten, schedule)
    holidays = [one for one in in_order(schedule.holidays) if not (asked[2] and one.is_global)]
    if holidays:
        _holidays(plan, exten, name, schedule.zone, holidays)
    for spans, days in by_span(schedule.opening):
        exten.do(f"GotoIfTime({spans},{days},*,*,{schedule.zone.key}?opened)")
    exten.do("Return()")
    exten.do("Set(TL_STATE=open)", label="opened")
    for spans, days in by_span(breaks.breaks):
        exten.do(f"GotoIfTime({spans},{days},*,*,{breaks.zone.key}?resting)")
    exten.do("Return()")
    exten.do("Set(TL_STATE=break)", label="resting").do("Return()")
    for label, state, to in overrides:
        _say(plan, exten, label, state, to)


def _say(plan: Plan, exten: Exten, label: str, state: str, to: DestinationFacts | None) -> None:
    exten.do(f"Set(TL_STATE={state})", label=label)
    exten.do(f"Set(TL_HTO={target(plan, to) if to else ''})").do("Return()")


def by_span(intervals: Iterable[IntervalFacts]) -> Iterator[tuple[str, str]]:
    """Times and weekdays as GotoIfTime takes them; what passes midnight is a second span on the day after."""
    days: dict[tuple[int, int], set[int]] = {}
    for one in intervals:
        for day in range(2):
            starts, ends = max(one.starts - day * _DAY, 0), min(one.ends - day * _DAY, _DAY)
            if starts < ends:
                days.setdefault((starts, ends), set()).add((one.weekday + day) % 7)
    for (starts, ends), found in sorted(days.items()):
        yield f"{_clock(starts)}-{_clock(ends - 1)}", "&".join(_DAYS[day] for day in sorted(found))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _overrides(plan: Plan, exten: Exten, schedule: ScheduleFacts) -> list[tuple[str, str, DestinationFacts | None]]:
    """Questions about those that are not over yet; of several in force, the one that began last decides."""
    now = plan.snapshot.taken_at
    coming = [one for one in schedule.overrides if one.ends_at > now - timedelta(days=1)]
    found: list[tuple[str, str, DestinationFacts | None]] = []
    for one in sorted(coming, key=lambda one: one.starts_at, reverse=True):
        starts, ends = (int(edge.astimezone(UTC).timestamp()) for edge in (one.starts_at, one.ends_at))
        label = f"o{len(found) + 1}"
        exten.do(f"GotoIf($[${{TL_NOW}} >= {starts} & ${{TL_NOW}} < {ends}]?{label})")
        opened = one.mode == OverrideMode.OPEN
        found.append((label, "open" if opened else "special", None if opened else one.destination))
    return found


def _holidays(plan: Plan, exten: Exten, name: str, zone: ZoneInfo, holidays: list[HolidayFacts]) -> None:
    context = plan.context(f"days-{name}")
    first = plan.snapshot.taken_at.astimezone(zone).date() - timedelta(days=2)
    _days(plan, context, holidays, first)
    exten.do(f"Set(TL_DAY=${{STRFTIME(${{TL_NOW}},{zone.key},%Y%m%d)}})")
    hour, minute = (f"${{STRFTIME(${{TL_NOW}},{zone.key},%{part})}}" for part in "HM")
    exten.do(f"Set(TL_MINUTE=$[60 * {hour} + {minute}])")
    known = f"${{DIALPLAN_EXISTS({context.name},${{TL_DAY}},1)}}"
    exten.do(f"ExecIf($[{known} = 1]?Gosub({context.name},${{TL_DAY}},1))")
    exten.do('ExecIf($["${TL_STATE}" = "holiday"]?Return())')


def _days(plan: Plan, context: Context, holidays: list[HolidayFacts], first: date) -> None:
    for day, found in sorted(_calendar(holidays, first).items()):
        exten, timed = context.exten(f"{day:%Y%m%d}"), []
        for at, one in enumerate(found):
            if one.starts is None or one.ends is None:
                _say(plan, exten, f"d{at}", "holiday", one.destination)
                break
            exten.do(f"GotoIf($[${{TL_MINUTE}} >= {one.starts} & ${{TL_MINUTE}} < {one.ends}]?d{at})")
            timed.append((f"d{at}", one.destination))
        exten.do("Return()")
        for label, to in timed:
            _say(plan, exten, label, "holiday", to)


def _calendar(holidays: Iterable[HolidayFacts], first: date) -> dict[date, list[HolidayFacts]]:
    """The holidays of every day from `first` on, in the order in which they decide."""
    found: dict[date, list[HolidayFacts]] = {}
    for one in holidays:
        spans = (occurrence(one, year) for year in range(first.year - 1, first.year + YEARS_AHEAD + 1))
        days = {span[0] + timedelta(days=n) for span in spans if span for n in range((span[1] - span[0]).days + 1)}
        for day in days:
            if day >= first:
                found.setdefault(day, []).append(one)
    return found

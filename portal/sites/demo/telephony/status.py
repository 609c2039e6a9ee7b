"""Statuses of a demonstration company: a week of changes, some of them by the schedule and by a manager."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from extensions.models import AgentStatus, Extension, Schedule, StatusKind, StatusSource
from extensions.services.follow_schedules import follow_schedules
from extensions.services.presence import Wish, set_status
from extensions.services.settings import change_settings
from extensions.services.statuses import StatusRules, edit_status, switch_on_status
from extensions.settings.subjects import Subject
from portal.accounts.models import User

FOLLOWERS = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """One change: `place` in the list of extensions, how long ago in minutes, and for how long (0: open end)."""

    place: int
    ago: int
    kind: StatusKind
    source: StatusSource = StatusSource.USER
    lasts: int = 0
    note: str = ""


HOUR, DAY = 60, 24 * 60
DAYS = tuple(
    turn
    for day in (4, 3, 2, 1)
    for turn in (
        Turn(2, day * DAY, StatusKind.AVAILABLE),
        Turn(2, day * DAY - 3 * HOUR, StatusKind.AWAY, lasts=45, note="Lunch"),
        Turn(2, day * DAY - 4 * HOUR, StatusKind.AVAILABLE),
        Turn(2, day * DAY - 8 * HOUR, StatusKind.LOGGED_OUT, StatusSource.KEY),
        Turn(3, day * DAY - 2 * HOUR, StatusKind.BUSY, note="Stocktaking"),
        Turn(3, day * DAY - 5 * HOUR, StatusKind.AVAILABLE, StatusSource.KEY),
    )
)
TODAY = (
    Turn(2, 3 * HOUR, StatusKind.AVAILABLE),
    Turn(1, 50, StatusKind.BUSY, note="Talking to the auditors"),
    Turn(3, 25, StatusKind.AWAY, lasts=90, note="At the dentist"),
    Turn(6, 15, StatusKind.DND, StatusSource.KEY),
    Turn(7, 2 * HOUR, StatusKind.CUSTOM_1, StatusSource.MANAGER, lasts=5 * HOUR, note="First aid course"),
    Turn(8, 40, StatusKind.LOGGED_OUT, StatusSource.MANAGER, note="Went home ill"),
)


def furnish(*, by: User, at: datetime) -> None:
    """Give the people of the active tenant statuses with a history; the last two follow the first schedule."""
    desks = list(Extension.objects.select_related("user").order_by("number", "pk"))
    if not desks:
        return
    _training(by)
    for turn in sorted((*DAYS, *TODAY), key=lambda one: -one.ago):
        if turn.place < len(desks):
            _turn(turn, desks[turn.place], by=by, at=at)
    _followers(desks[-FOLLOWERS:], by=by)
    follow_schedules(at=at)


def _training(by: User) -> None:
    status = AgentStatus.objects.get(kind=StatusKind.CUSTOM_1)
    rules = StatusRules(label="Training", set_by_agent=True, rings_team=False, takes_queue=False)
    edit_status(status=status, rules=rules, by=by)
    switch_on_status(status=status, by=by)


def _turn(turn: Turn, desk: Extension, *, by: User, at: datetime) -> None:
    moment = at - timedelta(minutes=turn.ago)
    until = moment + timedelta(minutes=turn.lasts) if turn.lasts else None
    who = by if turn.source is StatusSource.MANAGER else desk.user
    set_status(extension=desk, wish=Wish(turn.kind, until, turn.note), source=turn.source, by=who, at=moment)


def _followers(desks: list[Extension], *, by: User) -> None:
    schedule = Schedule.objects.order_by("pk").first()
    for desk in desks:
        values: dict[str, object] = {"presence.follows_schedule": True}
        if schedule is not None:
            values["hours.schedule"] = schedule
        change_settings(subject=Subject(extension=desk), values=values, by=by)

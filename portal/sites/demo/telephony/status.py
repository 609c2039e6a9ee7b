"""Statuses of a demonstration company: a week of changes, some of them by the schedule and by a manager."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from extensions.models import AgentStatus, Extension, Schedule, StatusKind, StatusSource
from extensions.schedule_selectors import company_zone
from extensions.services.follow_schedules import follow_schedules
from extensions.services.presence import Wish, set_status
from extensions.services.settings import change_settings
from extensions.services.statuses import StatusRules, edit_status, switch_on_status
from extensions.settings.subjects import Subject
from portal.accounts.models import User
from portal.sites.demo.telephony.characters import Turn, character

FOLLOWERS, SATURDAY = 2, 5
WORKDAYS = 5  # of history, the last one included


def furnish(*, by: User, at: datetime) -> None:
    """Give the people of the active tenant statuses with a history; the last two follow the first schedule."""
    desks = list(Extension.objects.select_related("user").order_by("number", "pk"))
    if not desks:
        return
    _training(by)
    for moment, turn in sorted(moments(at), key=lambda one: one[0]):
        if turn.place < len(desks):
            _turn(turn, moment, desks[turn.place], by=by)
    _followers(desks[-FOLLOWERS:], by=by)
    follow_schedules(at=at)


def moments(at: datetime) -> Iterator[tuple[datetime, Turn]]:
    """The turns of the last working days up to `at`, at their times of the local day."""
    zone, who = company_zone(), character()
    day, left = at.astimezone(zone).date(), WORKDAYS
    while left:
        if day.weekday() < SATURDAY:
            turns = (*who.days, *who.today) if left == WORKDAYS else who.days
            for turn in turns:
                moment = datetime.combine(day, time(turn.minute // 60, turn.minute % 60), zone)
                if moment <= at:
                    yield moment, turn
            left -= 1
        day -= timedelta(days=1)


def _training(by: User) -> None:
    status = AgentStatus.objects.get(kind=StatusKind.CUSTOM_1)
    rules = StatusRules(label=character().status, set_by_agent=True, rings_team=False, takes_queue=False)
    edit_status(status=status, rules=rules, by=by)
    switch_on_status(status=status, by=by)


def _turn(turn: Turn, moment: datetime, desk: Extension, *, by: User) -> None:
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

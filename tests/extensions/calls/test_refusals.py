"""Forwards that make a circle or that the rules deny are refused wherever they are saved (CTL-04)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from extensions.models import (
    CallException,
    Destination,
    DestinationKind,
    Extension,
    HolidayCalendar,
    Level,
    OverrideMode,
    ParkingReturn,
    Schedule,
    SettingValue,
    Team,
)
from extensions.services.calls.exceptions import MOST, ExceptionFacts, TooManyExceptions, add_exception
from extensions.services.calls.patterns import NotAPattern
from extensions.services.calls.rules import create_rule_set
from extensions.services.destinations import Target
from extensions.services.forwards import ForwardDenied, ForwardLoop
from extensions.services.parking.lot import edit_parking, set_up_parking
from extensions.services.parking.ranges import SlotRange
from extensions.services.schedules.draft import HolidayDraft
from extensions.services.schedules.holidays import create_holiday, edit_holiday
from extensions.services.schedules.overrides import override_schedule
from extensions.services.settings import change_settings, reset_settings
from extensions.services.teams.edit import create_team, edit_team
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from tenants.models import Tenant
from tests.extensions.conftest import NOON

KEY = "forward.available.external.busy"
Create = Callable[..., Extension]


@pytest.fixture
def pair(create: Create) -> tuple[Extension, Extension]:
    """101 and 102 in alpha."""
    return Extension.objects.get(number="101"), create("102")


def forward(sender: Extension | Team | None, to: Target, by: User) -> None:
    subject = COMPANY if sender is None else Subject(extension=sender)  # type: ignore[arg-type]
    change_settings(subject=subject, values={KEY: True, f"{KEY}.to": to}, by=by)


def extension(to: Extension) -> Target:
    return Target(DestinationKind.EXTENSION, to)


@pytest.mark.feature("CTL-04")
def test_a_circle_through_a_team_is_refused_on_either_side(pair: tuple[Extension, Extension], owner: User) -> None:
    first, second = pair
    team = create_team(name="Sales", number="200", no_answer=extension(first), by=owner)

    with pytest.raises(ForwardLoop) as refusal:
        forward(first, Target(DestinationKind.TEAM, team), owner)

    assert refusal.value.field == f"{KEY}.to"
    assert "Sales → 101 → Sales" in str(refusal.value)
    assert not SettingValue.objects.exists()
    forward(second, Target(DestinationKind.TEAM, team), owner)
    with pytest.raises(ForwardLoop) as again:
        edit_team(
            team=team, name="Sales", description="", number="200", strategy="all", ring_seconds=20,
            no_answer=extension(second), by=owner,
        )  # fmt: skip
    assert again.value.field == "no_answer"


@pytest.mark.feature("CTL-04")
def test_what_the_company_says_for_all_makes_no_circle_either(pair: tuple[Extension, Extension], owner: User) -> None:
    first, second = pair
    forward(first, extension(second), owner)

    with pytest.raises(ForwardLoop):
        forward(None, extension(first), owner)


@pytest.mark.feature("CTL-04")
def test_a_reset_that_would_make_a_circle_is_refused(pair: tuple[Extension, Extension], owner: User) -> None:
    first, second = pair
    change_settings(subject=Subject(extension=second), values={KEY: False}, by=owner)
    forward(first, extension(second), owner)
    forward(None, extension(first), owner)

    with pytest.raises(ForwardLoop):
        reset_settings(subject=Subject(extension=second), keys=[KEY], by=owner)


@pytest.mark.feature("CTL-04")
def test_hours_and_exceptions_are_looked_at_too(pair: tuple[Extension, Extension], owner: User) -> None:
    first, second = pair
    forward(first, extension(second), owner)
    values = {"hours.schedule": Schedule.objects.create(name="Office"), "hours.closed_action": extension(first)}

    with pytest.raises(ForwardLoop):
        change_settings(subject=Subject(extension=second), values=values, by=owner)
    with pytest.raises(ForwardLoop) as refusal:
        add_exception(
            extension=second, facts=ExceptionFacts("Back", "", None, when_open=True, target=extension(first)), by=owner
        )

    assert refusal.value.field == "target"
    assert not CallException.objects.exists()


def override_to(to: Target, by: User) -> None:
    schedule = Schedule.objects.create(name="Office")
    override_schedule(
        schedule=schedule, mode=OverrideMode.CLOSED, ends_at=NOON + timedelta(hours=1), by=by, at=NOON, target=to
    )


def holiday_to(to: Target, by: User) -> None:
    draft = HolidayDraft(name="Feast day", first_day=NOON.date(), target=to)
    create_holiday(calendar=HolidayCalendar.objects.create(name="Ours"), draft=draft, by=by)


def changed_holiday_to(to: Target, by: User) -> None:
    draft = HolidayDraft(name="Feast day", first_day=NOON.date())
    holiday = create_holiday(calendar=HolidayCalendar.objects.create(name="Ours"), draft=draft, by=by)
    edit_holiday(holiday=holiday, draft=replace(draft, target=to), version=None, by=by)


def parked_back_to(to: Target, by: User) -> None:
    usual = SlotRange("800", "801", 3)
    set_up_parking(wanted=usual, by=by)
    edit_parking(
        wanted=usual, timeout=60, returns_to=ParkingReturn.DESTINATION, destination=to, take_off=False, version=None,
        by=by, at=NOON,
    )  # fmt: skip


@pytest.mark.feature("CTL-04", "SCH-05", "SCH-09", "PRK-03")
@pytest.mark.parametrize(
    ("send", "field"),
    [
        (override_to, "target"),
        (holiday_to, "target"),
        (changed_holiday_to, "target"),
        (parked_back_to, "destination"),
    ],
)
def test_overrides_holidays_and_parking_send_nobody_where_the_rules_deny_it(
    inside_alpha: Tenant, owner: User, send: Callable[[Target, User], None], field: str
) -> None:
    closed = create_rule_set(name="Nothing outside", allow_by_default=False, by=owner)
    change_settings(subject=COMPANY, values={"outgoing.rules": closed}, by=owner)

    with pytest.raises(ForwardDenied) as refusal:
        send(Target(DestinationKind.NUMBER, number="+6561112222"), owner)

    assert refusal.value.field == field


@pytest.mark.feature("CTL-04", "SCH-05", "SCH-09", "PRK-03")
@pytest.mark.parametrize("send", [override_to, holiday_to, changed_holiday_to, parked_back_to])
def test_overrides_holidays_and_parking_send_nobody_into_a_circle(
    pair: tuple[Extension, Extension], owner: User, send: Callable[[Target, User], None]
) -> None:
    first, second = pair
    forward(first, extension(second), owner)
    # Stored past the services, as two changes at the same moment once could.
    back = Destination.objects.create(kind="extension", extension=first)
    said = {"level": Level.EXTENSION, "extension": second}
    SettingValue.objects.create(key=KEY, value=True, **said)
    SettingValue.objects.create(key=f"{KEY}.to", destination=back, **said)

    with pytest.raises(ForwardLoop):
        send(extension(first), owner)


@pytest.mark.feature("CTL-04", "CTL-09")
def test_exceptions_go_nowhere_that_is_denied(pair: tuple[Extension, Extension], owner: User) -> None:
    abroad = Target(DestinationKind.NUMBER, number="+442071234567")

    with pytest.raises(ForwardDenied):
        add_exception(
            extension=pair[0], facts=ExceptionFacts("Abroad", "", None, when_open=True, target=abroad), by=owner
        )


@pytest.mark.feature("CTL-09")
def test_exceptions_have_a_beginning_of_numbers_and_are_not_without_end(
    pair: tuple[Extension, Extension], owner: User
) -> None:
    with pytest.raises(NotAPattern):
        add_exception(extension=None, facts=ExceptionFacts("?", "abc", None, when_open=True, target=None), by=owner)
    CallException.objects.bulk_create([CallException(label=str(n), position=n) for n in range(MOST)])

    with pytest.raises(TooManyExceptions):
        add_exception(extension=None, facts=ExceptionFacts("One more", "", None, when_open=True, target=None), by=owner)

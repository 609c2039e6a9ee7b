"""Deleting safely: what depends is listed, replaced or removed; nothing dangles (TEN-13)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from extensions.models import (
    CallException,
    Deletion,
    Destination,
    DestinationKind,
    DialNumber,
    Extension,
    Key,
    KeyKind,
    KeyPanel,
    Level,
    Phone,
    Schedule,
    SettingValue,
    SpeedDial,
    Team,
    TeamMember,
)
from extensions.services.deletion import DependantsChanged, DoesNotFit, delete_object, delete_objects, dependants
from extensions.services.destinations import Target
from portal.accounts.models import User
from portal.audit.models import LogEntry, Verb
from tests.extensions.deletion.world import NOON, forward

pytestmark = pytest.mark.feature("TEN-13")
Create = Callable[..., Extension]


def keys_of(row: object) -> set[str]:
    return {group.key for group in dependants(row)[0]}  # type: ignore[arg-type]


def test_everything_that_uses_an_extension_is_listed_by_name(create: Create) -> None:
    gone, other = create("121"), create("122", first_name="Ada")
    team = Team.objects.create(name="Sales")
    TeamMember.objects.create(team=team, extension=gone, position=0)
    panel = KeyPanel.objects.create(extension=other)
    Key.objects.create(panel=panel, position=3, kind=KeyKind.PRESENCE, extension=gone)
    SpeedDial.objects.create(code="*1", label="Wei", number="121")
    Phone.objects.create(mac="aabbccddee01", model="x", extension=gone, created_at=NOON)
    forward(other, to=gone)

    groups, _seen = dependants(gone)

    named = {group.key: [one.name for one in group.named] for group in groups}
    assert named == {
        "teammember.extension": ["Sales"],
        "key.extension": ["122 Ada Chen, key 4"],
        "speeddial.number": ["*1 Wei"],
        "phone.extension": ["AA:BB:CC:DD:EE:01"],
        "settingvalue.destination__extension": ["122 Ada Chen: Outside office hours"],
    }


def test_its_own_parts_are_no_dependants(create: Create) -> None:
    gone = create("121")
    panel = KeyPanel.objects.create(extension=gone)
    Key.objects.create(panel=panel, position=0, kind=KeyKind.PRESENCE, extension=gone)
    SpeedDial.objects.create(extension=gone, code="*1", label="Me", number="121")
    forward(gone, to=gone)

    assert keys_of(gone) == set()


def test_without_replacements_every_reference_goes(create: Create, owner: User) -> None:
    gone, other = create("121"), create("122")
    team = Team.objects.create(name="Sales", no_answer=Destination.objects.create(kind="extension", extension=gone))
    TeamMember.objects.create(team=team, extension=gone, position=0)
    panel = KeyPanel.objects.create(extension=other)
    Key.objects.create(panel=panel, position=3, kind=KeyKind.PRESENCE, extension=gone)
    Key.objects.create(panel=panel, position=4, kind=KeyKind.CUSTOM_DIAL, number="121")
    phone = Phone.objects.create(mac="aabbccddee01", model="x", extension=gone, created_at=NOON)
    SpeedDial.objects.create(code="*1", label="Wei", number="121")
    forward(other, to=gone)

    delete_object(gone, by=owner, at=NOON)

    team.refresh_from_db()
    phone.refresh_from_db()
    assert (team.no_answer, phone.extension) == (None, None)
    assert not Extension.objects.filter(pk=gone.pk).exists()
    assert not DialNumber.objects.filter(number="121").exists()
    left = (TeamMember, Key, SpeedDial, Destination, SettingValue.objects.filter(level=Level.EXTENSION))
    assert [getattr(rows, "objects", rows).count() for rows in left] == [0, 0, 0, 0, 0]


def test_another_extension_can_take_its_place_in_each_group(create: Create, owner: User) -> None:
    gone, other, heir = create("121"), create("122"), create("123")
    team = Team.objects.create(name="Sales")
    TeamMember.objects.create(team=team, extension=gone, position=4)
    panel = KeyPanel.objects.create(extension=other)
    Key.objects.create(panel=panel, position=3, kind=KeyKind.PRESENCE, extension=gone)
    SpeedDial.objects.create(code="*1", label="Wei", number="121")
    row = forward(other, to=gone)

    delete_object(
        gone,
        by=owner,
        at=NOON,
        replacements={
            "teammember.extension": heir,
            "key.extension": heir,
            "speeddial.number": heir,
            "settingvalue.destination__extension": heir,
        },
    )

    assert TeamMember.objects.get(team=team).extension == heir
    assert TeamMember.objects.get(team=team).position == 4
    assert Key.objects.get(panel=panel).extension == heir
    assert SpeedDial.objects.get(code="*1").number == "123"
    assert Destination.objects.get(setting=row).extension == heir


def test_calls_can_be_led_to_something_of_another_kind(create: Create, owner: User) -> None:
    gone, other = create("121"), create("122")
    team = Team.objects.create(name="Sales", number="600")
    row = forward(other, to=gone)

    delete_object(
        gone,
        by=owner,
        at=NOON,
        replacements={"settingvalue.destination__extension": Target(DestinationKind.TEAM, team)},
    )

    destination = Destination.objects.get(setting=row)
    assert (destination.kind, destination.team, destination.extension) == ("team", team, None)


def test_nobody_is_forwarded_to_themselves(create: Create, owner: User) -> None:
    gone, other = create("121"), create("122")
    row = forward(other, to=gone)

    delete_object(gone, by=owner, at=NOON, replacements={"settingvalue.destination__extension": other})

    assert not SettingValue.objects.filter(pk=row.pk).exists()
    assert not Destination.objects.exists()


def test_a_member_who_is_there_already_is_not_doubled(create: Create, owner: User) -> None:
    gone, heir = create("121"), create("123")
    team = Team.objects.create(name="Sales")
    TeamMember.objects.create(team=team, extension=gone, position=0)
    TeamMember.objects.create(team=team, extension=heir, position=1)

    delete_object(gone, by=owner, at=NOON, replacements={"teammember.extension": heir})

    assert [one.extension for one in TeamMember.objects.filter(team=team)] == [heir]


def test_a_replacement_of_the_wrong_kind_is_refused(create: Create, owner: User) -> None:
    gone = create("121")
    team = Team.objects.create(name="Sales")
    TeamMember.objects.create(team=team, extension=gone, position=0)

    with pytest.raises(DoesNotFit) as refusal:
        delete_object(gone, by=owner, at=NOON, replacements={"teammember.extension": team})

    assert refusal.value.field == "teammember.extension"


def test_what_came_to_use_it_meanwhile_is_shown_first(create: Create, owner: User) -> None:
    gone = create("121")
    _groups, seen = dependants(gone)
    TeamMember.objects.create(team=Team.objects.create(name="Sales"), extension=gone, position=0)

    with pytest.raises(DependantsChanged):
        delete_object(gone, by=owner, at=NOON, expected=seen)

    assert Extension.objects.filter(pk=gone.pk).exists()


def test_a_schedule_goes_with_its_hours_and_its_users_inherit_again(create: Create, owner: User) -> None:
    schedule = Schedule.objects.create(name="Office")
    schedule.intervals.create(kind="open", weekday=0, starts=480, ends=1020)
    other = create("122")
    SettingValue.objects.create(level=Level.EXTENSION, extension=other, key="hours.schedule", schedule=schedule)
    leads_to = Destination.objects.create(kind="hangup")
    CallException.objects.create(extension=other, label="Mum", schedule=schedule, destination=leads_to)

    assert keys_of(schedule) == {"settingvalue.schedule", "callexception.schedule"}
    delete_object(schedule, by=owner, at=NOON)

    assert not Schedule.objects.filter(pk=schedule.pk).exists()
    assert (SettingValue.objects.filter(extension=other).count(), Destination.objects.count()) == (0, 0)


def test_the_log_says_what_went_and_hides_secrets(create: Create, owner: User) -> None:
    gone = create("121")
    Phone.objects.create(mac="aabbccddee01", model="x", extension=gone, created_at=NOON)

    delete_object(gone, by=owner, at=NOON)

    entry = LogEntry.objects.get(model="extensions.extension", object_pk=str(gone.pk), verb=Verb.DELETE)
    assert entry.changes["number"] == ["121", None]
    assert entry.changes["sip_password"] == ["changed", ""]
    moved = LogEntry.objects.filter(model="extensions.phone", verb=Verb.PUT).get()
    assert moved.changes["extension"] == [gone.pk, None]


def test_secrets_are_kept_as_the_database_held_them(create: Create, owner: User) -> None:
    gone = create("121")
    plain = gone.sip_password

    deletion = delete_object(gone, by=owner, at=NOON)

    assert plain not in str(Deletion.objects.get(pk=deletion.pk).rows)


def test_many_go_at_once_with_as_many_statements(create: Create, owner: User, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def] # fmt: skip
    ids = [create(str(number)).pk for number in range(131, 137)]

    with django_assert_max_num_queries(24):
        deletion = delete_objects(Extension, ids, by=owner, at=datetime(2026, 11, 20, 12, tzinfo=UTC))

    assert not Extension.objects.filter(pk__in=ids).exists()
    assert deletion.label == "Extension: 6 objects (Extension)"

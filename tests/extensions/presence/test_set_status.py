"""Setting a status: who may, what is written, how it ends (PRS-01, PRS-03, PRS-06)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from extensions.models import AgentStatus, Configuration, Extension, Presence, PresenceChange, StatusKind, StatusSource
from extensions.services.presence import (
    EndsTooEarly,
    ManagersOnly,
    StatusOff,
    Wish,
    key_action,
    set_status,
    set_statuses,
)
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from portal.core.bulk import SetChanged
from tests.extensions.conftest import NOON

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def desk(create: Callable[..., Extension]) -> Extension:
    return create("102")


def put(desk: Extension, kind: StatusKind, by: User, **facts: object) -> Presence:
    wish = Wish(kind, **{name: facts.pop(name) for name in ("until", "note") if name in facts})
    return set_status(extension=desk, wish=wish, by=by, **{"source": StatusSource.USER, "at": NOON, **facts})


@pytest.mark.feature("PRS-01")
@pytest.mark.parametrize("kind", [one for one in StatusKind if one not in (StatusKind.CUSTOM_1, StatusKind.CUSTOM_2)])
def test_every_status_that_is_in_use_can_be_set_by_the_person(desk: Extension, agent: User, kind: StatusKind) -> None:
    put(desk, StatusKind.BUSY if kind is not StatusKind.BUSY else StatusKind.AWAY, agent)

    assert put(desk, kind, agent).status.kind == kind


@pytest.mark.feature("PRS-01")
def test_the_two_custom_ones_are_off_until_somebody_switches_them_on(desk: Extension, agent: User) -> None:
    with pytest.raises(StatusOff) as refusal:
        put(desk, StatusKind.CUSTOM_1, agent)
    AgentStatus.objects.filter(kind="custom_1").update(enabled=True, label="Training")

    assert refusal.value.field == "status"
    assert put(desk, StatusKind.CUSTOM_1, agent).status.label == "Training"


@pytest.mark.feature("PRS-01")
def test_a_status_for_managers_only_is_refused_to_the_person_and_to_keys(
    desk: Extension, agent: User, manager: User
) -> None:
    AgentStatus.objects.filter(kind="logged_out").update(set_by_agent=False)

    for source in (StatusSource.USER, StatusSource.KEY):
        with pytest.raises(ManagersOnly):
            put(desk, StatusKind.LOGGED_OUT, agent, source=source)
    found = put(desk, StatusKind.LOGGED_OUT, manager, source=StatusSource.MANAGER, note="Went home ill")

    assert (found.status.kind, found.source, found.by) == ("logged_out", "manager", manager)


@pytest.mark.feature("PRS-03")
@pytest.mark.parametrize("source", list(StatusSource))
def test_each_change_stands_in_the_history_with_source_person_and_time(
    desk: Extension, manager: User, source: StatusSource
) -> None:
    put(desk, StatusKind.AWAY, manager, source=source, until=LATER, note="Lunch")

    [row] = PresenceChange.objects.filter(extension=desk)
    assert (row.before, row.after, row.source, row.by_name) == ("Available", "Away", source, "Manager")
    assert (row.at, row.until, row.note) == (NOON, LATER, "Lunch")


@pytest.mark.feature("PRS-03")
def test_the_same_status_again_changes_nothing_but_a_new_end_does(desk: Extension, agent: User) -> None:
    put(desk, StatusKind.AWAY, agent)
    put(desk, StatusKind.AWAY, agent, at=LATER)
    renewed = put(desk, StatusKind.AWAY, agent, at=LATER, until=LATER + timedelta(hours=1))

    assert PresenceChange.objects.filter(extension=desk).count() == 2
    assert (renewed.since, Presence.objects.filter(extension=desk).count()) == (NOON, 1)


@pytest.mark.feature("PRS-03")
def test_available_for_somebody_who_always_was_is_kept_without_a_line_in_the_history(
    desk: Extension, agent: User
) -> None:
    found = put(desk, StatusKind.AVAILABLE, agent)

    assert (found.status.kind, found.source, found.since) == ("available", "user", NOON)
    assert not PresenceChange.objects.exists()


@pytest.mark.feature("PRS-01")
def test_an_end_in_the_past_is_refused(desk: Extension, agent: User) -> None:
    with pytest.raises(EndsTooEarly) as refusal:
        put(desk, StatusKind.AWAY, agent, until=NOON)

    assert refusal.value.field == "until"


@pytest.mark.feature("PRS-06")
def test_the_status_and_what_it_does_to_team_and_queue_calls_reach_the_snapshot(desk: Extension, agent: User) -> None:
    before = Configuration.objects.get().version

    put(desk, StatusKind.AWAY, agent, until=LATER)

    now, afterwards = take_snapshot(at=NOON), take_snapshot(at=LATER)
    status = now.extensions[desk.pk].status
    assert (status.kind, status.rings_team, status.takes_queue) == (StatusKind.AWAY, True, False)
    assert afterwards.extensions[desk.pk].status.kind == StatusKind.AVAILABLE
    assert now.version == before + 1


@pytest.mark.feature("PRS-06", "BLF-02")
def test_the_key_toggles_between_its_status_and_available(desk: Extension, agent: User) -> None:
    pressed = [key_action(extension=desk, kind=StatusKind.DND, by=agent, at=NOON).status.kind for _press in range(3)]

    assert pressed == ["dnd", "available", "dnd"]
    assert set(PresenceChange.objects.values_list("source", flat=True)) == {"key"}


@pytest.mark.feature("PRS-06")
def test_a_key_counts_a_status_that_is_over_as_available(desk: Extension, agent: User) -> None:
    put(desk, StatusKind.DND, agent, until=LATER)

    again = key_action(extension=desk, kind=StatusKind.DND, by=agent, at=LATER + timedelta(minutes=1))

    assert (again.status.kind, again.until) == ("dnd", None)


@pytest.mark.feature("PRS-01", "PRS-03")
def test_a_manager_sets_many_at_once_in_as_many_statements_as_one(
    desk: Extension, create: Callable[..., Extension], manager: User, django_assert_max_num_queries: Callable
) -> None:
    for number in range(200, 210):
        create(str(number))
    rows = Extension.objects.all()

    with django_assert_max_num_queries(18):  # four of them record, once for all, that the PBX must learn it
        changed = set_statuses(rows=rows, expected=12, wish=Wish(StatusKind.AWAY, note="Meeting"), by=manager, at=NOON)

    assert changed == 12
    assert PresenceChange.objects.filter(source="manager", by_name="Manager", note="Meeting").count() == 12


def test_a_set_that_changed_meanwhile_is_refused(desk: Extension, manager: User) -> None:
    with pytest.raises(SetChanged):
        set_statuses(rows=Extension.objects.all(), expected=1, wish=Wish(StatusKind.AWAY), by=manager, at=NOON)

    assert not Presence.objects.exists()

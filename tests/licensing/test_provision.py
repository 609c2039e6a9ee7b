"""Provisioning a range, and giving it to people (LIC-02 to LIC-06)."""

from collections.abc import Callable

import pytest

from extensions.models import Extension, ExtensionState
from extensions.services.numbers import EmergencyNumber, NumberTaken
from extensions.services.range import RangeTooLong
from licensing.capacity import NotEnoughLicences
from licensing.models import Pool
from licensing.services.provision import assign_users, preview_range, provision_range
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.errors import Refusals
from tests.licensing.conftest import NOON

pytestmark = pytest.mark.usefixtures("exact")


def provision(first: str, count: int, owner: User, *, skip_used: bool = False) -> list[str]:
    made = provision_range(first=first, count=count, skip_used=skip_used, by=owner, at=NOON)
    return [extension.number for extension in made]


@pytest.mark.feature("LIC-04")
def test_numbers_grow_a_digit_where_they_must(bought: Callable[..., None], owner: User) -> None:
    bought(phone_system=4)

    assert provision("9998", 3, owner) == ["9998", "9999", "10000"]
    assert Pool.objects.get(sku="phone_system").used == 4
    assert set(Extension.objects.exclude(number="101").values_list("state", flat=True)) == {ExtensionState.UNASSIGNED}


@pytest.mark.feature("LIC-05")
def test_a_range_with_a_used_number_is_refused_as_a_whole_and_names_it(
    create: Callable[..., Extension], bought: Callable[..., None], owner: User
) -> None:
    create("203")

    with pytest.raises(NumberTaken, match="203"):
        provision("201", 5, owner)
    with pytest.raises(EmergencyNumber):
        provision("910", 3, owner)

    assert Extension.objects.count() == 2


@pytest.mark.feature("LIC-05")
def test_used_numbers_are_skipped_when_asked(create: Callable[..., Extension], owner: User) -> None:
    create("203")

    assert provision("202", 3, owner, skip_used=True) == ["202", "204", "205"]


@pytest.mark.feature("LIC-05")
@pytest.mark.parametrize(("first", "count"), [("99998", 3), ("201", 0), ("201", 5001)])
def test_a_range_beyond_the_numbers_is_refused(owner: User, first: str, count: int) -> None:
    with pytest.raises(RangeTooLong):
        provision(first, count, owner)


@pytest.mark.feature("LIC-05")
def test_too_few_licences_refuse_the_whole_range(bought: Callable[..., None], owner: User) -> None:
    bought(phone_system=3)

    with pytest.raises(NotEnoughLicences, match="5 licenses are needed, 2 are free"):
        provision("201", 5, owner)

    assert Extension.objects.count() == 1


@pytest.mark.feature("LIC-05")
def test_the_preview_says_all_of_that_before(create: Callable[..., Extension], bought: Callable[..., None]) -> None:
    create("203")
    bought(phone_system=5)

    clash = preview_range(first="201", count=4, skip_used=False)
    fine = preview_range(first="201", count=3, skip_used=True)
    short = preview_range(first="301", count=4, skip_used=False)
    beyond = preview_range(first="99999", count=2, skip_used=False)

    assert [(one.number, one.what) for one in clash.clashes] == [("203", "Extension")]
    assert not clash.is_possible
    assert (fine.numbers, fine.left, fine.is_possible) == (["201", "202", "204"], 0, True)
    assert (short.shortage.have, short.shortage.need) == (3, 4)
    assert "only 1 numbers" in beyond.problem


@pytest.mark.feature("LIC-06")
def test_users_are_assigned_by_set_and_name_what_had_only_a_number(owner: User, manager: User, agent: User) -> None:
    first, second, third = provision_range(first="201", count=3, skip_used=False, by=owner, at=NOON)

    done = assign_users(users={first.pk: manager.pk, second.pk: agent.pk}, by=owner)

    assert len(done) == 2
    first.refresh_from_db()
    assert (first.user_id, first.state, first.email) == (manager.pk, ExtensionState.ACTIVE, manager.email)
    assert first.directory_name == manager.display_name
    third.refresh_from_db()
    assert third.state == ExtensionState.UNASSIGNED
    told = LogEntry.objects.filter(model="extensions.extension", object_pk=str(first.pk)).order_by("-pk").first()
    assert told.changes["user"][1] == manager.pk


@pytest.mark.feature("LIC-06")
def test_nobody_gets_a_second_extension_and_no_extension_a_second_user(
    create: Callable[..., Extension], owner: User, manager: User, agent: User
) -> None:
    held = create("150", email=agent.email)
    first, second = provision_range(first="201", count=2, skip_used=False, by=owner, at=NOON)

    with pytest.raises(Refusals) as refused:
        assign_users(users={first.pk: agent.pk, held.pk: manager.pk, second.pk: manager.pk}, by=owner)

    assert set(refused.value.errors) == {f"extension_{pk}" for pk in (first.pk, held.pk, second.pk)}
    first.refresh_from_db()
    assert first.user_id is None

"""Order, filling and sorting (BLF-02)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension, Key, KeyPanel, Phone, Team
from extensions.services.keys.fill import Filled, NobodyToAdd, fill_keys
from extensions.services.keys.order import NotAnOrder, reorder_keys, sort_keys
from extensions.services.keys.panels import KeyLocked, panel_for
from extensions.services.settings import change_settings
from extensions.settings.subjects import Subject
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tests.extensions.conftest import reads
from tests.extensions.keys.conftest import colleague, labels

Put = Callable[..., Key]
PAGE = range(9)


@pytest.fixture
def three(desk: Extension, sales: Team, put: Put) -> KeyPanel:
    """Key 1 a line, key 2 Ravi, key 4 Mei."""
    put(desk, 0, "line")
    put(desk, 1, "presence", "103")
    put(desk, 3, "presence", "102")
    return panel_for(desk)


@pytest.mark.feature("BLF-02")
def test_dragged_keys_stand_in_their_new_order(three: KeyPanel, owner: User) -> None:
    moved = reorder_keys(
        panel=three, positions=PAGE, order=[3, 0, 1, 2, 4, 5, 6, 7, 8], by=owner, version=three.version
    )

    assert moved == 3
    assert labels(three) == {0: "102", 1: "line", 2: "103"}
    assert LogEntry.objects.filter(model="extensions.key", verb="put").count() >= 3


@pytest.mark.feature("BLF-02")
@pytest.mark.parametrize(
    "order",
    [
        [0, 0, 2, 3, 4, 5, 6, 7, 8],
        [0, 1, 2, 3, 4, 5, 6, 7],
        [0, 1, 2, 3, 4, 5, 6, 7, 9],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 8],
        [],
    ],
)
def test_an_order_that_names_a_key_twice_or_misses_one_is_refused(
    three: KeyPanel, owner: User, order: list[int]
) -> None:
    with pytest.raises(NotAnOrder):
        reorder_keys(panel=three, positions=PAGE, order=order, by=owner)

    assert labels(three) == {0: "line", 1: "103", 3: "102"}


@pytest.mark.feature("BLF-02")
def test_sorting_by_label_leaves_lines_where_they_are(three: KeyPanel, put: Put, desk: Extension, owner: User) -> None:
    put(desk, 5, "voicemail", label="Aaa")

    moved = sort_keys(panel=three, by=owner)

    assert moved == 2
    assert labels(three) == {0: "line", 1: "voicemail", 3: "102", 5: "103"}
    assert sort_keys(panel=three, by=owner) == 0


@pytest.mark.feature("BLF-02")
def test_locked_keys_bind_people_who_order_their_own(three: KeyPanel, put: Put, desk: Extension, owner: User) -> None:
    put(desk, 1, "presence", "103", locked=True)

    with pytest.raises(KeyLocked):
        reorder_keys(panel=three, positions=PAGE, order=[1, 0, 2, 3, 4, 5, 6, 7, 8], by=owner, respect_locks=True)
    sort_keys(panel=three, by=owner, respect_locks=True)

    assert labels(three)[1] == "103"


@pytest.mark.feature("BLF-02")
def test_a_team_fills_the_free_keys_in_ring_order_without_oneself(
    desk: Extension, sales: Team, put: Put, owner: User
) -> None:
    put(desk, 0, "line")

    filled = fill_keys(panel=panel_for(desk), team=sales, by=owner)

    assert filled == Filled(added=2, unfitting=0, hidden=0)
    assert labels(panel_for(desk)) == {0: "line", 1: "103", 2: "102"}
    assert LogEntry.objects.filter(model="extensions.key", verb="post").count() >= 3


@pytest.mark.feature("BLF-02", "BLF-06")
def test_everybody_else_gets_a_key_once_and_hidden_colleagues_none(
    desk: Extension, sales: Team, mei: Extension, put: Put, owner: User
) -> None:
    put(desk, 5, "presence", "103")
    change_settings(subject=Subject(extension=mei), values={"monitoring.visibility": "hidden"}, by=owner)
    colleague("104", "Ana")

    filled = fill_keys(panel=panel_for(desk), team=None, by=owner)

    assert filled == Filled(added=1, unfitting=0, hidden=1)
    assert labels(panel_for(desk)) == {0: "104", 5: "103"}


@pytest.mark.feature("BLF-02", "BLF-05")
def test_who_finds_no_free_key_is_told(desk: Extension, sales: Team, owner: User, put: Put) -> None:
    Phone.objects.filter(extension=desk).update(model="poly-vvx250")
    for position in (0, 1, 2):
        put(desk, position, "line")

    filled = fill_keys(panel=panel_for(desk), team=sales, by=owner)

    assert (filled.added, filled.unfitting) == (1, 1)
    with pytest.raises(NobodyToAdd, match="No key is free"):
        fill_keys(panel=panel_for(desk), team=sales, by=owner)


@pytest.mark.feature("BLF-02")
def test_a_team_that_is_there_already_adds_nobody(desk: Extension, sales: Team, owner: User) -> None:
    fill_keys(panel=panel_for(desk), team=sales, by=owner)

    with pytest.raises(NobodyToAdd, match="nobody to add"):
        fill_keys(panel=panel_for(desk), team=sales, by=owner)


def test_filling_needs_as_many_queries_for_two_members_as_for_twenty(desk: Extension, sales: Team, owner: User) -> None:
    with CaptureQueriesContext(connection) as few:
        fill_keys(panel=panel_for(desk), team=sales, by=owner)
    Key.objects.all().delete()
    many = Team.objects.create(name="Many")
    for number in range(200, 220):
        many.memberships.create(extension=colleague(str(number), f"Desk {number}"), position=number)

    with CaptureQueriesContext(connection) as captured:
        fill_keys(panel=panel_for(desk), team=many, by=owner)

    assert reads(captured) <= reads(few)

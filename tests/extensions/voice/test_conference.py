"""Conference rooms: number, name, PIN, members, and the pages about them (CONF-01)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.limit_words import LimitReached
from extensions.models import ConferenceRoom, Extension
from extensions.services.conference.rooms import (
    NobodyToWaitFor,
    RoomNameTaken,
    change_members,
    create_room,
    edit_room,
    renew_room_pin,
    set_room_pin,
)
from extensions.services.conference.selectors import candidates, members_of
from extensions.services.deletion import delete_object, undo_deletion
from extensions.services.destinations import DestinationKind, find_target
from extensions.services.numbers import NumberTaken
from extensions.services.pins import BadPin, demand_good_pin
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.errors import ManagementInstance
from portal.core.versions import ChangedMeanwhile
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]
GIVEN = {"number": "900", "name": "Board room", "most": 20, "announce": True, "wait_for_member": False}
TYPED = {"number": "900", "name": "Board room", "most": "20", "announce": "on"}


@pytest.fixture
def board(inside_alpha: Tenant, owner: User) -> ConferenceRoom:
    return create_room(**GIVEN, with_pin=True, by=owner)


@pytest.fixture
def room(alpha: Tenant, owner: User) -> ConferenceRoom:
    with inside(alpha):
        return create_room(**GIVEN, with_pin=False, by=owner)


def edit(room: ConferenceRoom, by: User, version: int | None = None, **changed: object) -> ConferenceRoom:
    return edit_room(room=room, version=version, by=by, **GIVEN | changed)


@pytest.mark.feature("CONF-01")
def test_a_room_is_made_with_a_good_pin_and_can_be_a_destination(board: ConferenceRoom) -> None:
    demand_good_pin(board.pin, own_number="900")

    assert find_target(DestinationKind.CONFERENCE, "900", field="").object == board
    assert not any(board.pin in str(entry.changes) for entry in LogEntry.objects.all())


@pytest.mark.feature("CONF-01", "TEN-06")
def test_number_and_name_are_its_own(board: ConferenceRoom, owner: User) -> None:
    with pytest.raises(NumberTaken):
        create_room(**GIVEN | {"number": "101"}, with_pin=False, by=owner)
    with pytest.raises(RoomNameTaken) as refusal:
        create_room(**GIVEN | {"number": "901", "name": "BOARD ROOM"}, with_pin=False, by=owner)
    assert refusal.value.field == "name"


@pytest.mark.feature("CONF-01", "TEN-06")
def test_the_tenants_limit_of_rooms_holds(board: ConferenceRoom, owner: User) -> None:
    connection.tenant.limits = {"conference_rooms": 1}

    with pytest.raises(LimitReached):
        create_room(**GIVEN | {"number": "901", "name": "Second"}, with_pin=False, by=owner)


@pytest.mark.feature("CONF-01", "PLT-02")
def test_the_management_instance_has_no_rooms(db: None, olivia: User) -> None:
    with pytest.raises(ManagementInstance):
        create_room(**GIVEN, with_pin=False, by=olivia)


@pytest.mark.feature("CONF-01")
def test_editing_keeps_pin_and_members(board: ConferenceRoom, owner: User) -> None:
    pin, extension = board.pin, Extension.objects.get(number="101")
    change_members(room=board, add=[extension.pk], remove=[], by=owner)

    edit(board, owner, 1, number="901", most=5, wait_for_member=True)

    now = ConferenceRoom.objects.get(pk=board.pk)
    assert (now.number, now.most, now.wait_for_member, now.pin) == ("901", 5, True, pin)
    assert list(members_of(now)) == [extension]
    with pytest.raises(ChangedMeanwhile):
        edit(board, owner, 1)


@pytest.mark.feature("CONF-01")
def test_guests_never_wait_for_nobody(board: ConferenceRoom, owner: User) -> None:
    extension = Extension.objects.get(number="101")
    with pytest.raises(NobodyToWaitFor) as refusal:
        edit(board, owner, wait_for_member=True)
    assert refusal.value.field == "wait_for_member"

    change_members(room=board, add=[extension.pk, 999999], remove=[], by=owner)
    edit(board, owner, wait_for_member=True)
    with pytest.raises(NobodyToWaitFor):
        change_members(room=board, add=[], remove=[extension.pk], by=owner)


@pytest.mark.feature("CONF-01")
def test_members_are_changed_by_what_was_seen_and_each_stands_in_the_log(board: ConferenceRoom, owner: User) -> None:
    Extension.objects.bulk_create(
        Extension(number=str(n), directory_name=f"Desk {n}", sip_username=f"desk{n}", created_at=NOON)
        for n in range(200, 270)
    )
    ids = dict(Extension.objects.values_list("number", "pk"))
    change_members(room=board, add=[ids["200"], ids["201"]], remove=[], by=owner)
    change_members(room=board, add=[ids["200"], ids["269"]], remove=[ids["201"]], by=owner)

    assert [one.number for one in members_of(board)] == ["200", "269"]
    assert LogEntry.objects.filter(table="Conference member").count() == 4
    found = candidates(board, "")
    assert [one.number for one in found.shown[:3]] == ["200", "269", "101"]
    assert (len(found.shown), found.more) == (60, True)
    assert [one.number for one in candidates(board, "desk 25").shown] == [str(n) for n in range(250, 260)]


@pytest.mark.feature("CONF-01")
def test_a_pin_is_chosen_removed_and_made_anew(board: ConferenceRoom, owner: User) -> None:
    before = board.pin

    with pytest.raises(BadPin):
        set_room_pin(room=board, pin="0900", by=owner)
    assert set_room_pin(room=board, pin="284613", by=owner).pin == "284613"
    assert set_room_pin(room=board, pin="", by=owner).pin == ""
    assert renew_room_pin(room=board, by=owner).pin not in ("", before)


@pytest.mark.feature("CONF-01", "UXP-07")
def test_a_deleted_room_comes_back_with_its_members(board: ConferenceRoom, owner: User) -> None:
    extension = Extension.objects.get(number="101")
    change_members(room=board, add=[extension.pk], remove=[], by=owner)

    deletion = delete_object(board, by=owner, at=NOON)
    assert not ConferenceRoom.objects.exists()
    undo_deletion(deletion=deletion, by=owner, at=NOON)

    assert list(members_of(ConferenceRoom.objects.get())) == [extension]


@pytest.mark.feature("CONF-01")
def test_the_form_shows_the_new_pin_once(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    answer = browser.post("/conference/new/", TYPED | {"with_pin": "on"})
    with inside(alpha):
        pin = ConferenceRoom.objects.get().pin
    first, second = (browser.get(answer["Location"]).content.decode() for _look in range(2))

    assert pin in first
    assert pin not in second
    renewed = browser.post(f"{answer['Location']}pin/renew/", follow=True).content.decode()
    assert "shown this once" in renewed
    assert pin not in renewed


@pytest.mark.feature("CONF-01")
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("number", "101", "already in use"),
        ("number", "9", "3 to 5 digits"),
        ("name", "", "required"),
        ("name", "a\x00", "cannot be kept"),
        ("most", "1", "Use 2 or more"),
        ("most", "201", "Use 200 or less"),
    ],
)
def test_wrong_input_gets_a_sentence(
    browser_of: Browser, alpha: Tenant, owner: User, field: str, typed: str, sentence: str
) -> None:
    answer = browser_of(owner, alpha).post("/conference/new/", TYPED | {field: typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.feature("CONF-01", "UXP-05")
def test_the_pages_edit_set_a_pin_and_pick_members(
    browser_of: Browser, alpha: Tenant, owner: User, room: ConferenceRoom
) -> None:
    browser, page = browser_of(owner, alpha), f"/conference/{room.pk}/"
    with inside(alpha):
        pk = Extension.objects.get(number="101").pk

    saved = browser.post(f"{page}edit/", TYPED | {"name": "Small room", "version": "1"})
    late = browser.post(f"{page}edit/", TYPED | {"version": "1"})
    waiting = browser.post(f"{page}edit/", TYPED | {"wait_for_member": "on", "version": "2"})
    easy = browser.post(f"{page}pin/", {"pin": "1234"})
    ticked = browser.post(f"{page}members/", {"shown": [pk], "members": [pk]})
    strange = browser.post(f"{page}members/", {"shown": [pk], "members": ["x"]})

    answers = (saved, late, waiting, easy, ticked, strange)
    assert [one.status_code for one in answers] == [302, 409, 422, 422, 302, 422]
    assert "no members yet" in waiting.content.decode()
    assert 'href="/extensions/101/"' in browser.get(page).content.decode()
    assert " checked" in browser.get(f"{page}members/?q=10").content.decode()
    assert "No extension has this number" in browser.get(f"{page}members/?q=%00zzz").content.decode()
    browser.post(f"{page}members/", {"shown": [pk]})
    assert "None. Without members" in browser.get(page).content.decode()


@pytest.mark.feature("CONF-01", "UXP-07")
def test_a_room_is_deleted_after_a_look(browser_of: Browser, alpha: Tenant, owner: User, room: ConferenceRoom) -> None:
    browser = browser_of(owner, alpha)

    asked = browser.get(f"/conference/{room.pk}/delete/")

    assert asked.status_code == 200
    assert "Board room" in asked.content.decode()


@pytest.mark.feature("CONF-01", "ROL-07")
def test_who_may_do_what(
    browser_of: Browser, alpha: Tenant, beta: Tenant, manager: User, agent: User, stranger: User, room: ConferenceRoom
) -> None:
    verbs = ("edit/", "pin/", "members/", "delete/")

    assert browser_of(agent, alpha).get("/conference/").status_code == 403
    assert "Board room" in browser_of(manager, alpha).get("/conference/?q=boa").content.decode()
    assert {browser_of(manager, alpha).get(f"/conference/{room.pk}/{verb}").status_code for verb in verbs} == {403}
    assert {browser_of(stranger, beta).get(f"/conference/{room.pk}/{verb}").status_code for verb in verbs} == {404}


def test_the_list_needs_the_same_queries_for_1_and_50_rows(
    browser_of: Browser, alpha: Tenant, owner: User, room: ConferenceRoom
) -> None:
    browser = browser_of(owner, alpha)
    browser.get("/conference/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/conference/")
    with inside(alpha):
        ConferenceRoom.objects.bulk_create(ConferenceRoom(number=str(n), name=f"Room {n}") for n in range(300, 349))
    with CaptureQueriesContext(connection) as fifty:
        browser.get("/conference/")

    assert len(one) == len(fifty)
    assert reads(fifty) <= 8

"""The pages about shared parking (PRK-01 to PRK-03, PRK-05)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension, Key, ParkingLot, ParkingSlot, SpeedDial, Team
from extensions.services.parking.lot import set_up_parking
from extensions.services.parking.place import put_slot_on_keys
from extensions.services.parking.ranges import SlotRange
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads

Browser = Callable[[User | None, Tenant], Client]
TYPED = {
    "number": "800", "first": "801", "count": "10", "timeout": "900", "returns_to": "parker",
    "destination_0": "", "destination_1": "", "version": "1",
}  # fmt: skip


@pytest.fixture
def lot(alpha: Tenant, owner: User) -> ParkingLot:
    with inside(alpha):
        return set_up_parking(wanted=SlotRange("800", "801", 10), by=owner)


@pytest.mark.feature("PRK-01", "PRK-02")
def test_one_click_sets_parking_up(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    assert "Create slots 801–810" in browser.get("/parking/").content.decode()

    page = browser.post("/parking/new/", follow=True).content.decode()

    assert "Shared parking set up." in page
    assert "This telephone system is on no PBX yet." in page
    assert page.count('class="slot is-unknown"') == 10
    assert page.count("No data") == 20  # the picture and its table
    assert "Shared parking is set up already." in browser.post("/parking/new/", follow=True).content.decode()


@pytest.mark.feature("PRK-02")
def test_where_no_hundred_is_free_a_sentence_says_so(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        for start in (800, 700, 900, 600, 500, 400, 300, 200, 8000, 7000, 9000, 6000):
            Team.objects.create(name=f"Team {start}", number=str(start))
    browser = browser_of(owner, alpha)

    assert "none of these hundreds is free" in browser.get("/parking/").content.decode()
    assert "No hundred of numbers is free" in browser.post("/parking/new/", follow=True).content.decode()


@pytest.mark.feature("PRK-02", "PRK-03")
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"count": "0"}, "Use 1 or more"),
        ({"count": "100"}, "Use 99 or less"),
        ({"timeout": "14"}, "Use 15 or more"),
        ({"timeout": "3601"}, "Use 3600 or less"),
        ({"first": "95"}, "3 to 5 digits"),
        ({"first": "101", "count": "1"}, "already in use"),
        ({"number": "995"}, "emergency"),
        ({"number": "805"}, "lies among the slots"),
        ({"returns_to": "destination"}, "where calls return to"),
        ({"returns_to": "destination", "destination_0": "extension", "destination_1": "999"}, "no extension “999”"),
        ({"returns_to": "nowhere"}, "not in this list"),
    ],
)
def test_wrong_input_gets_a_sentence_and_keeps_what_was_typed(
    browser_of: Browser, alpha: Tenant, owner: User, lot: ParkingLot, changed: dict, sentence: str
) -> None:
    answer = browser_of(owner, alpha).post("/parking/edit/", TYPED | {"number": "899"} | changed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="899"' in page or "number" in changed


@pytest.mark.feature("PRK-03", "UXP-05")
def test_time_and_return_are_changed_and_a_late_save_sees_both(
    browser_of: Browser, alpha: Tenant, owner: User, lot: ParkingLot
) -> None:
    browser = browser_of(owner, alpha)
    assert '<input type="hidden" name="version" value="1"' in browser.get("/parking/edit/").content.decode()
    typed = TYPED | {
        "timeout": "60", "returns_to": "destination", "destination_0": "extension", "destination_1": "101",
    }  # fmt: skip

    assert browser.post("/parking/edit/", typed).status_code == 302
    page = browser.get("/parking/").content.decode()
    assert "60 seconds" in page
    assert "Extension: 101" in page
    late = browser.post("/parking/edit/", TYPED | {"timeout": "30"})
    assert late.status_code == 409
    assert "Saved now" in late.content.decode()


@pytest.mark.feature("PRK-02", "PRK-05")
def test_a_smaller_range_lists_the_keys_and_asks_before_it_takes_them_off(
    browser_of: Browser, alpha: Tenant, owner: User, lot: ParkingLot
) -> None:
    with inside(alpha):
        slot, extension = ParkingSlot.objects.get(number="810"), Extension.objects.get(number="101")
        put_slot_on_keys(slot=slot, extensions=[extension], by=owner)
    browser, smaller = browser_of(owner, alpha), TYPED | {"count": "5"}
    assert "take_off" not in browser.get("/parking/edit/").content.decode()

    refused = browser.post("/parking/edit/", smaller)
    taken = browser.post("/parking/edit/", smaller | {"take_off": "on"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert f"810 (key of {extension})" in refused.content.decode()
    assert "take_off" in refused.content.decode()
    with inside(alpha):
        assert (ParkingSlot.objects.count(), Key.objects.count()) == (5, 0)


@pytest.mark.feature("PRK-01")
def test_slots_are_labelled(browser_of: Browser, alpha: Tenant, owner: User, lot: ParkingLot) -> None:
    browser = browser_of(owner, alpha)
    labels = {str(n): "" for n in range(801, 811)} | {"801": "Sales <b>", "version": "1"}

    assert browser.post("/parking/labels/", labels | {"802": "x" * 31}).status_code == 422
    assert browser.post("/parking/labels/", labels).status_code == 302
    assert "Sales &lt;b&gt;" in browser.get("/parking/").content.decode()
    assert browser.post("/parking/labels/", labels | {"801": "Other"}).status_code == 409


@pytest.mark.feature("PRK-05")
def test_a_slot_is_placed_on_keys_and_on_a_speed_dial(
    browser_of: Browser, alpha: Tenant, owner: User, lot: ParkingLot
) -> None:
    browser = browser_of(owner, alpha)

    unknown = browser.post("/parking/slots/803/keys/", {"extensions": "101, 999"})
    placed = browser.post("/parking/slots/803/keys/", {"extensions": "101 101"})
    wrong = browser.post("/parking/slots/803/speed-dial/", {"code": "3", "label": "Parking"})
    dialled = browser.post("/parking/slots/803/speed-dial/", {"code": "*3", "label": "Parking"})

    assert [one.status_code for one in (unknown, placed, wrong, dialled)] == [422, 302, 422, 302]
    assert "no extension 999" in unknown.content.decode()
    with inside(alpha):
        assert Key.objects.get().slot.number == SpeedDial.objects.get().number == "803"
    page = browser.get("/parking/").content.decode()
    assert "key of 101" in page
    assert "speed dial *3" in page


@pytest.mark.feature("PRK-01", "ROL-07")
def test_who_may_do_what(
    browser_of: Browser, alpha: Tenant, beta: Tenant, manager: User, agent: User, stranger: User, lot: ParkingLot
) -> None:
    changing = ("edit/", "labels/", "delete/", "slots/801/keys/")

    assert browser_of(agent, alpha).get("/parking/").status_code == 403
    page = browser_of(manager, alpha).get("/parking/").content.decode()
    assert "801" in page
    assert "/parking/edit/" not in page
    assert {browser_of(manager, alpha).get(f"/parking/{verb}").status_code for verb in changing} == {403}
    assert {browser_of(stranger, beta).get(f"/parking/{verb}").status_code for verb in changing} == {404}


def test_the_board_needs_the_same_queries_for_1_and_99_slots(
    browser_of: Browser, alpha: Tenant, owner: User, lot: ParkingLot
) -> None:
    browser = browser_of(owner, alpha)
    browser.get("/parking/")
    with CaptureQueriesContext(connection) as ten:
        browser.get("/parking/")
    browser.post("/parking/edit/", TYPED | {"count": "99"})
    browser.get("/parking/")
    with CaptureQueriesContext(connection) as many:
        browser.get("/parking/")

    assert len(ten) == len(many)
    assert reads(many) <= 8

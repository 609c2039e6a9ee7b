"""Pages and files of speed dials (SPD-01 to SPD-03)."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.imports.checked import NotAsChecked
from extensions.models import Extension, Key, KeyPanel, SpeedDial
from extensions.services.speed_dials.importing import (
    check_speed_dials,
    commit_speed_dials,
    read_speed_dials,
)
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads

Browser = Callable[[User | None, Tenant], Client]
TYPED = {"code": "7", "label": "Taxi", "number": "6123 4567"}


def stored(alpha: Tenant) -> list[tuple[str, str, str, bool]]:
    with inside(alpha):
        dials = SpeedDial.objects.order_by("extension_id", "code")
        return [(dial.code, dial.label, dial.number, dial.extension_id is not None) for dial in dials]


@pytest.mark.feature("SPD-01", "SPD-02")
@pytest.mark.parametrize(("base", "personal"), [("/speed-dials/", False), ("/extensions/101/speed-dials/", True)])
def test_shared_and_personal_ones_have_the_same_pages(
    browser_of: Browser, alpha: Tenant, owner: User, base: str, personal: bool
) -> None:
    browser = browser_of(owner, alpha)

    made = browser.post(f"{base}new/", TYPED)
    twice = browser.post(f"{base}new/", TYPED)
    with inside(alpha):
        pk = SpeedDial.objects.get().pk
    wrong = browser.post(f"{base}{pk}/", {**TYPED, "number": "555"})
    late = browser.post(f"{base}{pk}/", {**TYPED, "label": "Cab", "version": "9"})
    changed = browser.post(f"{base}{pk}/", {**TYPED, "label": "Cab", "version": "1"})
    listed = browser.get(base).content.decode()
    asked = browser.get(f"{base}{pk}/delete/")
    other = browser.get(f"/extensions/101/speed-dials/{pk}/" if not personal else f"/speed-dials/{pk}/")

    assert (made.status_code, made["Location"]) == (302, base)
    assert (twice.status_code, wrong.status_code, late.status_code, changed.status_code) == (422, 422, 409, 302)
    assert "Nothing here has the number 555." in wrong.content.decode()
    assert "Cab" in listed
    assert "+65 6123 4567" in listed
    assert asked.status_code == 200
    assert other.status_code == 404  # each in its own scope
    assert stored(alpha) == [("*7", "Cab", "+6561234567", personal)]


@pytest.mark.feature("SPD-02")
def test_a_shared_one_that_a_personal_one_replaces_says_so(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/speed-dials/new/", TYPED)
    browser.post("/extensions/101/speed-dials/new/", {**TYPED, "label": "My taxi"})

    page = browser.get("/extensions/101/speed-dials/").content.decode()

    assert "Shared, replaced by a personal one" in page
    assert "Personal" in page


@pytest.mark.feature("SPD-03")
@pytest.mark.parametrize("base", ["/speed-dials/", "/extensions/101/speed-dials/"])
def test_an_export_comes_back_in_unchanged(browser_of: Browser, alpha: Tenant, owner: User, base: str) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        desk = Extension.objects.get(number="101") if "101" in base else None
        for code, label, number in (
            ("*1", "=SUM(1)", "+6561234567"),
            ("*20", 'Übersee; "west"', "101"),
            ("*3", "-x", "995"),
        ):
            SpeedDial.objects.create(extension=desk, code=code, label=label, number=number)
    before = stored(alpha)

    exported = b"".join(browser.get(f"{base}?export=csv&columns=code,label,number").streaming_content)
    with inside(alpha):
        SpeedDial.objects.all().delete()
    checked = browser.post(f"{base}import/", {"file": SimpleUploadedFile("dials.csv", exported)})
    done = browser.post(f"{base}import/commit/", checked.context["kept"].initial)

    assert exported.decode("utf-8-sig").splitlines()[0] == "code,label,number"
    assert (done.status_code, done["Location"]) == (302, base)
    assert stored(alpha) == before


@pytest.mark.feature("SPD-03")
def test_the_check_tells_everything_that_is_wrong(inside_alpha: Tenant, owner: User) -> None:
    rows = read_speed_dials(
        b"code;label;number\n*100;Far;+6561234567\n7;Taxi;555\n07;Cab;12\n*8;Pickup;+6561234567\n9;;call me\n5;"
        + b"x" * 61 + b";101\n4;Fine;6123 4567\n"
    )  # fmt: skip

    checked = check_speed_dials(rows)

    assert [(one.line, one.column, one.sentence) for one in checked.problems] == [
        (2, "Code", "Use a code from *0 to *99."),
        (3, "Code", "This code stands in the file more than once."),
        (3, "Number", "Nothing here has the number 555."),
        (4, "Code", "This code stands in the file more than once."),
        (4, "Number", "Use 3 to 15 digits, with or without a leading +."),
        (5, "Code", "*8 is in use as a feature code: Pick up a team's call."),
        (6, "Label", "Type a label."),
        (6, "Number", "Use 3 to 15 digits, with or without a leading +."),
        (7, "Label", "Use at most 60 characters."),
    ]
    assert checked.good == [(8, {"code": "*4", "label": "Fine", "number": "+6561234567"})]


@pytest.mark.feature("SPD-03")
def test_codes_that_exist_are_changed_and_each_change_is_logged(inside_alpha: Tenant, owner: User) -> None:
    SpeedDial.objects.create(code="*7", label="Old", number="101")
    kept = SpeedDial.objects.create(code="*6", label="Kept", number="101")
    rows = read_speed_dials(b"code,label,number\n7,New,+6561234567\n5,Other,101\n")

    assert commit_speed_dials(extension=None, rows=rows, expected=2, by=owner) == 2
    with pytest.raises(NotAsChecked):
        commit_speed_dials(extension=None, rows=rows, expected=3, by=owner)

    found = dict(SpeedDial.objects.values_list("code", "label"))
    assert found == {"*7": "New", "*5": "Other", "*6": kept.label}
    assert LogEntry.objects.filter(model="extensions.speeddial").count() >= 4


@pytest.mark.feature("SPD-01", "TEN-13")
def test_deleting_one_asks_about_the_keys_that_dial_it(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        dial = SpeedDial.objects.create(code="*7", label="Taxi", number="101")
        panel = KeyPanel.objects.create(extension=Extension.objects.get(number="101"))
        Key.objects.create(panel=panel, position=4, kind="speed_dial", speed_dial=dial)

    page = browser.get(f"/speed-dials/{dial.pk}/delete/").content.decode()

    assert "key 5" in page


@pytest.mark.parametrize(("who", "status"), [("manager", 200), ("agent", 403)])
def test_who_may_only_look_changes_nothing(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, who: str, status: int
) -> None:
    browser = browser_of(request.getfixturevalue(who), alpha)

    assert browser.get("/speed-dials/").status_code == status
    assert browser.get("/extensions/101/speed-dials/").status_code == status
    assert browser.post("/speed-dials/new/", TYPED).status_code == 403
    assert browser.post("/extensions/101/speed-dials/import/", {}).status_code == 403
    assert stored(alpha) == []


@pytest.mark.parametrize("address", ["/speed-dials/", "/extensions/101/speed-dials/"])
def test_lists_need_the_same_queries_for_1_and_50_rows(
    browser_of: Browser, alpha: Tenant, owner: User, address: str
) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/speed-dials/new/", TYPED)
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    with inside(alpha):
        SpeedDial.objects.bulk_create(SpeedDial(code=f"*{n}", label=f"Dial {n}", number="101") for n in range(20, 69))
    with CaptureQueriesContext(connection) as fifty:
        browser.get(address)

    assert reads(one) == reads(fifty) <= 8

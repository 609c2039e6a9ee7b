"""The provider's policy (REG-19 to REG-21, REG-27)."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.models import Platform, Tenant

Browser = Callable[[User | None, Tenant], Client]
POLICY: dict[str, Any] = {
    "company": "Kenton Telecom",
    "support_email": "help@kenton.example",
    "support_phone": "+65 6123 4567",
    "self_registration": "on",
    "off_peak_only": "on",
    "off_peak_start": "23:00",
    "off_peak_end": "05:30",
    "off_peak_zone": "Asia/Singapore",
    "off_peak_days": ["5", "6"],
    "off_peak_at_once": "3",
    "note": "Check the ANI first.",
    "caution": "Names cannot be taken back.",
}


@pytest.mark.feature("REG-21")
def test_the_policy_is_saved_shown_and_recorded(ops: Client) -> None:
    answer = ops.post("/ops/settings/edit/", POLICY)

    platform = Platform.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/ops/settings/")
    assert (platform.off_peak_start, platform.off_peak_end) == (time(23), time(5, 30))
    assert (str(platform.off_peak_zone), platform.off_peak_days, platform.off_peak_at_once) == (
        "Asia/Singapore",
        [5, 6],
        3,
    )
    assert (platform.self_registration, platform.approval_required, platform.off_peak_only) == (True, False, True)
    page = ops.get("/ops/settings/").content.decode()
    for word in ("Kenton Telecom", "23:00–05:30", "Asia/Singapore", "Saturday, Sunday", "In off-peak hours"):
        assert word in page
    assert LogEntry.objects.filter(table="Platform settings", user_name="Olivia").count() == 1


@pytest.mark.feature("REG-27")
def test_note_and_caution_are_kept_as_typed(ops: Client) -> None:
    ops.post("/ops/settings/edit/", POLICY | {"note": "<b>bold</b>"})

    assert Platform.objects.get().note == "<b>bold</b>"
    assert "&lt;b&gt;bold&lt;/b&gt;" in ops.get("/ops/settings/").content.decode()


@pytest.mark.feature("REG-21")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("company", "", "required"),
        ("support_email", "nobody", "Type an e-mail address"),
        ("off_peak_start", "25:00", "Type a time"),
        ("off_peak_end", "23:00", "Choose an end that differs"),
        ("off_peak_zone", "Mars/Olympus", "not in this list"),
        ("off_peak_days", [], "Choose at least one day"),
        ("off_peak_days", ["9"], "not in this list"),
        ("off_peak_at_once", "0", "Use 1 or more"),
        ("off_peak_at_once", "21", "Use 20 or less"),
        ("note", "x" * 2001, "at most 2000"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field(ops: Client, field: str, value: Any, sentence: str) -> None:
    before = Platform.objects.values().get()

    answer = ops.post("/ops/settings/edit/", POLICY | {field: value})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Platform.objects.values().get() == before


@pytest.mark.feature("REG-21")
def test_the_form_begins_with_what_holds(ops: Client) -> None:
    page = ops.get("/ops/settings/edit/").content.decode()

    assert 'value="22:00"' in page
    assert 'value="06:00"' in page
    assert page.count('name="off_peak_days"') == 7
    assert page.count("checked") >= 7


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize(("person", "seen", "changed"), [("olivia", 200, 200), ("oscar", 200, 403), ("rita", 403, 403)])
def test_who_may_see_and_change_the_policy(
    request: pytest.FixtureRequest, management: Tenant, browser_of: Browser, person: str, seen: int, changed: int
) -> None:
    browser = browser_of(request.getfixturevalue(person), management)

    assert browser.get("/ops/settings/").status_code == seen
    assert browser.get("/ops/settings/edit/").status_code == changed

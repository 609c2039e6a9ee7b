"""Profiles and the other sections of call controls (CTL-01 to CTL-04, CTL-07, CTL-08, CTL-10)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import (
    Extension,
    SettingValue,
    Team,
)
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.calls.matrix import ALWAYS, typed

Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.feature("CTL-01", "CTL-02")
def test_a_forward_is_set_in_the_matrix_shown_as_set_here_and_reset(
    browser_of: Browser, alpha: Tenant, owner: User, colleague: Extension
) -> None:
    browser = browser_of(owner, alpha)
    sent = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "extension", f"{ALWAYS}.to_1": "102"})

    saved = browser.post("/extensions/101/calls/away/edit/", sent)
    page = browser.get("/extensions/101/calls/away/").content.decode()
    browser.post("/extensions/101/calls/away/edit/", {"reset": ALWAYS})
    after = browser.get("/extensions/101/calls/away/").content.decode()

    assert (saved.status_code, saved["Location"]) == (302, "/extensions/101/calls/away/")
    assert "Calls go straight to 102 Mei Tan." in page
    assert "Set here" in page
    assert "Calls ring the telephone 25 s, then voicemail." in after
    assert "Set here" not in after


@pytest.mark.feature("CTL-01")
def test_an_extension_inherits_from_its_team_and_the_team_from_the_company(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        team = Team.objects.create(name="Sales")
        Extension.objects.filter(number="101").update(home_team=team)

    browser.post(f"/teams/{team.pk}/calls/away/edit/", typed(**{ALWAYS: "on"}))
    browser.post("/call-controls/away/edit/", typed(**{"forward.away.internal.always": "on"}))
    page = browser.get("/extensions/101/calls/away/").content.decode()

    assert "Inherited from team Sales" in page
    assert "Inherited from the company" in page


@pytest.mark.feature("CTL-01")
def test_a_row_locked_at_the_company_cannot_be_changed_below(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/call-controls/away/edit/", typed(**{ALWAYS: "on", f"lock:{ALWAYS}": "on"}))

    page = browser.get("/extensions/101/calls/away/").content.decode()
    browser.post("/extensions/101/calls/away/edit/", typed())

    assert "Locked by the company" in page
    with inside(alpha):
        assert not SettingValue.objects.filter(level="extension").exists()
        assert SettingValue.objects.filter(key__startswith=ALWAYS, locked=True).count() == 2


@pytest.mark.feature("CTL-02")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("forward.away.external.no_answer.seconds", "4", "Use 5 or more"),
        ("forward.away.external.no_answer.seconds", "121", "Use 120 or less"),
        (f"{ALWAYS}.to_1", "999", "There is no extension “999”."),
        (f"{ALWAYS}.to_1", "", "Say which one."),
        (f"{ALWAYS}.to_1", "101", "cannot forward to itself"),
    ],
)
def test_wrong_forwards_are_refused_in_their_row(
    browser_of: Browser, alpha: Tenant, owner: User, field: str, value: str, sentence: str
) -> None:
    sent = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "extension", f"{ALWAYS}.to_1": "101", field: value})
    if "seconds" in field:
        sent |= {f"{ALWAYS}.to_0": ""}

    answer = browser_of(owner, alpha).post("/extensions/101/calls/away/edit/", sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.feature("CTL-04")
def test_a_circle_is_refused_with_its_way(
    browser_of: Browser, alpha: Tenant, owner: User, colleague: Extension
) -> None:
    browser = browser_of(owner, alpha)
    there = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "extension", f"{ALWAYS}.to_1": "102"})
    back = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "extension", f"{ALWAYS}.to_1": "101"})

    first = browser.post("/extensions/101/calls/away/edit/", there)
    second = browser.post("/extensions/102/calls/away/edit/", back)

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Calls would go round in a circle: 101 → 102 → 101." in second.content.decode()


@pytest.mark.feature("CTL-04", "CTL-06")
def test_a_forward_that_the_rules_deny_is_refused(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    sent = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "number", f"{ALWAYS}.to_1": "+442071234567"})

    answer = browser_of(owner, alpha).post("/extensions/101/calls/away/edit/", sent)

    assert answer.status_code == 422
    assert "Calls may not be forwarded to +442071234567" in answer.content.decode()


@pytest.mark.feature("CTL-03")
def test_do_not_disturb_asks_only_where_calls_go(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    page = browser_of(owner, alpha).get("/extensions/101/calls/dnd/").content.decode()

    assert "Outgoing calls are not touched" in page
    assert "When busy" in page
    assert "When nobody answers" not in page


@pytest.mark.feature("CTL-07", "CTL-08", "CTL-10")
@pytest.mark.parametrize(
    ("section", "sent", "status", "words"),
    [
        ("recording", {"recording.incoming": "always", "recording.outgoing": "on_demand", "recording.announce": "on",
                       "recording.retention_days": "30"}, 302, ""),
        ("recording", {"recording.incoming": "sometimes", "recording.outgoing": "off",
                       "recording.retention_days": "0"}, 422, "not in this list"),
        ("caller-id", {"caller_id.number": "", "caller_id.withheld": "on"}, 302, ""),
        ("caller-id", {"caller_id.number": "+6599999999"}, 422, "This is not one of your own numbers."),
        ("outgoing", {"outgoing.rules": "", "outgoing.hours": ""}, 302, ""),
        ("outgoing", {"outgoing.rules": "999999", "outgoing.hours": ""}, 422, "not in this list"),
    ],
)  # fmt: skip
def test_recording_caller_id_and_times_are_settings_of_the_company(  # noqa: PLR0913 - a table
    browser_of: Browser, alpha: Tenant, owner: User, section: str, sent: dict[str, str], status: int, words: str
) -> None:
    answer = browser_of(owner, alpha).post(f"/call-controls/{section}/edit/", sent)

    assert answer.status_code == status
    assert words in answer.content.decode()


@pytest.mark.feature("CTL-07")
def test_the_retention_is_the_companys_alone(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    assert "Keep recordings for days" in browser.get("/call-controls/recording/").content.decode()
    assert "Keep recordings for days" not in browser.get("/extensions/101/calls/recording/").content.decode()


@pytest.mark.feature("CTL-07")
def test_the_page_says_what_is_recorded_and_by_which_key(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    page = browser_of(owner, alpha).get("/call-controls/recording/").content.decode()

    assert "never an emergency call" in page
    assert "*3 starts and stops a recording" in page

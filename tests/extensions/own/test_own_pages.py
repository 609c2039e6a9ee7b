"""The pages under /me/: everybody for themselves, and for nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.models import AgentStatus, Extension, Presence, Schedule, SettingValue, Team, TeamMember, WeekInterval
from extensions.services.settings import change_settings
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads

Browser = Callable[[User | None, Tenant], Client]
PAGES = ["/me/", "/me/forwarding/", "/me/devices/", "/me/schedule/"]


def presence(alpha: Tenant, number: str = "102") -> Presence | None:
    with inside(alpha):
        return Presence.objects.select_related("status").filter(extension__number=number).first()


# --- everybody ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", PAGES)
def test_without_an_extension_each_page_says_who_can_help(
    browser_of: Browser, alpha: Tenant, agent: User, address: str
) -> None:
    answer = browser_of(agent, alpha).get(address)

    assert answer.status_code == 200
    assert "You have no extension yet" in answer.content.decode()
    assert "Your administrator can give you one" in answer.content.decode()


@pytest.mark.parametrize("address", ["/me/status/", "/me/forwarding/", "/me/devices/password/"])
def test_without_an_extension_nothing_can_be_changed(
    browser_of: Browser, alpha: Tenant, agent: User, address: str
) -> None:
    assert browser_of(agent, alpha).post(address, {"status": "away"}).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, "/me/directory/"])
def test_each_page_works_and_needs_few_queries(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension, address: str
) -> None:
    browser = browser_of(agent, alpha)
    assert browser.get(address).status_code == 200

    with CaptureQueriesContext(connection) as captured:
        browser.get(address)

    assert reads(captured) <= 8, "\n".join(query["sql"][:120] for query in captured)


def test_nobody_else_s_telephone_is_reached_from_here(
    browser_of: Browser, alpha: Tenant, beta: Tenant, agent: User, stranger: User, desk: Extension
) -> None:
    browser_of(stranger, beta).post("/me/status/", {"status": "dnd"})
    browser_of(agent, alpha).post("/me/status/", {"status": "away", "extension": "101", "number": "101"})

    assert presence(alpha).status.kind == "away"
    assert presence(alpha, "101") is None


# --- status -------------------------------------------------------------------------------------------------------
@pytest.mark.feature("PRS-01", "PRS-03", "UXP-03")
def test_one_press_sets_the_status_and_the_page_says_why(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    browser = browser_of(agent, alpha)

    answer = browser.post("/me/status/", {"status": "away", "ends": "60", "note": "At the dentist"})
    page = browser.get("/me/").content.decode()

    found = presence(alpha)
    assert answer["Location"] == "/me/"
    assert (found.status.kind, found.source, found.by_id) == ("away", "user", agent.pk)
    assert timedelta(minutes=59) < found.until - timezone.now() <= timedelta(hours=1)
    assert "Set by you until" in page
    assert "At the dentist" in page
    assert 'value="away" aria-pressed="true"' in page


@pytest.mark.feature("PRS-01")
def test_a_status_for_managers_has_no_button_and_is_refused(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    with inside(alpha):
        AgentStatus.objects.filter(kind="logged_out").update(set_by_agent=False)
    browser = browser_of(agent, alpha)

    page = browser.get("/me/").content.decode()
    refused = browser.post("/me/status/", {"status": "logged_out"})

    assert 'value="logged_out"' not in page
    assert refused.status_code == 422
    assert presence(alpha) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ends": "at", "until": ""}, "Say until when"),
        ({"note": "x" * 81}, "at most 80"),
        ({"ends": "7"}, "not in this list"),
    ],
)
def test_wrong_input_keeps_what_was_typed(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension, typed: dict[str, str], sentence: str
) -> None:
    answer = browser_of(agent, alpha).post("/me/status/", {"status": "away", "note": "Back soon", **typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert typed.get("note", "Back soon") in page


def test_the_page_says_what_happens_to_calls_and_which_numbers_ring(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    with inside(alpha):
        team = Team.objects.create(name="Sales", number="600")
        TeamMember.objects.create(team=team, extension=desk, position=0)
    browser = browser_of(agent, alpha)
    ringing = browser.get("/me/").content.decode()
    browser.post("/me/status/", {"status": "dnd"})

    assert "Calls ring your desk phone 25 s, then voicemail" in ringing
    assert all(number in ringing for number in ("102", "600", "+65 6123 4567"))
    assert "Calls do not ring and go to voicemail." in browser.get("/me/").content.decode()


# --- devices ------------------------------------------------------------------------------------------------------
@pytest.mark.feature("EXT-11")
def test_a_new_password_is_shown_once_and_the_old_one_is_gone(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension, stored: Callable[[str], Extension]
) -> None:
    browser = browser_of(agent, alpha)

    before = browser.get("/me/devices/").content.decode()
    browser.post("/me/devices/password/")
    first, second = (browser.get("/me/devices/").content.decode() for _look in range(2))

    fresh = stored("102").sip_password
    assert fresh != "the first password"
    assert "the first password" not in before
    assert fresh in first
    assert fresh not in second
    with inside(alpha):
        assert fresh not in str(list(LogEntry.objects.values_list("changes", flat=True)))


@pytest.mark.feature("EXT-11")
def test_username_password_and_registered_address_cannot_be_chosen(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension, stored: Callable[[str], Extension]
) -> None:
    browser = browser_of(agent, alpha)
    typed = {"sip_username": "mine", "sip_password": "mine too", "email": "other@example.com"}

    page = browser.get("/me/devices/").content.decode()
    browser.post("/me/devices/password/", typed)

    kept = stored("102")
    assert (kept.sip_username, kept.email) == ("adasname", "agent@alpha.example")
    assert kept.sip_password != "mine too"
    assert "adasname" in page
    assert "agent@alpha.example" in page
    assert "Only your administrator can change it." in page
    assert not any(f'name="{name}"' in page for name in typed)
    assert browser.post("/extensions/102/edit/", typed).status_code == 403


# --- forwarding ---------------------------------------------------------------------------------------------------
def test_forwarding_is_changed_for_one_status_and_reset(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    browser, key = browser_of(agent, alpha), "forward.away.external.no_answer.seconds"

    page = browser.get("/me/forwarding/?status=away").content.decode()
    saved = browser.post("/me/forwarding/?status=away", {key: "40", "forward.away.internal.no_answer.seconds": "25"})
    with inside(alpha):
        rows = dict(SettingValue.objects.filter(extension=desk).values_list("key", "value"))
    browser.post("/me/forwarding/?status=away", {"reset": key})

    assert key in page
    assert saved["Location"] == "/me/forwarding/?status=away"
    assert rows[key] == 40
    with inside(alpha):
        assert not SettingValue.objects.filter(extension=desk, key=key).exists()


def test_what_is_locked_above_shows_a_padlock_and_stays(
    browser_of: Browser, alpha: Tenant, owner: User, agent: User, desk: Extension
) -> None:
    key = "forward.away.external.no_answer.seconds"
    with inside(alpha):
        change_settings(subject=COMPANY, values={key: 30}, locks={key: True}, by=owner)
    browser = browser_of(agent, alpha)

    page = browser.get("/me/forwarding/?status=away").content.decode()
    browser.post("/me/forwarding/?status=away", {key: "90"})

    assert "Locked by the company" in page
    with inside(alpha):
        assert not SettingValue.objects.filter(extension=desk, key=key).exists()


# --- hours --------------------------------------------------------------------------------------------------------
@pytest.mark.feature("PRS-04")
def test_the_week_says_when_it_is_open_and_which_status_that_brings(
    browser_of: Browser, alpha: Tenant, owner: User, agent: User, desk: Extension
) -> None:
    with inside(alpha):
        schedule = Schedule.objects.create(name="Shop")
        for weekday in range(7):
            WeekInterval.objects.create(schedule=schedule, kind="open", weekday=weekday, starts=540, ends=1020)
            WeekInterval.objects.create(schedule=schedule, kind="break", weekday=weekday, starts=720, ends=780)
        values = {"hours.schedule": schedule, "presence.follows_schedule": True}
        change_settings(subject=Subject(extension=desk), values=values, by=owner)

    browser = browser_of(agent, alpha)
    browser.get("/me/schedule/")
    with CaptureQueriesContext(connection) as captured:
        page = browser.get("/me/schedule/").content.decode()

    assert reads(captured) <= 8
    assert page.count("Open 09:00–12:00, Break 12:00–13:00, Open 13:00–17:00") == 7
    assert "While break" in page
    assert "strip-now" in page


# --- directory ----------------------------------------------------------------------------------------------------
def test_the_directory_finds_colleagues_by_name_number_and_team(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    browser = browser_of(agent, alpha)

    by_name = browser.get("/me/directory/?q=ada").content.decode()
    by_number = browser.get("/me/directory/?q=101").content.decode()

    assert "Ada Agent" in by_name
    assert "Front desk" not in by_name
    assert "Front desk" in by_number
    assert "Available" in by_number

"""Kept call tests: run again after every change, seen where it matters."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from extensions.call_selectors import failing_call_tests, framed
from extensions.models import CallTest, CallTestState, Configuration, DestinationKind, Extension, StatusSource
from extensions.models import StatusKind as Kind
from extensions.services.calls.kept_tests import (
    NameTaken,
    Question,
    accept_call_test,
    delete_call_test,
    edit_call_test,
    keep_call_test,
    run_call_tests,
)
from extensions.services.configuration import configuration_changed
from extensions.services.destinations import Target
from extensions.services.presence import Wish, set_status
from extensions.services.settings import change_settings
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from portal.core.phone_numbers import NotANumber
from portal.core.versions import ChangedMeanwhile
from portal.jobs.drain import run_everything_due
from portal.jobs.models import Outbox
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)
QUESTION = Question("+6591234567", "101", NOON)
KEY = "forward.available.external.always"


@pytest.fixture
def kept(inside_alpha: Tenant, owner: User) -> CallTest:
    """Somebody calls 101: it rings, then voicemail."""
    return keep_call_test(name="Boss calls", question=QUESTION, by=owner, at=NOON)


def hang_up(owner: User) -> None:
    """Let calls to everybody be ended."""
    extension = Extension.objects.get(number="101")
    values = {KEY: True, f"{KEY}.to": Target(DestinationKind.HANGUP)}
    change_settings(subject=Subject(extension=extension), values=values, by=owner)


@pytest.mark.feature("CTL-01")
def test_what_happens_now_is_what_must_happen(kept: CallTest) -> None:
    assert kept.expected == "ring:extension:101;voicemail:101"
    assert kept.state == CallTestState.PASSED
    assert kept.touched == [["extension", Extension.objects.get(number="101").pk]]


def test_a_change_runs_the_tests_once_in_the_background_and_shows_what_differs(
    kept: CallTest, alpha: Tenant, owner: User
) -> None:
    hang_up(owner)
    configuration_changed(by=owner)

    waiting = Outbox.objects.filter(task="extensions.run_call_tests", schema="t2", done_at=None).count()
    run_everything_due()

    assert waiting == 1
    with inside(alpha):
        kept.refresh_from_db()
        assert (kept.state, kept.found, kept.found_words) == (CallTestState.FAILED, "hangup", "The call is ended.")
        assert list(failing_call_tests()) == [kept]
        assert [one.name for one in framed(number="101").failing] == ["Boss calls"]
        assert list(failing_call_tests(extension=Extension.objects.get(number="101"))) == [kept]
        assert Configuration.objects.get().tested_version == Configuration.objects.get().version


def test_without_tests_nothing_is_run(inside_alpha: Tenant, owner: User) -> None:
    configuration_changed(by=owner)

    assert not Outbox.objects.filter(task="extensions.run_call_tests").exists()


def test_who_is_at_lunch_changes_no_test(kept: CallTest, owner: User) -> None:
    extension = Extension.objects.get(number="101")
    set_status(extension=extension, wish=Wish(Kind.DND), source=StatusSource.MANAGER, by=owner, at=NOON)

    assert run_call_tests(at=NOON) == 0


def test_a_difference_can_be_taken_for_right_or_mended(kept: CallTest, owner: User) -> None:
    hang_up(owner)
    assert run_call_tests(at=NOON) == 1

    accepted = accept_call_test(test=kept, by=owner, at=NOON)

    assert (accepted.state, accepted.expected) == (CallTestState.PASSED, "hangup")
    assert run_call_tests(at=NOON, only=[kept.pk]) == 0


def test_a_caller_that_is_gone_makes_the_test_differ(kept: CallTest, owner: User) -> None:
    CallTest.objects.update(caller="199")

    assert run_call_tests(at=NOON) == 1
    kept.refresh_from_db()
    assert kept.found_words == "No extension here has the number 199."


def test_names_are_once_callers_exist_and_late_editors_are_told(kept: CallTest, owner: User) -> None:
    with pytest.raises(NameTaken):
        keep_call_test(name="boss CALLS", question=QUESTION, by=owner, at=NOON)
    with pytest.raises(NotANumber):
        keep_call_test(name="Nobody", question=Question("199", "101", NOON), by=owner, at=NOON)
    edit_call_test(test=kept, name="Chief", question=QUESTION, version=1, by=owner, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        edit_call_test(test=kept, name="Late", question=QUESTION, version=1, by=owner, at=NOON)

    delete_call_test(test=kept, by=owner)

    assert not CallTest.objects.exists()


def test_the_flow_page_shows_path_rule_and_branches_and_keeps_a_test(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        change_settings(subject=COMPANY, values={"voicemail.ring_seconds": 40}, by=owner)

    page = browser.get("/call-flow/?caller=91234567&dialled=101&at=2026-11-26T12:00").content.decode()
    sent = {"name": "Boss", "caller": "91234567", "dialled": "101", "at": "2026-11-26T12:00"}
    kept = browser.post("/call-flow/tests/new/", sent)
    again = browser.post("/call-flow/tests/new/", sent)
    listed = browser.get("/call-flow/tests/").content.decode()
    shown = browser.get(kept["Location"]).content.decode()

    for words in ("101 rings for 40 seconds", "Inherited from Company", "3 branches not taken", "Voicemail of 101"):
        assert words in page
    assert "As expected" in listed
    assert again.status_code == 422
    assert "Thu 2026-11-26 12:00" in shown


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("caller=199&dialled=101", "No extension here has the number 199."),
        ("caller=12&dialled=101", "No extension here has the number 12."),
        ("caller=&dialled=", "Fill this in."),
        ("caller=&dialled=101&at=soon", "Type a day and a time"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(
    browser_of: Browser, alpha: Tenant, owner: User, query: str, sentence: str
) -> None:
    assert sentence in browser_of(owner, alpha).get(f"/call-flow/?{query}").content.decode()


def test_the_hour_that_is_missing_in_spring_is_refused(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(time_zone="Europe/Berlin")

    page = browser_of(owner, alpha).get("/call-flow/?dialled=101&at=2026-03-29T02:30").content.decode()

    assert "The clocks change in this hour." in page


def test_tests_are_run_taken_and_deleted_from_their_pages(
    browser_of: Browser, alpha: Tenant, owner: User, manager: User, agent: User
) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        kept = keep_call_test(name="Boss calls", question=QUESTION, by=owner, at=NOON)
        hang_up(owner)
    address = f"/call-flow/tests/{kept.pk}/"

    browser.post("/call-flow/tests/run/")
    failed = browser.get(address).content.decode()
    note = browser.get("/extensions/101/calls/").content.decode()
    browser.post(f"{address}accept/")
    browser.post(f"{address}run/")
    passed = browser.get(address).content.decode()
    edited = browser.post(f"{address}edit/", {"name": "Chief", "caller": "", "dialled": "101",
                          "at": "2026-11-26T12:00", "version": "2"})  # fmt: skip
    stale = browser.post(f"{address}edit/", {"name": "Late", "caller": "", "dialled": "101",
                         "at": "2026-11-26T12:00", "version": "2"})  # fmt: skip
    gone = browser.post(f"{address}delete/")

    assert "Different now" in failed
    assert "A kept call test ends differently now" in note
    assert "As expected" in passed
    assert (edited.status_code, stale.status_code, gone["Location"]) == (302, 409, "/call-flow/tests/")
    assert browser_of(manager, alpha).get("/call-flow/tests/").status_code == 200
    assert browser_of(agent, alpha).get("/call-flow/").status_code == 403

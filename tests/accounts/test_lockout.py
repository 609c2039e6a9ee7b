"""Guessing passwords (SEC-05, THR-12)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from portal.accounts.backends import SignInBackend
from portal.accounts.lockout import delay_after
from portal.accounts.models import User
from tenants.models import Tenant
from tests.accounts.test_signing_in import sign_in, signed_in

Browser = Callable[[User | None, Tenant], Client]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def guess(browser: Client, times: int, name: str = "prpowner", **more: str) -> list[int]:
    return [sign_in(browser, name, f"wrong password {n}", **more).status_code for n in range(times)]


@pytest.mark.feature("SEC-05")
def test_the_fifth_failure_locks_and_the_right_password_is_refused_alike(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)

    assert guess(browser, 5) == [200, 200, 200, 200, 429]
    wrong = sign_in(browser, "prpowner", "another wrong one")
    right = sign_in(browser, "prpowner")

    assert wrong.status_code == right.status_code == 429
    assert wrong.content.decode().count("refused") == right.content.decode().count("refused") >= 1
    assert not signed_in(browser)


@pytest.mark.feature("SEC-05")
def test_other_spellings_of_the_same_person_are_counted_together(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)
    guess(browser, 2, "prpowner")
    guess(browser, 2, "OWNER@alpha.example")

    assert guess(browser, 1, "owner@alpha.example") == [429]


def test_other_people_and_other_networks_go_on(browser_of: Browser, alpha: Tenant) -> None:
    guess(browser_of(None, alpha), 5)

    assert sign_in(browser_of(None, alpha), "prpagent").status_code == 302
    assert sign_in(browser_of(None, alpha), "prpowner", REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.feature("SEC-05")
def test_a_forged_forwarding_header_gives_no_new_tries(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)
    for n in range(5):
        sign_in(browser, "prpowner", "wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")

    assert sign_in(browser, "prpowner", HTTP_X_FORWARDED_FOR="198.51.100.77").status_code == 429


def test_behind_a_trusted_proxy_only_its_own_entry_counts(
    browser_of: Browser, alpha: Tenant, settings: LazySettings
) -> None:
    settings.PORTAL_TRUSTED_PROXIES = 1
    browser = browser_of(None, alpha)
    for n in range(5):
        sign_in(browser, "prpowner", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}, 203.0.113.9")

    assert sign_in(browser, "prpowner", HTTP_X_FORWARDED_FOR="192.0.2.200, 203.0.113.9").status_code == 429
    assert sign_in(browser, "prpowner", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.4").status_code == 302


@pytest.mark.feature("SEC-05")
def test_the_delay_grows_from_round_to_round(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)
    with time_machine.travel(NOON, tick=False) as clock:
        for minutes in (15, 30, 60):
            assert guess(browser, 5)[-1] == 429
            clock.shift(timedelta(minutes=minutes - 1))
            assert sign_in(browser, "prpowner").status_code == 429
            clock.shift(timedelta(minutes=1, seconds=1))
        assert sign_in(browser, "prpowner").status_code == 302


def test_a_right_password_forgets_the_failures(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)
    guess(browser, 4)
    sign_in(browser, "prpowner")

    assert guess(browser_of(None, alpha), 4) == [200] * 4


def test_delays_are_15_30_60_minutes_and_have_an_end() -> None:
    assert [delay_after(n) for n in (5, 10, 15)] == [timedelta(minutes=m) for m in (15, 30, 60)]
    assert delay_after(5000) == timedelta(hours=8)


def test_the_page_says_what_to_do(browser_of: Browser, alpha: Tenant) -> None:
    browser = browser_of(None, alpha)
    guess(browser, 5)

    page = sign_in(browser, "prpowner")

    assert "15 minutes" in page.content.decode()
    assert page["Retry-After"] == "900"


def test_unknown_names_are_locked_in_the_same_way(browser_of: Browser, alpha: Tenant) -> None:
    assert guess(browser_of(None, alpha), 5, "nobody@nowhere.example") == [200, 200, 200, 200, 429]


def test_without_the_lock_guessing_would_go_on(browser_of: Browser, alpha: Tenant, settings: LazySettings) -> None:
    """The negative control: the test above goes red once the guard is off."""
    settings.AXES_ENABLED = False

    assert guess(browser_of(None, alpha), 6) == [200] * 6


@pytest.mark.feature("SEC-05")
def test_of_many_guesses_at_once_five_reach_the_password(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = []
    check = SignInBackend._check_password
    monkeypatch.setattr(SignInBackend, "_check_password", lambda *told: reached.append(1) or check(*told))

    def attempt(number: int) -> int:
        browser = Client(HTTP_HOST="alpha-phones.localhost")
        try:
            return sign_in(browser, "prpowner", f"wrong {number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(attempt, range(30)))

    assert len(reached) == 5
    assert answers.count(200) == 4
    assert answers.count(429) == 26

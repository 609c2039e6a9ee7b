"""How long people stay signed in (SEC-05, THR-14)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.feature("SEC-05")
def test_operators_are_signed_out_after_half_an_hour_without_activity(
    clock: time_machine.Traveller, browser_of: Browser, olivia: User, management: Tenant
) -> None:
    browser = browser_of(olivia, management)
    for minutes in (29, 29):
        clock.shift(timedelta(minutes=minutes))
        assert browser.get("/me/preferences/").status_code == 200
    clock.shift(timedelta(minutes=31))

    assert browser.get("/me/preferences/").status_code == 302


@pytest.mark.feature("SEC-05")
def test_people_of_a_tenant_are_signed_out_after_three_hours_without_activity(
    clock: time_machine.Traveller, browser_of: Browser, owner: User, alpha: Tenant
) -> None:
    browser = browser_of(owner, alpha)
    clock.shift(timedelta(hours=2, minutes=59))
    assert browser.get("/me/preferences/").status_code == 200
    clock.shift(timedelta(hours=3, minutes=1))

    assert browser.get("/me/preferences/").status_code == 302


@pytest.mark.feature("SEC-05")
def test_half_a_day_is_the_longest_even_with_activity(
    clock: time_machine.Traveller, browser_of: Browser, owner: User, alpha: Tenant
) -> None:
    browser = browser_of(owner, alpha)
    for _ in range(5):
        clock.shift(timedelta(hours=2, minutes=20))
        assert browser.get("/me/preferences/").status_code == 200
    clock.shift(timedelta(minutes=21))

    assert browser.get("/me/preferences/").status_code == 302


@pytest.mark.feature("SEC-05")
def test_a_session_whose_row_has_ended_or_is_gone_is_nobodys(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    for end in (lambda rows: rows.update(expire_date=timezone.now()), lambda rows: rows.delete()):
        browser = browser_of(owner, alpha)
        assert browser.get("/me/preferences/").status_code == 200
        with inside(alpha):
            end(Session.objects.all())

        assert browser.get("/me/preferences/").status_code == 302


def test_what_the_page_fetches_by_itself_keeps_nobody_signed_in(
    clock: time_machine.Traveller, browser_of: Browser, olivia: User, management: Tenant
) -> None:
    browser = browser_of(olivia, management)
    clock.shift(timedelta(minutes=20))
    assert browser.get("/ops/users/", headers={"HX-Request": "true"}).status_code == 200
    clock.shift(timedelta(minutes=11))

    assert browser.get("/ops/users/").status_code == 302


def test_a_session_is_written_at_most_once_a_minute(
    clock: time_machine.Traveller, browser_of: Browser, owner: User, alpha: Tenant
) -> None:
    browser = browser_of(owner, alpha)
    seen = []
    for seconds in (10, 40, 20):
        clock.shift(timedelta(seconds=seconds))
        browser.get("/me/preferences/")
        with inside(alpha):
            seen.append(owner.usersession_set.get().last_seen_at - NOON)

    assert seen == [timedelta(0), timedelta(0), timedelta(seconds=70)]

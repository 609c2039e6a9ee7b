"""Guessing is slow, is counted, and ends (PRV-01, THR-22)."""

from datetime import timedelta

import pytest

from extensions.models import FetchMiss, Phone, PhoneAccess
from extensions.provisioning.limits import MOST_MISSES, MOST_MISSES_OF_SECRET
from extensions.services.phones.access import issue_access
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON
from tests.extensions.provisioning.conftest import SOON, Fetch, at


@pytest.mark.feature("PRV-01")
def test_guessing_locks_the_address_once_and_tells_the_log_once(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant
) -> None:
    with at(SOON):
        for _guess in range(MOST_MISSES + 5):
            fetch("guess")
        right_but_locked = fetch(access.secret)
        elsewhere = fetch(access.secret, address="198.51.100.1")
    with at(SOON + timedelta(minutes=61)):
        again = fetch(access.secret, by=access)

    with inside(alpha):
        rows = LogEntry.objects.filter(table="Telephone configuration")
        assert rows.count() == 1
        assert FetchMiss.objects.get(source="203.0.113.7").misses == MOST_MISSES
    assert (right_but_locked.status_code, elsewhere.status_code, again.status_code) == (404, 200, 200)


def test_guesses_that_come_slowly_do_not_lock_an_office_out(fetch: Fetch, alpha: Tenant) -> None:
    for minute in range(0, 60 * 6, 11):
        with at(NOON + timedelta(minutes=minute)):
            fetch("guess")

    with inside(alpha):
        assert FetchMiss.objects.get().locked_at is None


def test_one_network_of_ipv6_counts_together(fetch: Fetch, alpha: Tenant) -> None:
    with at(SOON):
        fetch("guess", address="2001:db8:1:2::1")
        fetch("guess", address="2001:db8:1:2:ffff::9")

    with inside(alpha):
        assert list(FetchMiss.objects.values_list("source", "misses")) == [("2001:db8:1:2::/64", 2)]


@pytest.mark.feature("PRV-01")
def test_wrong_requests_with_the_right_secret_lock_it_until_an_hour_passed_or_a_new_one_is_made(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant, phone: Phone, owner: User
) -> None:
    with at(SOON):
        for n in range(MOST_MISSES_OF_SECRET):
            fetch(access.secret, "805ec0000202.cfg", address=f"203.0.113.{n}")
        locked = fetch(access.secret, address="198.51.100.1")
        with inside(alpha):
            new = issue_access(phone=phone, by=owner, at=SOON)
            logged = LogEntry.objects.filter(table="Telephone configuration").count()
        free = fetch(new.secret, address="198.51.100.1")

    assert (locked.status_code, free.status_code, logged) == (404, 200, 1)


def test_a_telephone_that_asks_all_the_time_has_to_wait(fetch: Fetch, access: PhoneAccess) -> None:
    with at(SOON):
        statuses = [fetch(access.secret).status_code for _time in range(62)]
    with at(SOON + timedelta(minutes=2)):
        later = fetch(access.secret)

    assert statuses == [200] * 60 + [404] * 2
    assert later.status_code == 200

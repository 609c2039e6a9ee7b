"""Two hundred people take the last fifty licences at once: fifty get one, the others are told (LIC-15)."""

from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Event

import pytest
from django.db import IntegrityError, connection

from extensions.models import Extension
from extensions.services.create import create_extension
from licensing import capacity
from licensing.capacity import NotEnoughLicences
from licensing.invariants import broken_counts
from licensing.models import Pool, Reason
from licensing.services.entitlement import set_bought
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON

TAKERS, LEFT, AT_ONCE = 200, 50, 20
UNGUARDED = capacity.LOCK.replace("FOR UPDATE", "")


def take_in_parallel() -> list[str]:
    """Two hundred creations by twenty threads, all let off together; returns how each was refused, or nothing."""
    tenant = Tenant.objects.get(schema_name="t2")
    Tenant.objects.filter(pk=tenant.pk).update(max_extensions=10_000)
    with inside(tenant, owner=True):
        set_bought({"phone_system": Extension.objects.count() + LEFT}, reason=Reason.BOUGHT)
    start, room = Event(), BoundedSemaphore(AT_ONCE)

    def press(n: int) -> str:
        start.wait(10)
        try:
            with room, inside(Tenant.objects.get(pk=tenant.pk)):
                by = User.objects.get(username__startswith="owner@")
                create_extension(
                    number=str(2000 + n), first_name="A", last_name="B", email="", mobile="", by=by, at=NOON
                )
        except (NotEnoughLicences, IntegrityError) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [pool.submit(press, n) for n in range(TAKERS)]
        start.set()
        return [answer.result() for answer in answers]


def there() -> tuple[int, list]:
    with inside(Tenant.objects.get(schema_name="t2")):
        pool = Pool.objects.get(sku="phone_system")
        return Extension.objects.count() - (pool.bought or 0), broken_counts()


@pytest.mark.feature("LIC-15", "TEN-06")
def test_two_hundred_take_the_last_fifty(own_database: str) -> None:
    answers = take_in_parallel()

    assert answers.count("") == LEFT
    assert answers.count("NotEnoughLicences") == TAKERS - LEFT
    assert there() == (0, [])


@pytest.mark.feature("LIC-15")
def test_without_the_lock_the_constraint_is_the_judge(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capacity, "LOCK", UNGUARDED)

    answers = take_in_parallel()

    assert answers.count("") == LEFT
    assert there() == (0, [])


def test_without_lock_and_constraint_more_are_taken_than_there_are(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Negative control: if this ever fails, the tests above prove nothing.
    monkeypatch.setattr(capacity, "LOCK", UNGUARDED)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE t2.licensing_pool DROP CONSTRAINT pool_used_within_bought")

    take_in_parallel()

    assert there()[0] > 0

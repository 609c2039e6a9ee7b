"""The platform's register of outside numbers (DID-01, DID-02)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from extensions.models import Extension, OutsideNumber
from licensing.models import Reason
from licensing.services.entitlement import set_bought
from portal.audit.models import LogEntry
from portal.core.errors import ManagementInstance
from tenants.door import inside
from tenants.models import NumberKind, NumberState, Platform, RegisteredNumber, Tenant
from tenants.services import numbers
from tenants.services.numbers import (
    NumberKnown,
    NumberNotFree,
    NumberRings,
    give_numbers,
    register_numbers,
    reserve_numbers,
    take_numbers_back,
    tidy_numbers,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def ids(management: Tenant) -> list[int]:
    """Two numbers that nobody has."""
    made = register_numbers(numbers=["+6561000001", "+6561000002"], kind=NumberKind.GEOGRAPHIC, country="SG")
    return [row.pk for row in made]


def states() -> list[str]:
    return list(RegisteredNumber.objects.order_by("e164").values_list("state", flat=True))


@pytest.mark.feature("DID-01")
def test_a_number_is_registered_once(ids: list[int]) -> None:
    with pytest.raises(NumberKnown, match=r"\+65 6100 0002"):
        register_numbers(numbers=["+6561000003", "+6561000002"], kind=NumberKind.MOBILE, country="SG")

    assert states() == [NumberState.AVAILABLE] * 2
    assert LogEntry.objects.filter(model="tenants.registerednumber").count() == 2


@pytest.mark.feature("DID-01")
def test_a_given_number_is_the_tenants_and_nobody_elses(ids: list[int], alpha: Tenant, beta: Tenant) -> None:
    assert give_numbers(ids=ids, tenant=alpha) == 2

    with inside(alpha):
        assert OutsideNumber.objects.filter(extension=None, country="SG").count() == 2
        assert RegisteredNumber.objects.count() == 2
    with inside(beta):
        assert RegisteredNumber.objects.count() == 0
    with pytest.raises(NumberNotFree, match="is not free: Assigned"):
        give_numbers(ids=ids[:1], tenant=beta)


@pytest.mark.feature("DID-01")
def test_a_reserved_number_can_be_given_to_that_tenant_alone(ids: list[int], alpha: Tenant, beta: Tenant) -> None:
    reserve_numbers(ids=ids[:1], tenant=alpha, until=NOON + 10 * DAY, at=NOON)

    with pytest.raises(NumberNotFree):
        give_numbers(ids=ids[:1], tenant=beta)
    with pytest.raises(NumberNotFree):
        reserve_numbers(ids=ids[:1], tenant=beta, until=NOON + DAY, at=NOON)
    with pytest.raises(NumberNotFree, match="still to come"):
        reserve_numbers(ids=ids[1:], tenant=beta, until=NOON, at=NOON)
    assert give_numbers(ids=ids[:1], tenant=alpha) == 1


@pytest.mark.feature("DID-01")
def test_the_database_knows_no_number_of_two_tenants_or_states(ids: list[int], alpha: Tenant) -> None:
    for wrong in ({"state": "assigned"}, {"instance_id": alpha.pk}, {"state": "quarantined"}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisteredNumber.objects.filter(pk=ids[0]).update(**wrong)


@pytest.mark.feature("DID-02")
def test_a_number_given_back_rests_28_days(ids: list[int], alpha: Tenant, beta: Tenant) -> None:
    give_numbers(ids=ids[:1], tenant=alpha)

    take_numbers_back(ids=ids[:1], at=NOON)

    with inside(alpha):
        assert not OutsideNumber.objects.exists()
    tidy_numbers(at=NOON + 28 * DAY - timedelta(seconds=1))
    with pytest.raises(NumberNotFree, match="Resting"):
        give_numbers(ids=ids[:1], tenant=beta)
    assert tidy_numbers(at=NOON + 28 * DAY) == 1
    assert give_numbers(ids=ids[:1], tenant=beta) == 1


@pytest.mark.feature("DID-01")
def test_a_number_that_rings_somebody_is_not_taken_back(ids: list[int], alpha: Tenant) -> None:
    give_numbers(ids=ids, tenant=alpha)
    with inside(alpha, owner=True):
        desk = Extension.objects.get(number="101")
        set_bought({"license_number": 1}, reason=Reason.BOUGHT)
        OutsideNumber.objects.filter(e164="+6561000001").update(extension=desk)

    with pytest.raises(NumberRings, match="extension 101"):
        take_numbers_back(ids=ids, at=NOON)

    assert states() == [NumberState.ASSIGNED] * 2


@pytest.mark.feature("DID-01")
def test_a_number_can_leave_the_platform(ids: list[int], alpha: Tenant) -> None:
    give_numbers(ids=ids, tenant=alpha)

    take_numbers_back(ids=ids[:1], at=NOON, ported_out=True)

    assert states() == [NumberState.PORTED_OUT, NumberState.ASSIGNED]
    tidy_numbers(at=NOON + 100 * DAY)
    assert states()[0] == NumberState.PORTED_OUT
    with pytest.raises(NumberNotFree):
        take_numbers_back(ids=ids[:1], at=NOON)


@pytest.mark.feature("DID-02")
def test_a_notice_goes_out_once_seven_days_before_a_reservation_ends(ids: list[int], alpha: Tenant) -> None:
    Platform.objects.update(support_email="support@provider.example")
    reserve_numbers(ids=ids[:1], tenant=alpha, until=NOON + 10 * DAY, at=NOON)

    tidy_numbers(at=NOON + 3 * DAY - timedelta(seconds=1))
    assert mail.outbox == []
    tidy_numbers(at=NOON + 3 * DAY)
    tidy_numbers(at=NOON + 4 * DAY)

    assert sorted(one.to[0] for one in mail.outbox) == ["owner@alpha.example", "support@provider.example"]
    assert all("+65 6100 0001" in one.body for one in mail.outbox)
    assert tidy_numbers(at=NOON + 10 * DAY) == 1
    assert states() == [NumberState.AVAILABLE] * 2


@pytest.mark.feature("DID-02")
def test_a_number_that_is_given_while_the_tidying_waits_stays_given(
    ids: list[int], alpha: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve_numbers(ids=ids[:1], tenant=alpha, until=NOON + DAY, at=NOON)
    locked = numbers._locked

    def given_meanwhile(pks: list[int]) -> QuerySet[RegisteredNumber]:
        monkeypatch.setattr(numbers, "_locked", locked)
        give_numbers(ids=ids[:1], tenant=alpha)
        return locked(pks)

    monkeypatch.setattr(numbers, "_locked", given_meanwhile)

    assert tidy_numbers(at=NOON + 2 * DAY) == 0
    assert states() == [NumberState.ASSIGNED, NumberState.AVAILABLE]


def test_the_management_instance_gets_no_numbers(ids: list[int], management: Tenant) -> None:
    with pytest.raises(ManagementInstance):
        give_numbers(ids=ids, tenant=management)

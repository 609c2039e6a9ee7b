"""The demonstration's schedules can be made, and nothing about them is odd."""

from datetime import UTC, datetime

from extensions.callflow.hours import HoursState, hours_at
from extensions.models import Holiday, Schedule
from extensions.services.schedules.problems import problems_of
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from portal.sites.demo.telephony.schedules import furnish
from tenants.models import Tenant


def test_a_company_gets_hours_holidays_and_one_thing_by_hand(inside_alpha: Tenant, owner: User) -> None:
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)

    furnish(by=owner, at=at)

    seen = take_snapshot(at=at)
    shop = seen.schedules[Schedule.objects.get(name="Shop").pk]
    assert hours_at(shop, at).state == HoursState.OVERRIDE_CLOSED
    assert Holiday.objects.filter(calendar__is_global=True, first_day__year=2027).exists()
    assert problems_of(seen) == []

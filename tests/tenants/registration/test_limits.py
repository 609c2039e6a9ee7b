"""How often a prospect may knock: counted in the database, per network address and per e-mail address."""

from datetime import datetime, timedelta

import pytest

from portal.accounts.models import User
from tenants.models import AttemptKind, PublicAttempt, SubscriptionRequest
from tenants.services.requests.limits import LIMITS, TooMany, TooManyOpen, source_of_address, take_turn
from tenants.services.requests.prospects import RegistrationClosed
from tests.tenants.registration.conftest import RequestMaker

KIND = AttemptKind.CONFIRMATION


@pytest.mark.feature("REG-28")
def test_the_sixth_try_of_an_hour_is_refused_and_later_ones_are_not(management: object, at: datetime) -> None:
    for minute in range(5):
        take_turn(kind=KIND, source="192.0.2.7", at=at + timedelta(minutes=minute))

    with pytest.raises(TooMany):
        take_turn(kind=KIND, source="192.0.2.7", at=at + timedelta(minutes=59))
    take_turn(kind=KIND, source="192.0.2.8", at=at + timedelta(minutes=59))
    take_turn(kind=KIND, source="192.0.2.7", at=at + timedelta(minutes=61))


@pytest.mark.feature("REG-28")
def test_a_refused_try_does_not_count(management: object, at: datetime) -> None:
    for _number in range(5):
        take_turn(kind=KIND, source="192.0.2.7", at=at)

    for _number in range(3):
        with pytest.raises(TooMany):
            take_turn(kind=KIND, source="192.0.2.7", at=at)

    assert PublicAttempt.objects.count() == 5


@pytest.mark.feature("REG-28")
def test_all_sources_together_have_a_limit_too(management: object, at: datetime) -> None:
    everybody = LIMITS[KIND].together
    PublicAttempt.objects.bulk_create(
        PublicAttempt(kind=KIND, source=f"198.51.100.{number % 250}", at=at) for number in range(everybody)
    )

    with pytest.raises(TooMany):
        take_turn(kind=KIND, source="192.0.2.7", at=at)


@pytest.mark.feature("REG-28")
@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        (None, "unknown"),
    ],
)
def test_an_ipv6_network_counts_as_one_source(address: str | None, source: str) -> None:
    assert source_of_address(address) == source


@pytest.mark.feature("REG-28")
def test_tries_older_than_a_day_are_forgotten(management: object, at: datetime) -> None:
    take_turn(kind=KIND, source="192.0.2.7", at=at)

    take_turn(kind=KIND, source="192.0.2.7", at=at + timedelta(days=2))

    assert PublicAttempt.objects.count() == 1


def order(request_by: RequestMaker, person: User, number: int, **changes: object) -> SubscriptionRequest:
    names = {
        "name": f"Kenton{number}x",
        "short_name": f"k{number}x",
        "upn_suffix": f"k{number}.example",
        "fqdn": f"k{number}.localhost",
    }
    return request_by(person, **{**names, **changes})


@pytest.mark.feature("REG-28")
def test_the_fourth_open_request_of_an_e_mail_address_is_refused(request_by: RequestMaker, prospect: User) -> None:
    for number in range(3):
        order(request_by, prospect, number)

    with pytest.raises(TooManyOpen):
        order(request_by, prospect, 4)

    assert SubscriptionRequest.objects.count() == 3


@pytest.mark.feature("REG-28")
def test_operators_and_resellers_have_no_such_limit(request_by: RequestMaker, rita: User) -> None:
    for number in range(6):
        order(request_by, rita, number)

    assert SubscriptionRequest.objects.count() == 6


@pytest.mark.feature("REG-01")
def test_a_prospect_cannot_submit_while_registration_is_closed(
    request_by: RequestMaker, prospect: User, rita: User, platform: object
) -> None:
    platform.self_registration = False
    platform.save()

    with pytest.raises(RegistrationClosed):
        request_by(prospect)
    assert request_by(rita).name == "KentonElectronics"

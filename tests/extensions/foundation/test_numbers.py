"""One list of internal numbers, kept by the database, checked by one service (TEN-06, PHONE-SYSTEM 7)."""

import pytest
from django.db import IntegrityError, transaction

from extensions.models import ConferenceRoom, DialKind, DialNumber, Extension, FeatureCode, Team
from extensions.services.numbers import EmergencyNumber, NumberTaken, demand_numbers_free
from tenants.models import Tenant


def held() -> dict[str, str]:
    return {one.number: one.kind for one in DialNumber.objects.exclude(kind=DialKind.FEATURE)}


@pytest.mark.feature("TEN-06")
def test_the_database_lists_every_number_that_can_be_dialled(inside_alpha: Tenant) -> None:
    Team.objects.create(name="Sales", number="600")
    Team.objects.create(name="Quiet")
    ConferenceRoom.objects.create(number="900", name="Board")

    assert held() == {"101": "extension", "600": "team", "900": "conference"}


@pytest.mark.feature("TEN-06")
def test_a_number_follows_its_owner_and_is_free_after_it(inside_alpha: Tenant) -> None:
    team = Team.objects.create(name="Sales", number="600")

    Team.objects.filter(pk=team.pk).update(number="601", description="moved")
    assert held() == {"101": "extension", "601": "team"}

    team.delete()
    assert held() == {"101": "extension"}


@pytest.mark.feature("TEN-06")
def test_set_based_writes_cannot_go_round_it(inside_alpha: Tenant) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Team.objects.bulk_create([Team(name="Sales", number="600"), Team(name="Clash", number="101")])

    assert held() == {"101": "extension"}


def test_a_feature_code_out_of_use_gives_its_code_back(inside_alpha: Tenant) -> None:
    FeatureCode.objects.filter(code="*97").update(enabled=False)

    assert not DialNumber.objects.filter(number="*97").exists()


@pytest.mark.feature("TEN-06")
@pytest.mark.parametrize(("number", "refusal"), [("101", NumberTaken), ("600", NumberTaken), ("995", EmergencyNumber)])
def test_a_number_in_use_or_of_emergencies_is_refused_in_words(
    inside_alpha: Tenant, number: str, refusal: type[Exception]
) -> None:
    Team.objects.create(name="Sales", number="600")

    with pytest.raises(refusal) as told:
        demand_numbers_free([number])

    assert number in str(told.value)


def test_ones_own_number_may_be_kept(inside_alpha: Tenant) -> None:
    extension = Extension.objects.get(number="101")

    demand_numbers_free(["101"], except_kind=DialKind.EXTENSION, except_ids=[extension.pk])

"""Names that tenants must not share."""

import threading

import pytest
from django.db import connection

from portal.core.errors import Refusals
from tenants.models import ClaimKind, NameClaim, Tenant
from tenants.services.names import BadName, check_fqdn, claim_names, suggest_fqdn, taken_names


@pytest.mark.feature("PLT-04")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("kenton-electronics.localhost", "kenton-electronics.localhost"),
        ("Kenton-Electronics.LOCALHOST.", "kenton-electronics.localhost"),
        ("a.b.localhost", "a.b.localhost"),
        (f"{'a' * 48}.localhost", f"{'a' * 48}.localhost"),
    ],
)
def test_an_fqdn_under_the_base_domain_is_kept_in_lower_case(typed: str, kept: str) -> None:
    assert check_fqdn(typed) == kept


@pytest.mark.feature("PLT-04")
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "kenton.example.com",
        "-kenton.localhost",
        "kenton-.localhost",
        "ken_ton.localhost",
        "ken ton.localhost",
        "kentön.localhost",
        "ken..ton.localhost",
        "kenton\x00.localhost",
        "www.localhost",
        "admin.localhost",
        "tpl1.localhost",
        "trunkline.localhost",
        f"{'a' * 49}.localhost",
        "localhost",
    ],
)
def test_an_fqdn_that_cannot_work_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(BadName) as refusal:
        check_fqdn(typed)

    assert refusal.value.field == "fqdn"
    assert str(refusal.value).endswith(".")


@pytest.mark.feature("PLT-05")
def test_the_customers_name_suggests_the_fqdn_and_a_taken_one_is_numbered(alpha: Tenant) -> None:
    first = suggest_fqdn("KentonElectronics")
    NameClaim.objects.create(kind=ClaimKind.FQDN, value=first, tenant=alpha)

    assert first == "kenton-electronics.localhost"
    assert suggest_fqdn("Kenton Electronics") == "kenton-electronics-2.localhost"


@pytest.mark.feature("PLT-05")
@pytest.mark.parametrize(
    ("company", "fqdn"), [("Yılmaz Işık", "yilmaz-isik"), ("Groß & Søn", "gross-son"), ("Łódź", "lodz")]
)
def test_letters_with_signs_become_plain_ones(db: None, company: str, fqdn: str) -> None:
    assert suggest_fqdn(company) == f"{fqdn}.localhost"


def test_a_name_taken_in_other_letter_case_is_refused_beside_its_field(alpha: Tenant, beta: Tenant) -> None:
    with pytest.raises(Refusals) as refusal:
        claim_names({"name": "ALPHAphones", "short_name": "new"}, tenant=beta)

    assert set(refusal.value.errors) == {"name"}
    assert not NameClaim.objects.filter(value="new").exists()


def test_a_tenants_own_name_does_not_stand_in_its_way(alpha: Tenant) -> None:
    assert taken_names({"name": "AlphaPhones"}, besides=alpha) == {}
    assert set(taken_names({"name": "AlphaPhones"})) == {"name"}


def race(own_claim: dict[str, str]) -> list[str]:
    """Twenty people ask for the same name at the same moment; what each was told."""
    barrier, told = threading.Barrier(20), []
    tenant = Tenant.objects.get(schema_name="t2")

    def ask() -> None:
        barrier.wait(timeout=10)
        try:
            claim_names(own_claim, tenant=tenant)
            told.append("won")
        except Refusals:
            told.append("told")
        finally:
            connection.close()

    people = [threading.Thread(target=ask) for _ in range(20)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return told


def test_of_twenty_who_ask_for_the_same_name_at_once_one_wins(own_database: str) -> None:
    told = race({"name": "Wanted"})

    assert sorted(told) == ["told"] * 19 + ["won"]


def test_without_the_unique_index_the_race_would_be_lost(own_database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tenants_nameclaim DROP CONSTRAINT name_claim_unique")

    assert race({"name": "Wanted"}).count("won") > 1

"""Two people ask for the same name at the same moment: one wins, the other is told and keeps what was typed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from portal.accounts.models import User
from portal.core.errors import DomainError, Refusals
from tenants.models import NameClaim, RegistrationDraft, SubscriptionRequest, TemplateVersion
from tenants.services.requests.drafts import choose_template, save_contact, save_tenant
from tenants.services.requests.submit import create_tenant_request
from tests.tenants.registration.conftest import CONTACT, KENTON, PASSWORD

Outcome = SubscriptionRequest | DomainError


def fill_in(person: User, **changes: str) -> RegistrationDraft:
    version = TemplateVersion.objects.get(template__is_default=True)
    choose_template(by=person, version_id=version.pk)
    save_tenant(by=person, values={**KENTON, "fqdn": "", **changes}, password=PASSWORD)
    return save_contact(by=person, typed=CONTACT)


def at_the_same_moment(*orders: tuple[User, UUID]) -> list[Outcome]:
    """Each order on a connection of its own, all let go together."""
    start = Barrier(len(orders))

    def send(order: tuple[User, UUID]) -> Outcome:
        person, token = order
        try:
            connection.set_schema_to_public()
            start.wait(timeout=10)
            return create_tenant_request(
                token=token, contact=CONTACT, by=person, at=timezone.now(), address="192.0.2.7"
            )
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(orders)) as threads:
        return list(threads.map(send, orders))


def named(name: str) -> User:
    return User.objects.prefetch_related("roles").get(username__startswith=f"{name}@")


@pytest.mark.feature("REG-05")
def test_of_two_at_once_one_wins_and_the_other_is_told(own_database: str) -> None:
    rita, rival = named("rita"), named("rival")
    tokens = [fill_in(person).token for person in (rita, rival)]

    outcomes = at_the_same_moment((rita, tokens[0]), (rival, tokens[1]))

    won = [outcome for outcome in outcomes if isinstance(outcome, SubscriptionRequest)]
    lost = [outcome for outcome in outcomes if isinstance(outcome, Refusals)]
    assert (len(won), len(lost)) == (1, 1)
    assert {"name", "short_name", "upn_suffix"} <= set(lost[0].errors)
    assert SubscriptionRequest.objects.count() == 1
    kept = RegistrationDraft.objects.get()
    assert kept.tenant["name"] == "KentonElectronics"
    assert kept.contact == CONTACT


@pytest.mark.feature("REG-15")
def test_of_one_form_sent_eight_times_at_once_one_request_comes(own_database: str) -> None:
    rita = named("rita")
    token = fill_in(rita).token

    outcomes = at_the_same_moment(*[(rita, token)] * 8)

    assert {outcome.reference for outcome in outcomes if isinstance(outcome, SubscriptionRequest)} == {
        SubscriptionRequest.objects.get().reference
    }
    assert not [outcome for outcome in outcomes if isinstance(outcome, DomainError)]


@pytest.mark.feature("REG-05")
def test_without_the_index_both_would_win(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the check before the index does not hold two people apart."""
    rita, rival = named("rita"), named("rival")
    tokens = [fill_in(person).token for person in (rita, rival)]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tenants_nameclaim DROP CONSTRAINT name_claim_unique")
    _let_both_look_first(monkeypatch)

    outcomes = at_the_same_moment((rita, tokens[0]), (rival, tokens[1]))

    assert all(isinstance(outcome, SubscriptionRequest) for outcome in outcomes)
    assert NameClaim.objects.filter(kind="name", value="kentonelectronics").count() == 2


@pytest.mark.feature("REG-05")
def test_with_the_index_one_wins_even_when_both_looked_first(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rita, rival = named("rita"), named("rival")
    tokens = [fill_in(person).token for person in (rita, rival)]
    _let_both_look_first(monkeypatch)

    outcomes = at_the_same_moment((rita, tokens[0]), (rival, tokens[1]))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refusals", "SubscriptionRequest"]


def _let_both_look_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold each at the door between looking whether the names are free and taking them, until both have looked."""
    from tenants.services.requests import submit  # noqa: PLC0415 - patched here only

    both, look = Barrier(2), submit.demand_free_names

    def look_then_wait(values: dict[str, str]) -> None:
        look(values)
        both.wait(timeout=10)

    monkeypatch.setattr(submit, "demand_free_names", look_then_wait)

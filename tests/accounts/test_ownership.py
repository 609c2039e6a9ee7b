"""Exactly one owner: offering, accepting, declining, withdrawing, and the database behind it (ROL-02)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.test import Client

from portal.accounts.models import OwnershipTransfer, Role, User
from portal.accounts.services import create_user, deactivate_user
from portal.accounts.services.expired import forget_expired
from portal.accounts.services.ownership import (
    CannotOwn,
    NoOffer,
    NotTheOwner,
    OfferOpen,
    accept_ownership,
    decline_ownership,
    offer_ownership,
    withdraw_ownership,
)
from portal.permissions import BuiltinRole
from tenants.door import inside
from tenants.models import Tenant
from tests.world import PASSWORD

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
Browser = Callable[[User | None, Tenant], Client]


def owners() -> list[User]:
    return list(User.objects.filter(roles__code="owner"))


def checked() -> None:
    """Let the database ask now what it asks when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.feature("ROL-02")
def test_ownership_changes_hands_when_the_new_owner_accepts(
    inside_alpha: Tenant, owner: User, agent: User, mailoutbox: list[EmailMessage]
) -> None:
    offer_ownership(to=agent, by=owner, at=NOON)
    assert owners() == [owner]
    assert [mail.to for mail in mailoutbox] == [[agent.email]]
    assert "/owner/accept/" in mailoutbox[0].body

    accept_ownership(by=agent, at=NOON + timedelta(days=6))

    checked()
    assert owners() == [agent]
    assert [role.code for role in Role.objects.filter(users=owner)] == ["admin"]
    assert OwnershipTransfer.objects.get().state == "accepted"


@pytest.mark.feature("ROL-02")
def test_declined_withdrawn_and_late_offers_change_nothing(inside_alpha: Tenant, owner: User, agent: User) -> None:
    offer_ownership(to=agent, by=owner, at=NOON)
    decline_ownership(by=agent, at=NOON)
    offer_ownership(to=agent, by=owner, at=NOON)
    withdraw_ownership(by=owner, at=NOON)
    offer_ownership(to=agent, by=owner, at=NOON)
    late = NOON + timedelta(days=7)

    with pytest.raises(NoOffer):
        accept_ownership(by=agent, at=late)
    forget_expired(at=late)

    found = OwnershipTransfer.objects.order_by("pk").values_list("state", flat=True)
    assert list(found) == ["declined", "withdrawn", "expired"]
    assert owners() == [owner]


@pytest.mark.feature("ROL-02")
def test_only_the_owner_offers_and_only_one_offer_is_open(
    inside_alpha: Tenant, owner: User, manager: User, agent: User
) -> None:
    with pytest.raises(NotTheOwner):
        offer_ownership(to=agent, by=manager, at=NOON)
    offer_ownership(to=agent, by=owner, at=NOON)
    with pytest.raises(OfferOpen):
        offer_ownership(to=manager, by=owner, at=NOON)
    with pytest.raises(NoOffer):
        accept_ownership(by=manager, at=NOON)
    with pytest.raises(NotTheOwner):
        withdraw_ownership(by=agent, at=NOON)


@pytest.mark.feature("ROL-02")
def test_only_somebody_else_who_can_sign_in_can_own(inside_alpha: Tenant, owner: User, agent: User) -> None:
    deactivate_user(user=agent)
    nameless = create_user(username="nomail", email="", display_name="No mail")

    for person in (owner, agent, nameless):
        with pytest.raises(CannotOwn):
            offer_ownership(to=person, by=owner, at=NOON)


@pytest.mark.feature("ROL-02")
def test_the_database_refuses_a_second_owner_and_none(inside_alpha: Tenant, owner: User, agent: User) -> None:
    role = Role.objects.get(code=BuiltinRole.OWNER.value)

    def change_and_check(change: Callable[..., None]) -> None:
        with transaction.atomic():
            change(role)
            checked()

    for change in (agent.roles.add, owner.roles.remove):
        with pytest.raises(IntegrityError, match="exactly one owner"):
            change_and_check(change)

    assert owners() == [owner]


@pytest.mark.feature("ROL-02")
def test_the_pages_ask_for_the_password_again(
    browser_of: Browser, owner: User, agent: User, alpha: Tenant, mailoutbox: list[EmailMessage]
) -> None:
    giving, taking = browser_of(owner, alpha), browser_of(agent, alpha)
    assert giving.get("/owner/").status_code == 200

    asked = giving.post("/owner/", {"person": agent.pk})
    assert asked.status_code == 302
    assert asked["Location"].startswith("/account/reauthenticate/")
    with inside(alpha):
        assert not OwnershipTransfer.objects.exists()

    wrong = giving.post(asked["Location"], {"password": "not it"})
    assert wrong.status_code == 200
    done = giving.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert done.status_code == 200
    with inside(alpha):
        assert OwnershipTransfer.objects.get().taker == agent

    assert taking.get("/owner/accept/").status_code == 200
    asked = taking.post("/owner/accept/")
    taking.post(asked["Location"], {"password": PASSWORD}, follow=True)
    with inside(alpha):
        assert owners() == [agent]


@pytest.mark.feature("ROL-02")
def test_the_offer_is_there_for_nobody_else(
    browser_of: Browser, owner: User, agent: User, manager: User, alpha: Tenant
) -> None:
    with inside(alpha):
        offer_ownership(to=agent, by=owner, at=datetime.now(tz=UTC))

    assert browser_of(manager, alpha).get("/owner/accept/").status_code == 404
    assert browser_of(manager, alpha).post("/owner/accept/").status_code == 404
    assert browser_of(manager, alpha).post("/owner/decline/").status_code == 404
    assert browser_of(manager, alpha).get("/owner/").status_code == 403
    assert browser_of(agent, alpha).post("/owner/decline/").status_code == 302
    assert browser_of(owner, alpha).post("/owner/withdraw/").status_code == 302
    with inside(alpha):
        assert OwnershipTransfer.objects.get().state == "declined"


@pytest.mark.feature("ROL-02")
def test_among_many_the_new_owner_is_found_by_a_part_of_the_name(
    browser_of: Browser, owner: User, alpha: Tenant, inside_alpha: Tenant
) -> None:
    User.objects.bulk_create(
        User(username=f"many{n}@alpha.example", email=f"many{n}@alpha.example", display_name=f"Aaron {n:03}")
        for n in range(60)
    )
    page = browser_of(owner, alpha)

    first = page.get("/owner/").content.decode()
    found = page.get("/owner/", {"q": "aaron 05"}).content.decode()

    assert first.count("<option") == 51
    assert "There are more." in first
    assert found.count("<option") == 11
    assert "Aaron 059" in found
    assert "There are more." not in found

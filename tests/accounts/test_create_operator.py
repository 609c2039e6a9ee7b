"""The first operator comes from the command line, without a default password (THR-08)."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.accounts.models import User
from portal.permissions import BuiltinRole
from tenants.models import Tenant
from tests.accounts.test_passwords import FRESH, choose
from tests.accounts.test_signing_in import sign_in


def run(*more: str, email: str = "New@trunkline.example") -> str:
    out = StringIO()
    call_command("create_operator", "--email", email, "--name", "New Operator", *more, stdout=out)
    return out.getvalue()


def codes(email: str = "new@trunkline.example") -> list[str]:
    return [role.code for role in User.objects.get(email=email).roles.all()]


def test_the_first_operator_owns_the_platform_and_later_ones_get_the_lowest_role(management: Tenant) -> None:
    run()
    assert codes() == ["operator_billing"]

    User.objects.filter(roles__code="operator_owner").update(is_active=False)
    run(email="first@trunkline.example")
    assert codes("first@trunkline.example") == ["operator_owner"]


def test_the_role_can_be_named(management: Tenant) -> None:
    run("--role", BuiltinRole.OPERATOR_ADMIN.value)

    assert codes() == ["operator_admin"]


def test_the_link_sets_the_password_once(management: Tenant) -> None:
    said = run()
    user = User.objects.get(email="new@trunkline.example")
    assert not user.has_usable_password()
    link = re.search(r"https?://[^/]+(/\S+)", said)[1]

    host = management.get_primary_domain().domain
    choose(Client(HTTP_HOST=host), link)

    assert sign_in(Client(HTTP_HOST=host), "new@trunkline.example", FRESH).status_code == 302
    assert "does not work" in choose(Client(HTTP_HOST=host), link).content.decode()


def test_asking_again_prints_a_new_link_for_the_same_person(management: Tenant) -> None:
    run()
    before = User.objects.count()

    assert run("--quiet-link").startswith("http")
    assert User.objects.count() == before


def test_at_a_later_start_nobody_is_created(management: Tenant) -> None:
    assert run("--if-none").strip() == ""
    assert not User.objects.filter(email="new@trunkline.example").exists()


@pytest.mark.parametrize("email", ["no address", "prospect@trunkline.example"])
def test_an_address_that_cannot_be_an_operators_is_refused(management: Tenant, email: str) -> None:
    with pytest.raises(CommandError):
        run(email=email)

"""Creating extensions (EXT-01, EXT-02)."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from extensions.models import Extension, ExtensionState
from extensions.services.create import create_extension
from extensions.services.numbers import NumberTaken
from extensions.services.people import PersonRefused
from extensions.services.shapes import NotAnExtensionNumber
from portal.accounts.models import User
from portal.core.errors import ManagementInstance, Refusals
from portal.core.phone_numbers import NotANumber
from portal.jobs.models import Outbox
from portal.permissions import BuiltinRole
from tenants.models import Tenant
from tests.extensions.conftest import NOON

Create = Callable[..., Extension]


@pytest.mark.feature("EXT-01")
def test_a_new_person_becomes_a_user_with_the_lowest_role_and_a_link(create: Create, mailoutbox: list) -> None:
    extension = create("102", email="Wei.Chen@alpha.example", mobile="8123 4567")

    assert extension.state == ExtensionState.ACTIVE
    assert extension.directory_name == "Wei Chen"
    assert extension.mobile == "+6581234567"
    assert extension.created_at == NOON
    assert extension.user.username == "wei.chen@alpha.example"
    assert extension.user.email == "wei.chen@alpha.example"
    assert [role.code for role in extension.user.roles.all()] == [BuiltinRole.END_USER]
    assert not extension.user.has_usable_password()
    assert [mail.to for mail in mailoutbox] == [["wei.chen@alpha.example"]]


@pytest.mark.feature("EXT-01")
def test_username_and_password_are_made_by_the_system_and_differ_each_time(create: Create) -> None:
    first, second = create("102"), create("103")

    assert first.sip_username != second.sip_username
    assert first.sip_password != second.sip_password
    assert len(first.sip_password) >= 16
    assert "102" not in first.sip_username


@pytest.mark.feature("EXT-01")
def test_the_password_is_kept_encrypted(create: Create) -> None:
    extension = create("102")

    with connection.cursor() as cursor:
        cursor.execute("SELECT sip_password FROM extensions_extension WHERE number = '102'")
        stored = cursor.fetchone()[0]

    assert extension.sip_password not in stored
    assert Extension.objects.get(number="102").sip_password == extension.sip_password


def test_somebody_who_is_here_already_gets_the_extension_and_no_mail(
    create: Create, agent: User, mailoutbox: list
) -> None:
    extension = create("102", email=agent.email.upper())

    assert extension.user == agent
    assert mailoutbox == []


def test_without_an_address_the_extension_stays_unassigned(create: Create) -> None:
    extension = create("102")

    assert extension.state == ExtensionState.UNASSIGNED
    assert extension.user is None


def test_two_people_of_the_same_name_get_different_logons(create: Create) -> None:
    first = create("102", email="wei@alpha.example")
    second = create("103", email="wei.chen2@elsewhere.example")

    assert first.user.username == "wei.chen@alpha.example"
    assert second.user.username == "wei.chen2@alpha.example"


def test_a_name_without_latin_letters_gives_a_logon_of_the_number(create: Create) -> None:
    extension = create("102", first_name="伟", last_name="陈", email="wei@alpha.example")

    assert extension.user.username == "ext102@alpha.example"
    assert extension.directory_name == "伟 陈"


def test_one_person_has_one_extension(create: Create, agent: User) -> None:
    create("102", email=agent.email)

    with pytest.raises(PersonRefused) as refusal:
        create("103", email=agent.email)

    assert refusal.value.field == "email"
    assert "102" in refusal.value.message


def test_a_locked_sign_in_gets_no_extension(create: Create, agent: User) -> None:
    agent.is_active = False
    agent.save()

    with pytest.raises(PersonRefused):
        create("102", email=agent.email)


@pytest.mark.feature("EXT-02")
@pytest.mark.parametrize("number", ["101", "0101", "99999"])
def test_numbers_of_three_to_five_digits_are_taken_as_typed(create: Create, number: str) -> None:
    Extension.objects.all().delete()

    assert create(number).number == number


@pytest.mark.feature("EXT-02")
@pytest.mark.parametrize("number", ["", "10", "100000", "10a", "1 02", "-102", "१०२", "102\n", "٣٠١"])
def test_anything_else_is_refused_beside_the_field(create: Create, number: str) -> None:
    with pytest.raises(NotAnExtensionNumber) as refusal:
        create(number)

    assert refusal.value.field == "number"


@pytest.mark.feature("EXT-02")
def test_a_number_in_use_is_refused_beside_the_field(create: Create) -> None:
    with pytest.raises(NumberTaken) as refusal:
        create("101", email="wei@alpha.example")

    assert refusal.value.field == "number"
    assert not User.objects.filter(email="wei@alpha.example").exists()


@pytest.mark.feature("EXT-02")
@pytest.mark.parametrize("number", ["12", "1234567", "abc"])
def test_the_database_refuses_a_wrong_number_by_itself(inside_alpha: Tenant, number: str) -> None:
    with pytest.raises(Exception, match="extension_number_shape|too long"), transaction.atomic():
        Extension.objects.create(number=number, directory_name="x", sip_username="x1", created_at=NOON)


@pytest.mark.feature("EXT-02")
def test_the_database_refuses_a_second_extension_with_the_number(inside_alpha: Tenant) -> None:
    with pytest.raises(IntegrityError, match="extension_number_unique"), transaction.atomic():
        Extension.objects.create(number="101", directory_name="x", sip_username="x1", created_at=NOON)


def test_a_mobile_number_that_cannot_be_one_is_refused_beside_its_field(create: Create) -> None:
    with pytest.raises(NotANumber) as refusal:
        create("102", mobile="call me")

    assert refusal.value.field == "mobile"


@pytest.mark.feature("PLT-02")
def test_the_management_instance_holds_no_extensions(management: Tenant, olivia: User) -> None:
    with pytest.raises(ManagementInstance, match="instance 2 onward"):
        create_extension(number="101", first_name="A", last_name="B", email="", mobile="", by=olivia, at=NOON)


def test_the_count_is_asked_for_once_for_many_changes(create: Create) -> None:
    create("102")
    create("103")

    assert Outbox.objects.filter(task="tenants.count_extensions", schema="t2", done_at=None).count() == 1


@pytest.mark.feature("EXT-02")
def test_the_constraint_is_the_judge_when_two_come_at_once(create: Create, monkeypatch: pytest.MonkeyPatch) -> None:
    # As for somebody who looked before the other one had saved.
    monkeypatch.setattr("extensions.services.create.demand_numbers_free", lambda numbers: None)

    with pytest.raises(NumberTaken):
        create("101")

    assert create("102").number == "102"


def test_a_logon_keeps_every_letter_of_the_name(create: Create) -> None:
    extension = create("102", email="ay@elsewhere.example", first_name="Ayşe", last_name="Yılmaz")

    assert extension.user.username == "ayse.yilmaz@alpha.example"


@pytest.mark.feature("EXT-01", "EXT-02")
def test_every_fault_is_told_at_once(create: Create, agent: User) -> None:
    create("102", email=agent.email)

    with pytest.raises(Refusals) as refused:
        create("101", email=agent.email, mobile="12")

    assert set(refused.value.errors) == {"number", "mobile", "email"}

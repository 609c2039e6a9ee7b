"""The Tenant tab: what is wrong stands beside its field, what is secret stays secret."""

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from portal.accounts.models import User
from tenants.models import (
    TemplateVersion,
)
from tests.tenants.registration.conftest import (
    CONTACTS,
    PASSWORD,
    TENANT,
    WHOLE,
    RequestMaker,
    draft,
    page_of,
)


@pytest.mark.feature("REG-10")
def test_the_password_is_hashed_when_the_tab_is_posted_and_never_sent_back(chosen: Client, prospect: User) -> None:
    chosen.post(TENANT, WHOLE)

    kept = draft(prospect)
    assert kept.password.startswith("argon2")
    assert check_password(PASSWORD, kept.password)
    assert PASSWORD not in str(kept.tenant) + page_of(chosen.get(TENANT)) + page_of(chosen.get(CONTACTS))


@pytest.mark.feature("REG-11")
@pytest.mark.parametrize(
    ("confirm", "says"), [("something else entirely", "The two passwords differ"), ("", "a second time")]
)
def test_a_mismatch_is_reported_on_the_second_field(chosen: Client, confirm: str, says: str) -> None:
    answer = chosen.post(TENANT, {**WHOLE, "confirm": confirm})

    form = answer.context["form"]
    assert answer.status_code == 422
    assert says in form.errors["confirm"][0]
    assert "password" not in form.errors
    assert PASSWORD not in page_of(answer)


@pytest.mark.feature("REG-10")
@pytest.mark.feature("SEC-02")
@pytest.mark.parametrize("password", ["short", "password1234", "x" * 129, "prpkeAdmin forever", "keadmin keadmin"])
def test_the_password_obeys_the_platforms_policy(chosen: Client, password: str) -> None:
    answer = chosen.post(TENANT, {**WHOLE, "password": password, "confirm": password})

    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors


@pytest.mark.feature("SEC-02")
def test_the_policy_stands_at_the_password_field(chosen: Client) -> None:
    assert "at least 12 characters" in page_of(chosen.get(TENANT))


@pytest.mark.feature("REG-09")
def test_personnel_id_logon_and_address_are_shown_after_saving_and_typed_by_nobody(chosen: Client) -> None:
    chosen.post(TENANT, {**WHOLE, "personnel_id": "root", "prefix": ""})

    for shown in (page_of(chosen.get(TENANT)), page_of(chosen.get(CONTACTS))):
        assert "prpkeAdmin" in shown
        assert "prpkeAdmin@kenton-electronics.com" in shown
        assert "kenton-electronics.localhost" in shown


@pytest.mark.feature("REG-09")
def test_the_page_builds_them_up_while_typing(chosen: Client) -> None:
    shown = page_of(chosen.get(TENANT))

    assert 'data-template="prp{user_name}"' in shown
    assert 'data-template="prp{user_name}@{upn_suffix|lower}"' in shown
    assert 'name="prefix"' not in shown


def test_the_domain_of_the_prospects_mail_is_proposed(chosen: Client, prospect: User) -> None:
    assert f'value="{prospect.email.partition("@")[2]}"' in page_of(chosen.get(TENANT))


@pytest.mark.feature("REG-12")
def test_the_ani_is_read_with_the_templates_country(chosen: Client, standard: TemplateVersion, prospect: User) -> None:
    TemplateVersion.objects.update(country="GB")

    chosen.post(TENANT, {**WHOLE, "ani": "020 7946 0000"})

    assert draft(prospect).tenant["ani"] == "+442079460000"


@pytest.mark.parametrize("field", ["name", "short_name", "upn_suffix", "user_name", "ani", "fqdn"])
@pytest.mark.parametrize("typed", ["x\0y", "a b", "a_b", "ключ", "x" * 3000, "<b>", "' or 1=1 --", "\u202eabc"])
def test_every_wrong_form_gets_a_sentence_beside_its_field_and_is_kept(chosen: Client, field: str, typed: str) -> None:
    answer = chosen.post(TENANT, {**WHOLE, field: typed})

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert answer.context["form"][field].value() == typed


@pytest.mark.feature("REG-05")
def test_a_taken_name_is_told_beside_the_field(chosen: Client, request_by: RequestMaker, rita: User) -> None:
    request_by(rita)

    answer = chosen.post(TENANT, {**WHOLE, "name": "kentonELECTRONICS"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "short_name", "upn_suffix"}


@pytest.mark.feature("REG-05")
@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "AlphaPhones", "already has this name"),
        ("name", "Alpha Phones", "Leave out spaces"),
        ("short_name", "ALPHA", "already has this short name"),
        ("upn_suffix", "alpha.example", "already uses this UPN suffix"),
        ("upn_suffix", "a1pha.example", "too much like"),
        ("fqdn", "alpha-phones.localhost", "already uses this address"),
        ("user_name", "2ke", "Start with a letter"),
        ("ani", "12", "3 to 15 digits"),
    ],
)
def test_leaving_a_field_tells_what_is_wrong_with_it(chosen: Client, field: str, typed: str, says: str) -> None:
    answer = chosen.post(f"{TENANT}?_validate={field}", {field: typed}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert says in page_of(answer)
    assert f'id="div_id_{field}"' in page_of(answer)
    assert "<html" not in page_of(answer)


@pytest.mark.feature("REG-06")
def test_taken_names_are_told_together_with_wrong_ones(chosen: Client) -> None:
    answer = chosen.post(TENANT, {**WHOLE, "name": "Kenton Electronics", "short_name": "ALPHA"})

    assert answer.status_code == 422
    assert "Leave out spaces" in page_of(answer)
    assert "already has this short name" in page_of(answer)


@pytest.mark.feature("REG-05")
def test_leaving_a_right_field_says_nothing_and_changes_nothing(chosen: Client, prospect: User) -> None:
    before = draft(prospect).updated_at

    answer = chosen.post(f"{TENANT}?_validate=name", {"name": "KentonElectronics"}, headers={"HX-Request": "true"})

    assert "field-error" not in page_of(answer)
    assert draft(prospect).updated_at == before


@pytest.mark.parametrize("field", ["password", "confirm", "nonsense", "__class__"])
def test_passwords_are_not_checked_in_passing(chosen: Client, field: str) -> None:
    answer = chosen.post(f"{TENANT}?_validate={field}", {field: "x"}, headers={"HX-Request": "true"})

    assert answer.status_code == 422  # an ordinary, unfinished post of the whole tab

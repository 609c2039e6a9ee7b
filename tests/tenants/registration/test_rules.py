"""Every wrong form of a name has its own sentence; source 001's examples pass."""

from collections.abc import Callable

import pytest

from portal.core.errors import DomainError, Refusals
from tenants.services.personnel import logon, personnel_id
from tenants.services.requests.order import check_contact, check_tenant, check_tenant_field
from tenants.services.requests.rules import (
    WrongShape,
    clean_name,
    clean_short_name,
    clean_suffix,
    clean_user_name,
    readings,
)
from tests.tenants.registration.conftest import CONTACT, KENTON

Rule = Callable[[str], str]


def sentence(rule: Rule, text: str) -> str:
    with pytest.raises(WrongShape) as refused:
        rule(text)
    return str(refused.value)


@pytest.mark.feature("REG-05")
@pytest.mark.parametrize("name", ["KentonElectronics", "ke", "A1", "x" * 63, "4Seasons"])
def test_a_name_of_letters_and_digits_passes(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.feature("REG-05")
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Kenton Electronics", "Leave out spaces"),
        ("Kenton\u00a0Electronics", "Leave out spaces"),
        ("Kenton\tElectronics", "invisible character"),
        ("Kenton_El", "Leave out underscores"),
        ("Kenton-El", "leave out “-”"),
        ("Kenton&Co", "leave out “&”"),
        ("Kenton.El", "leave out “.”"),
        ("Kenton<script>", "leave out “<”"),
        ("KentonÉlectronics", "“É” is not one of them"),
        ("\u041aenton", "is not one of them"),
        ("Kenton\uff11", "is not one of them"),
        ("Kenton\0", "invisible character"),
        ("Ken\u200bton", "invisible character"),
        ("Ken\u202eton", "invisible character"),
        ("Ken\x07ton", "invisible character"),
        ("K", "at least 2 characters"),
        ("K" * 64, "at most 63 characters; these are 64"),
        ("Admin", "reserved word"),
        ("PUBLIC", "reserved word"),
        ("adm1n", "reserved word"),
        ("t2", "reserved word"),
        ("tpl5v3", "reserved word"),
    ],
)
def test_each_wrong_form_of_a_name_has_its_sentence(name: str, says: str) -> None:
    assert says in sentence(clean_name, name)


@pytest.mark.feature("REG-06")
@pytest.mark.parametrize("short_name", ["ke", "KE", "k2", "a" * 12])
def test_a_short_name_of_2_to_12_letters_and_digits_passes(short_name: str) -> None:
    assert clean_short_name(short_name) == short_name


@pytest.mark.feature("REG-06")
@pytest.mark.parametrize(
    ("short_name", "says"),
    [
        ("k e", "Leave out spaces"),
        ("k_e", "Leave out underscores"),
        ("k-e", "leave out “-”"),
        ("k", "at least 2 characters"),
        ("a" * 13, "at most 12 characters"),
        ("2ke", "Start with a letter"),
        ("www", "reserved word"),
        ("API", "reserved word"),
        ("publ1c", "reserved word"),
        ("ké", "is not one of them"),
        ("k\0e", "invisible character"),
    ],
)
def test_each_wrong_form_of_a_short_name_has_its_sentence(short_name: str, says: str) -> None:
    assert says in sentence(clean_short_name, short_name)


@pytest.mark.feature("REG-07")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("kenton-electronics.com", "kenton-electronics.com"),
        ("Kenton-Electronics.COM", "kenton-electronics.com"),
        ("phones.kenton.co.uk", "phones.kenton.co.uk"),
        ("k1.io", "k1.io"),
    ],
)
def test_a_domain_is_kept_in_lower_case(typed: str, kept: str) -> None:
    assert clean_suffix(typed) == kept


@pytest.mark.feature("REG-07")
@pytest.mark.parametrize(
    ("suffix", "says"),
    [
        ("@kenton.com", "Leave out the @"),
        ("anna@kenton.com", "Leave out the @"),
        ("https://kenton.com", "Leave out https://"),
        ("kenton.com/about", "Leave out https://"),
        ("kenton.com:8080", "Leave out https://"),
        ("kenton .com", "Leave out spaces"),
        ("kenton_el.com", "Leave out underscores"),
        ("kenton", "Write a domain such as"),
        ("kenton..com", "Write a domain such as"),
        (".kenton.com", "Write a domain such as"),
        ("kenton.com.", "Write a domain such as"),
        ("-kenton.com", "Write a domain such as"),
        ("kenton-.com", "Write a domain such as"),
        ("192.168.0.1", "Write a domain such as"),
        ("ken!ton.com", "Write a domain such as"),
        ("kénton.com", "is not one of them"),
        ("k\u0435nton.com", "is not one of them"),
        ("xn--knton-bsa.com", "other scripts"),
        (f"{'k' * 64}.com", "at most 63 characters"),
        (f"{'k.' * 130}com", "at most 253 characters"),
        ("kenton\0.com", "invisible character"),
        ("localhost", "Write a domain such as"),
        ("trunkline.localhost", "belongs to the provider"),
    ],
)
def test_each_wrong_form_of_a_suffix_has_its_sentence(suffix: str, says: str) -> None:
    assert says in sentence(clean_suffix, suffix)


@pytest.mark.feature("REG-08")
@pytest.mark.parametrize("user_name", ["keAdmin", "ke.admin", "k2", "K" * 32])
def test_a_user_name_of_a_letter_then_letters_digits_and_dots_passes(user_name: str) -> None:
    assert clean_user_name(user_name) == user_name


@pytest.mark.feature("REG-08")
@pytest.mark.parametrize(
    ("user_name", "says"),
    [
        ("ke Admin", "Leave out spaces"),
        ("ke_admin", "Leave out underscores"),
        ("keAdmin@kenton.com", "Leave out the @"),
        ("ke-admin", "leave out “-”"),
        ("2ke", "Start with a letter"),
        (".ke", "Start with a letter"),
        ("k", "at least 2 characters"),
        ("k" * 33, "at most 32 characters"),
        ("kéAdmin", "is not one of them"),
        ("ke\0Admin", "invisible character"),
    ],
)
def test_each_wrong_form_of_a_user_name_has_its_sentence(user_name: str, says: str) -> None:
    assert says in sentence(clean_user_name, user_name)


@pytest.mark.feature("REG-09")
def test_prp_is_put_in_front_of_the_user_name_without_a_separator() -> None:
    assert personnel_id("keAdmin") == "prpkeAdmin"
    assert logon("keAdmin", "kenton-electronics.com") == "prpkeAdmin@kenton-electronics.com"


@pytest.mark.feature("REG-09")
def test_a_logon_that_would_be_too_long_is_refused_beside_the_suffix() -> None:
    with pytest.raises(Refusals) as refused:
        check_tenant({**KENTON, "upn_suffix": f"{'k' * 60}.{'e' * 60}.{'n' * 30}.com"}, country="SG")

    assert list(refused.value.errors) == ["upn_suffix"]


@pytest.mark.feature("REG-12")
@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("+65 6123 4567", "", "+6561234567"),
        ("6123 4567", "SG", "+6561234567"),
        ("020 7946 0000", "GB", "+442079460000"),
        ("(020) 7946-0000", "GB", "+442079460000"),
    ],
)
def test_an_ani_is_kept_as_e164_with_the_templates_country(typed: str, country: str, kept: str) -> None:
    assert check_tenant_field("ani", typed, country=country) == kept


@pytest.mark.feature("REG-12")
@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("12", "SG"),
        ("+1234567890123456", ""),
        ("six one two", "SG"),
        ("61234567", ""),
        ("", "SG"),
        ("6123\0 4567", "SG"),
    ],
)
def test_a_wrong_ani_is_refused(typed: str, country: str) -> None:
    with pytest.raises(DomainError):
        check_tenant_field("ani", typed, country=country)


@pytest.mark.feature("REG-05")
@pytest.mark.parametrize("missing", ["name", "short_name", "upn_suffix", "user_name", "ani"])
def test_every_field_of_the_tenant_tab_is_required(missing: str) -> None:
    with pytest.raises(Refusals) as refused:
        check_tenant({**KENTON, missing: "  "}, country="SG")

    assert refused.value.errors[missing].startswith("Enter")


@pytest.mark.feature("REG-13")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contact_name": ""}, "contact_name"),
        ({"contact_email": ""}, "contact_email"),
        ({"contact_email": "anna"}, "contact_email"),
        ({"contact_email": "anna@kenton.com\nBcc: all@example.com"}, "contact_email"),
        ({"contact_email": f"{'a' * 250}@kenton.com"}, "contact_email"),
        ({"contact_name": "Anna\nKenton"}, "contact_name"),
        ({"contact_name": "A" * 151}, "contact_name"),
        ({"contact_phone": "call me"}, "contact_phone"),
        ({"street": "S" * 151}, "street"),
        ({"city": "C\0"}, "city"),
        ({"postal_code": "9" * 21}, "postal_code"),
        ({"country": "XX"}, "country"),
    ],
)
def test_a_wrong_contact_detail_is_refused_beside_its_field(changes: dict[str, str], field: str) -> None:
    with pytest.raises(Refusals) as refused:
        check_contact({**CONTACT, **changes})

    assert list(refused.value.errors) == [field]


@pytest.mark.feature("REG-13")
def test_name_and_e_mail_address_are_enough_for_a_contact() -> None:
    kept = check_contact({"contact_name": " Anna Kenton ", "contact_email": "anna@kenton.com"})

    assert (kept["contact_name"], kept["contact_email"], kept["city"]) == ("Anna Kenton", "anna@kenton.com", "")


@pytest.mark.parametrize("word", ["ADMIN", "adm1n", "adm1N", "AdmIn"])
def test_the_eye_takes_digits_for_letters(word: str) -> None:
    assert "admin" in readings(word)

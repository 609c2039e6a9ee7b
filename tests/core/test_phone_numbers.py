"""Telephone numbers, typed as people type them, kept as E.164."""

import pytest

from portal.core.phone_numbers import NotANumber, for_people, to_e164


@pytest.mark.feature("REG-12")
@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("+65 6123 4567", "", "+6561234567"),
        ("6123 4567", "SG", "+6561234567"),
        ("(030) 123-4567", "DE", "+49301234567"),
        ("+44 20.7946.0018", "", "+442079460018"),
    ],
)
def test_a_number_is_kept_in_e164(typed: str, country: str, kept: str) -> None:
    assert to_e164(typed, country=country) == kept


@pytest.mark.feature("REG-12")
@pytest.mark.parametrize("typed", ["", "12", "+1234567890123456", "phone", "+65 6123 456x", "6123 4567", "١٢٣٤٥٦٧"])
def test_what_is_no_number_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(NotANumber) as refusal:
        to_e164(typed, field="ani")

    assert refusal.value.field == "ani"
    assert str(refusal.value).endswith(".")


def test_people_read_it_with_blanks() -> None:
    assert for_people("+6561234567") == "+65 6123 4567"
    assert for_people("101") == "101"

"""What happens to callers who dial one of the company's own outside numbers (EXT-09)."""

import pytest

from extensions.callflow.callers import Caller
from extensions.callflow.outgoing import owned_numbers
from extensions.callflow.path import call_path
from extensions.callflow.steps import EndKind
from tests.extensions.calls.facts import ANI, NOON, Company

SOMEBODY = Caller("+6591234567")
OWN, SPARE = "+6561000001", "+6561000002"


@pytest.mark.feature("EXT-09")
def test_an_assigned_number_rings_its_extension_whatever_the_main_number_says() -> None:
    company = Company().has(outside={OWN: 2, SPARE: None})

    path = call_path(company.snapshot(), SOMEBODY, OWN, NOON)

    assert path.steps[0].asked == "Which extension does +65 6100 0001 ring?"
    assert "102" in path.steps[0].answer
    assert any("102" in step.answer for step in path.steps)


@pytest.mark.feature("EXT-09")
def test_a_number_that_rings_nobody_says_so() -> None:
    path = call_path(Company().has(outside={OWN: 2, SPARE: None}).snapshot(), SOMEBODY, SPARE, NOON)

    assert path.end.kind is EndKind.NOWHERE
    assert "is yours, and rings nobody yet" in path.end.words


def test_a_number_of_somebody_else_stays_unknown() -> None:
    path = call_path(Company().has(outside={OWN: 2}).snapshot(), SOMEBODY, "+6561000009", NOON)

    assert path.end.kind is EndKind.NOWHERE
    assert "Nothing here has the number" in path.end.words


@pytest.mark.feature("CTL-08")
def test_the_companys_own_numbers_may_be_shown_to_the_other_side() -> None:
    assert owned_numbers(Company().has(outside={OWN: 2, SPARE: None}).snapshot()) == {ANI, OWN, SPARE}

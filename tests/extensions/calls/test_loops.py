"""Finding circles of forwards before they are saved (CTL-04)."""

import pytest

from extensions.callflow.loops import loop_through
from extensions.snapshot.facts import DestinationFacts
from tests.extensions.calls.facts import OFFICE, Company, exception, to_extension, to_team


def forward(to: DestinationFacts, kind: str = "available", origin: str = "external", condition: str = "busy") -> dict:
    key = f"forward.{kind}.{origin}.{condition}"
    return {key: True, f"{key}.to": to}


def loop(company: Company) -> str:
    snapshot = company.snapshot()
    found = loop_through(snapshot, snapshot.extensions[1])
    return found.words if found else ""


@pytest.mark.feature("CTL-04")
def test_two_that_forward_to_each_other_in_any_status_make_a_circle() -> None:
    company = Company().extension(1, settings=forward(to_extension(2)))
    company.extension(2, settings=forward(to_extension(1), kind="away", condition="always"))

    assert loop(company) == "101 → 102 → 101"


@pytest.mark.feature("CTL-04")
def test_calls_from_inside_and_from_outside_are_apart() -> None:
    company = Company().extension(1, settings=forward(to_extension(2)))
    company.extension(2, settings=forward(to_extension(1), origin="internal"))

    assert loop(company) == ""


@pytest.mark.feature("CTL-04")
def test_a_circle_through_a_team_hours_and_exceptions_is_found() -> None:
    company = Company().extension(1, settings=forward(to_team(5))).ring_group(no_answer=to_extension(2))
    company.extension(2, settings={"hours.schedule": OFFICE, "hours.closed_action": to_extension(3)})
    company.extension(3, exceptions=(exception(to_extension(1)),))

    assert loop(company) == "101 → Sales → 102 → 103 → 101"


def test_a_forward_that_is_off_and_an_action_without_hours_lead_nowhere() -> None:
    key = "forward.available.external.busy"
    company = Company().extension(1, settings={key: False, f"{key}.to": to_extension(2)})
    company.extension(2, settings={"hours.closed_action": to_extension(1)} | forward(to_extension(1)))

    assert loop(company) == ""


def test_members_of_a_team_are_no_circle() -> None:
    company = Company().extension(1, settings=forward(to_team(5))).ring_group(members=(1, 2))

    assert loop(company) == ""

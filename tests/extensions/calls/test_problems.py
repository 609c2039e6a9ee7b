"""What the configuration check finds about forwards and rules (CTL-04)."""

import pytest

from extensions.callflow.problems import call_problems
from extensions.models import DestinationKind
from extensions.snapshot.facts import DestinationFacts
from tests.extensions.calls.asking import forward
from tests.extensions.calls.facts import Company, rules, to_extension, to_number


def found(company: Company) -> list[tuple[str, str]]:
    return [(one.code, one.subject) for one in call_problems(company.snapshot())]


def test_a_company_without_forwards_has_no_problems() -> None:
    assert found(Company()) == []


@pytest.mark.feature("CTL-04")
def test_a_circle_is_reported_once() -> None:
    company = Company().extension(1, settings=forward("available", "busy", to_extension(2)))
    company.extension(2, settings=forward("away", "always", to_extension(1)))

    assert found(company) == [("call_loop", "extension 1")]


@pytest.mark.feature("CTL-04")
def test_denied_gone_and_suspended_targets_are_reported() -> None:
    gone = DestinationFacts(DestinationKind.TEAM, 99)
    company = Company().extension(1, settings=forward("away", "always", to_number("+442071234567")))
    company.extension(2, settings=forward("away", "always", gone))
    company.extension(3, settings=forward("away", "always", to_extension(4))).extension(4, suspended=True)

    assert found(company) == [
        ("forward_denied", "extension 1"),
        ("forward_gone", "extension 2"),
        ("forward_suspended", "extension 3"),
    ]


def test_a_rule_that_stands_twice_is_a_hint() -> None:
    company = Company().has(rule_sets={1: rules(("class", "local", True), ("class", "local", False))})

    assert found(company) == [("rule_unreached", "rule_set 1 2")]

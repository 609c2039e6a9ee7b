"""Destinations that lead nowhere (LNT-01): who is sent there, and why nobody takes the call."""

from collections.abc import Callable

import pytest

from extensions.models import DestinationKind, Extension, Finding, Team
from extensions.services.destinations import Target
from extensions.services.settings import change_settings
from extensions.services.suspend import reactivate_extension, suspend_extension
from extensions.services.teams.edit import create_team
from extensions.settings.subjects import Subject
from portal.accounts.models import User

Found = Callable[[str], list[Finding]]
pytestmark = pytest.mark.feature("LNT-01")
KEY = "forward.available.external.busy"


def test_a_forward_to_somebody_suspended_is_told_at_the_forward(
    found: Found, pair: list[Extension], owner: User
) -> None:
    sender, target = pair
    change_settings(
        subject=Subject(extension=sender),
        values={KEY: True, f"{KEY}.to": Target(DestinationKind.EXTENSION, target)},
        by=owner,
    )
    before = found("dead_end")
    suspend_extension(extension=target, by=owner)

    [finding] = found("dead_end")

    assert before == []
    assert finding.name.startswith("201 Ana: ")
    assert finding.text == "It leads to 202 Ben, who is suspended."
    assert finding.url == "/extensions/201/calls/"


def test_a_forward_that_is_switched_off_does_not_count(found: Found, pair: list[Extension], owner: User) -> None:
    sender, target = pair
    values = {KEY: False, f"{KEY}.to": Target(DestinationKind.EXTENSION, target)}
    change_settings(subject=Subject(extension=sender), values=values, by=owner)
    suspend_extension(extension=target, by=owner)

    assert found("dead_end") == []


def test_a_setting_of_the_company_is_told_once_for_all_who_inherit_it(
    found: Found, pair: list[Extension], owner: User
) -> None:
    values = {KEY: True, f"{KEY}.to": Target(DestinationKind.EXTENSION, pair[1])}
    change_settings(subject=Subject(), values=values, by=owner)
    suspend_extension(extension=pair[1], by=owner)

    assert [one.name.split(":")[0] for one in found("dead_end")] == ["Company"]


def test_a_team_that_sends_unanswered_calls_to_an_empty_team(found: Found, sales: Team, owner: User) -> None:
    empty = create_team(name="Nobody", number="601", by=owner)
    create_team(name="First", number="602", no_answer=Target(DestinationKind.TEAM, empty), by=owner)

    [finding] = found("dead_end")

    assert finding.name == "First: nobody answers"
    assert finding.text == "It leads to the team Nobody, which rings nobody."


def test_a_team_that_is_empty_but_leads_on_is_no_dead_end(found: Found, sales: Team, owner: User) -> None:
    empty = create_team(name="Nobody", number="601", no_answer=Target(DestinationKind.TEAM, sales), by=owner)
    create_team(name="First", number="602", no_answer=Target(DestinationKind.TEAM, empty), by=owner)

    assert found("dead_end") == []


def test_what_is_reactivated_is_found_no_more(found: Found, pair: list[Extension], owner: User) -> None:
    create_team(name="First", number="602", no_answer=Target(DestinationKind.EXTENSION, pair[1]), by=owner)
    suspend_extension(extension=pair[1], by=owner)
    before = len(found("dead_end"))
    reactivate_extension(extension=Extension.objects.get(pk=pair[1].pk), by=owner)

    assert (before, len(found("dead_end"))) == (1, 0)

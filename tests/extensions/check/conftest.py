"""Running the check in alpha, and reading what it found."""

from collections.abc import Callable

import pytest

from extensions.models import Extension, Finding, Team
from extensions.services.check.run import run_check
from extensions.services.teams.edit import create_team
from extensions.services.teams.members import set_members
from portal.accounts.models import User
from tests.extensions.conftest import NOON


@pytest.fixture
def found(inside_alpha: object) -> Callable[[str], list[Finding]]:
    """`found("dead_end")`: run the check, and return what that check reports now."""

    def run(code: str) -> list[Finding]:
        run_check(at=NOON)
        return list(Finding.objects.filter(code=code).order_by("pk"))

    return run


@pytest.fixture
def pair(create: Callable[..., Extension]) -> list[Extension]:
    """Extensions 201 and 202."""
    return [create("201", first_name="Ana", last_name=""), create("202", first_name="Ben", last_name="")]


@pytest.fixture
def sales(pair: list[Extension], owner: User) -> Team:
    """The ring group 600 of both."""
    team = create_team(name="Sales", number="600", ring_seconds=20, by=owner)
    return set_members(team=team, members=[one.pk for one in pair], by=owner)

"""Blocked callers, and exceptions that beat everything (CTL-05, CTL-09)."""

from datetime import datetime

import pytest

from extensions.callflow.steps import EndKind, Topic
from extensions.models import BlockAction, BlockMatch, Level, StatusKind
from tests.extensions.calls.asking import BOSS, CLOSED, HANGUP, OUTSIDE, forward, path
from tests.extensions.calls.facts import (
    NIGHT,
    NOON,
    OFFICE,
    Company,
    block,
    exception,
    to_extension,
)


def test_a_suspended_extension_is_not_reached_by_any_rule() -> None:
    company = Company().extension(1, suspended=True, exceptions=(exception(to_extension(2)),))

    assert path(company).end.kind is EndKind.SUSPENDED


@pytest.mark.feature("CTL-05")
@pytest.mark.parametrize(
    ("caller", "match", "pattern"),
    [
        (OUTSIDE, BlockMatch.NUMBER, OUTSIDE),
        (OUTSIDE, BlockMatch.PREFIX, "+656"),
        ("102", BlockMatch.PREFIX, "10"),
        ("", BlockMatch.ANONYMOUS, ""),
    ],
)
@pytest.mark.parametrize(
    ("action", "key"),
    [
        (BlockAction.REJECT, "rejected"),
        (BlockAction.BUSY, "busy"),
        (BlockAction.VOICEMAIL, "voicemail:101"),
    ],
)
@pytest.mark.parametrize("level", [Level.EXTENSION, Level.TENANT])
def test_blocked_callers_are_turned_away(  # noqa: PLR0913 - every combination
    caller: str, match: BlockMatch, pattern: str, action: BlockAction, key: str, level: Level
) -> None:
    one = block(pattern, match=match, action=action)
    company = Company()
    if level is Level.EXTENSION:
        company.extension(1, blocks=(one,))
    else:
        company.has(blocks=(one,))

    found = path(company, caller=caller)

    assert found.key == key
    place = found.steps[-1].place
    assert place is not None
    assert (place.topic, place.level) == (Topic.BLOCKED, level)
    assert path(company, caller="+442071234567").key == "ring:extension:101;voicemail:101"


@pytest.mark.feature("CTL-09")
def test_an_exception_beats_blocks_status_hours_and_profile() -> None:
    settings = forward("dnd", "busy", HANGUP) | {"hours.schedule": OFFICE, "hours.closed_action": HANGUP}
    company = Company().extension(
        1, status=StatusKind.DND, settings=settings, blocks=(block(BOSS),),
        exceptions=(exception(to_extension(2), prefix="+6591"),),
    )  # fmt: skip

    assert path(company, caller=BOSS, at=NIGHT).key == "ring:extension:102;voicemail:102"
    assert path(company, caller=OUTSIDE, at=NOON).key == "hangup"


@pytest.mark.feature("CTL-09")
def test_an_exception_without_destination_rings_all_the_same() -> None:
    company = Company().extension(1, status=StatusKind.DND, exceptions=(exception(None, prefix=BOSS),))

    assert path(company, caller=BOSS).key == "ring:extension:101;voicemail:101"


@pytest.mark.feature("CTL-09")
@pytest.mark.parametrize(("when_open", "at", "fits"), [(True, NOON, True), (True, NIGHT, False), (False, NIGHT, True)])
def test_an_exception_can_depend_on_a_schedule(when_open: bool, at: datetime, fits: bool) -> None:
    one = exception(HANGUP, schedule=OFFICE, when_open=when_open)
    found = path(Company().extension(1, exceptions=(one,)), at=at)

    assert (found.key == "hangup") is fits


@pytest.mark.feature("CTL-09")
def test_exceptions_are_tried_in_order_own_ones_first() -> None:
    own = (exception(HANGUP, prefix="+6591"), exception(CLOSED))
    company = Company().has(exceptions=(exception(to_extension(3)),)).extension(1, exceptions=own)

    assert path(company, caller=BOSS).key == "hangup"
    assert path(company, caller=OUTSIDE).key == "announcement:9"
    assert path(company, dialled="102").key == "ring:extension:103;voicemail:103"

"""What the pages say is what a real Asterisk does: both are asked where calls go, and must say the same (issue 4)."""

import asyncio

import pytest

from extensions.callflow.callers import Caller
from extensions.callflow.path import call_path
from extensions.snapshot.facts import Snapshot
from tests.pbx.agreement.companies import EXTENSIONS, FEATURES, OUTSIDE, Draw
from tests.pbx.agreement.trial import Question, ask, bring, driver_for
from tests.pbx.conftest import RunningAsterisk

pytestmark = [pytest.mark.pbx]
# Ends whose detail only the page names.
PLAIN = {"busy", "rejected", "hangup", "nobody", "denied", "suspended", "nowhere", "loop", "feature", "emergency"}
INSIDE = ("101", "102", "103", "104", "105", "106", "107", "108")
DIALLED = (*INSIDE, "601", "602", "603", "650", "660", "700", "702", "*01", "*02", "*05", "112", "*97", "*78")


def questions(draw: Draw, count: int) -> list[Question]:
    found = []
    for _ in range(count):
        if draw.often(0.5):
            found.append(Question(draw.dice.choice((*OUTSIDE, "")), draw.ani, draw.moment(), outside=True))
        else:
            dialled = draw.dice.choice((*DIALLED, *OUTSIDE))
            found.append(Question(draw.dice.choice(INSIDE), dialled, draw.moment()))
    for _ in range(count // 6):
        id = draw.dice.choice(list(EXTENSIONS))
        caller, number = draw.dice.choice((*OUTSIDE, "")), draw.own_number(id)
        found.append(Question(caller, number, draw.moment(), outside=True, door=f"d{id}"))
    return found


def page_says(snapshot: Snapshot, one: Question) -> str:
    own = None if one.outside else snapshot.by_number(one.caller)
    path = call_path(snapshot, Caller(one.caller, own), one.dialled, one.at)
    return comparable(path.key.split(";"))


def comparable(steps: list[str]) -> str:
    kind = steps[-1].partition(":")[0]
    return ";".join([*steps[:-1], kind if kind in PLAIN else steps[-1]])


@pytest.mark.feature("EXT-06", "EXT-09", "CTL-02", "CTL-03", "CTL-05", "CTL-06", "SCH-06", "SCH-09", "TEAM-03")
@pytest.mark.parametrize("seed", range(12))
def test_asterisk_sends_calls_where_the_page_says(asterisk: RunningAsterisk, seed: int) -> None:
    draw = Draw(seed)
    facts, driver = draw.facts(), driver_for(asterisk)
    asked = questions(draw, 120)

    asyncio.run(bring(driver, facts))
    said = asyncio.run(ask(driver, draw.slug, asked))

    meant = [page_says(facts.snapshot, one) for one in asked]
    done = [comparable(answer.split("|")) for answer in said]
    assert [all for all in zip(asked, meant, done, strict=True) if all[1] != all[2]] == []


def test_the_questions_meet_every_kind_of_end() -> None:
    ends = set()
    for seed in range(12):
        draw = Draw(seed)
        snapshot = draw.facts().snapshot
        ends |= {page_says(snapshot, one).split(";")[-1].partition(":")[0] for one in questions(draw, 120)}

    assert ends >= {
        "voicemail", "mailbox", "conference", "parking", "feature", "announcement", "outside", "emergency", "busy",
        "rejected", "hangup", "nobody", "denied", "suspended", "loop",
    }  # fmt: skip
    assert FEATURES

"""What happens to a call: the order of the questions, the rule that decides, and where it ends (CTL-01 to CTL-09)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extensions.callflow.callers import caller_of
from extensions.callflow.steps import EndKind, Topic
from extensions.models import DestinationKind, Level, StatusKind
from extensions.snapshot.facts import DestinationFacts
from portal.core.phone_numbers import NotANumber
from tests.extensions.calls.asking import BOSS, CLOSED, HANGUP, forward, path
from tests.extensions.calls.facts import (
    ANI,
    NIGHT,
    OFFICE,
    Company,
    block,
    exception,
    rules,
    to_extension,
    to_number,
    to_team,
)


@pytest.mark.feature("CTL-01", "CTL-02")
def test_without_any_setting_it_rings_and_goes_to_voicemail() -> None:
    found = path(Company())

    assert found.key == "ring:extension:101;voicemail:101"
    assert found.words == "Rings 101 Person 1, then: Voicemail of 101 Person 1"
    assert [step.asked for step in found.steps] == [
        "What does 101 belong to?",
        "What does 101 do in status “Available”?",
    ]
    assert found.steps[-1].answer == "101 rings for 25 seconds"


def test_without_voicemail_nobody_answers() -> None:
    found = path(Company(**{"voicemail.enabled": False}))

    assert found.end.kind is EndKind.NOBODY
    assert [branch.outcome for branch in found.steps[-1].branches] == [
        "they talk",
        "The caller hears that it is busy.",
        "The caller hears that it is busy.",
    ]


@pytest.mark.feature("CTL-02")
@pytest.mark.parametrize(
    ("condition", "key"),
    [
        ("always", "ring:extension:102;voicemail:102"),
        ("no_answer", "ring:extension:101;ring:extension:102;voicemail:102"),
        ("busy", "ring:extension:101;voicemail:101"),
        ("unregistered", "ring:extension:101;voicemail:101"),
    ],
)
def test_each_kind_of_forward_can_be_on(condition: str, key: str) -> None:
    found = path(Company().extension(1, settings=forward("available", condition, to_extension(2))))

    assert found.key == key
    branches = {branch.condition: branch.outcome for step in found.steps for branch in step.branches}
    if condition == "busy":
        assert branches["If it is busy"] == "Voicemail of 102 Person 2"
    if condition == "unregistered":
        assert branches["If no telephone is connected"] == "Voicemail of 102 Person 2"


@pytest.mark.feature("CTL-02")
@pytest.mark.parametrize(
    ("to", "key"),
    [
        (None, "voicemail:101"),
        (to_extension(3), "ring:extension:103;voicemail:103"),
        (to_team(5), "ring:team:200;nobody:200"),
        (to_number(BOSS), f"ring:outside:{BOSS};outside:{BOSS}"),
        (CLOSED, "announcement:9"),
        (HANGUP, "hangup"),
        (DestinationFacts(DestinationKind.EXTENSION, 99), "nowhere"),
        (DestinationFacts(DestinationKind.CONFERENCE, 99), "nowhere"),
    ],
)
def test_a_forward_goes_to_its_target(to: DestinationFacts | None, key: str) -> None:
    assert path(Company().extension(1, settings=forward("available", "always", to))).key == key


@pytest.mark.feature("CTL-01")
@pytest.mark.parametrize("status", [StatusKind.AVAILABLE, StatusKind.BUSY, StatusKind.AWAY, StatusKind.CUSTOM_1])
def test_each_status_has_its_own_behaviour_apart_for_inside_and_outside(status: StatusKind) -> None:
    settings = forward(status.value, "always", to_extension(2)) | forward(
        status.value, "always", to_extension(3), "internal"
    )
    company = Company().extension(1, status=status, settings=settings)

    outside, inside = path(company), path(company, caller="102", dialled="101")

    assert outside.key == "ring:extension:102;voicemail:102"
    assert inside.key == "ring:extension:103;voicemail:103"
    other = StatusKind.BUSY if status is not StatusKind.BUSY else StatusKind.AWAY
    assert path(company.extension(1, status=other, settings=settings)).key == "ring:extension:101;voicemail:101"


def test_whoever_is_logged_out_is_not_rung() -> None:
    assert path(Company().extension(1, status=StatusKind.LOGGED_OUT)).key == "voicemail:101"


@pytest.mark.feature("CTL-02")
def test_no_answer_has_its_own_seconds() -> None:
    key = "forward.available.external.no_answer"
    settings = {key: True, f"{key}.seconds": 60}

    assert path(Company().extension(1, settings=settings)).steps[-1].answer == "101 rings for 60 seconds"


@pytest.mark.feature("CTL-03")
def test_do_not_disturb_rings_nothing_and_obeys_the_forward_for_busy() -> None:
    plain = Company().extension(1, status=StatusKind.DND)
    no_box = Company(**{"voicemail.enabled": False}).extension(1, status=StatusKind.DND)
    forwarded = Company().extension(1, status=StatusKind.DND, settings=forward("dnd", "busy", to_extension(2)))

    assert path(plain).key == "voicemail:101"
    assert path(no_box).key == "busy:101"
    assert path(forwarded).key == "ring:extension:102;voicemail:102"


HOURS = {"hours.schedule": OFFICE, "hours.closed_action": CLOSED}


def test_hours_send_calls_on_and_name_where_that_is_set() -> None:
    by_day, at_night = path(Company(**HOURS)), path(Company(**HOURS), at=NIGHT)

    assert by_day.key == "ring:extension:101;voicemail:101"
    assert at_night.key == "announcement:9"
    step = at_night.steps[-1]
    assert step.rule == "Outside office hours · Inherited from the company"
    assert step.place is not None
    assert (step.place.topic, step.place.level) == (Topic.HOURS, Level.TENANT)


def test_closed_hours_without_action_ring_as_usual() -> None:
    assert path(Company(**{"hours.schedule": OFFICE}), at=NIGHT).key == "ring:extension:101;voicemail:101"


def test_a_team_says_who_rings_and_who_is_skipped_and_why() -> None:
    company = Company().ring_group(members=(1, 2, 3), no_answer=CLOSED)
    company.extension(2, status=StatusKind.DND).extension(3, suspended=True)

    found = path(company, dialled="200")

    assert found.key == "ring:team:200;announcement:9"
    assert found.steps[-1].answer == "101 Person 1 ring for 20 seconds"
    assert [(branch.condition, branch.outcome) for branch in found.steps[-1].branches][:2] == [
        ("102 Person 2", "does not ring: status “Do not disturb”"),
        ("103 Person 3", "does not ring: suspended"),
    ]


def test_a_team_has_hours_of_its_own_and_the_companys_blocks_count() -> None:
    company = Company().ring_group(settings=HOURS).has(blocks=(block(BOSS),))

    assert path(company, dialled="200", at=NIGHT).key == "announcement:9"
    assert path(company, dialled="200", caller=BOSS).key == "rejected"
    assert path(company, dialled="200").key == "ring:team:200;nobody:200"


def test_a_team_that_nobody_answers_for_says_so() -> None:
    company = Company().extension(1, suspended=True).extension(2, status=StatusKind.DND)

    assert path(company, dialled="200").key == "nobody:200"


@pytest.mark.feature("CTL-04", "CTL-06")
def test_a_forward_to_a_number_that_the_rules_deny_does_not_go_out() -> None:
    settings = forward("available", "always", to_number("+442071234567"))
    company = Company().extension(1, settings=settings)

    denied = path(company)
    allowed = path(company.has(rule_sets={1: rules(default=True)}).extension(
        1, settings=settings | {"outgoing.rules": 1}))  # fmt: skip

    assert denied.end.kind is EndKind.DENIED
    assert denied.steps[-1].rule == "No set of rules: internal, local, national and mobile calls only"
    assert allowed.key == "ring:outside:+442071234567;outside:+442071234567"


@pytest.mark.feature("CTL-04")
def test_a_circle_ends_and_names_its_way() -> None:
    company = Company().extension(1, settings=forward("available", "always", to_team(5)))
    company.ring_group(no_answer=to_extension(2))
    company.extension(2, settings=forward("available", "no_answer", to_extension(1)))

    found = path(company)

    assert found.end.kind is EndKind.LOOP
    assert found.end.words == "The call goes round in a circle: 101 → Sales → 102 → 101"


@pytest.mark.feature("CTL-04")
def test_more_than_ten_forwards_end_the_call() -> None:
    company = Company()
    for id in range(1, 15):
        company.extension(id, settings=forward("available", "always", to_extension(id + 1)))
    company.extension(15)

    found = path(company)

    assert found.end.kind is EndKind.LOOP
    assert found.end.words.startswith("Too many forwards: 101 → 102")


def test_an_inherited_forward_to_oneself_counts_as_none() -> None:
    company = Company(**forward("available", "no_answer", to_extension(1)))

    assert path(company).key == "ring:extension:101;voicemail:101"
    assert path(company, dialled="102").key == "ring:extension:102;ring:extension:101;voicemail:101"


@pytest.mark.parametrize(
    ("dialled", "key"),
    [
        ("102", "ring:extension:102;voicemail:102"),
        ("*1", "ring:extension:103;voicemail:103"),
        ("*97", "feature:*97"),
        ("995", "emergency"),
        ("61112222", "outside:+6561112222"),
        ("+442071234567", "denied:+442071234567"),
        ("999999", "nowhere:999999"),
    ],
)
def test_colleagues_may_dial_anything_that_their_rules_allow(dialled: str, key: str) -> None:
    assert path(Company(), caller="101", dialled=dialled).key == key


@pytest.mark.parametrize(("dialled", "key"), [(ANI, f"nowhere:{ANI}"), ("*97", "nowhere:*97"), ("555", "nowhere:555")])
def test_callers_from_outside_reach_only_what_has_a_number(dialled: str, key: str) -> None:
    assert path(Company(), dialled=dialled).key == key


def test_a_caller_that_is_nobody_is_refused() -> None:
    with pytest.raises(NotANumber):
        caller_of(Company().snapshot(), "199")


STATES = st.fixed_dictionaries(
    {
        "status": st.sampled_from(StatusKind),
        "suspended": st.booleans(),
        "condition": st.sampled_from(["always", "busy", "no_answer", "unregistered"]),
        "to": st.sampled_from([to_extension(1), to_extension(2), to_extension(3), to_team(5), CLOSED, to_number(BOSS)]),
        "exception": st.sampled_from([None, to_extension(1), to_extension(3), to_team(5)]),
    }
)


@pytest.mark.feature("CTL-04")
@given(
    states=st.lists(STATES, min_size=3, max_size=3),
    no_answer=st.sampled_from([None, to_extension(1), to_team(5)]),
    dialled=st.sampled_from(["101", "200", "103"]),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),  # noqa: DTZ001
)
def test_every_call_ends(states: list[dict], no_answer: DestinationFacts | None, dialled: str, at: datetime) -> None:
    company = Company(**HOURS | {"hours.closed_action": to_team(5)}).ring_group(no_answer=no_answer)
    for id, one in enumerate(states, start=1):
        settings = forward(one["status"].value, one["condition"], one["to"])
        exceptions = (exception(one["exception"]),) if one["exception"] else ()
        company.extension(
            id, status=one["status"], suspended=one["suspended"], settings=settings, exceptions=exceptions
        )

    found = path(company, dialled=dialled, at=at)

    assert found.end.kind in EndKind
    assert len(found.touched) <= 4

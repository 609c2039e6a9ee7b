"""Which outgoing calls are allowed, by which rule, and what the other side sees (CTL-03, CTL-06, CTL-08, CTL-10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extensions.callflow.dialling import Kind, classify, meaning_of
from extensions.callflow.outgoing import Decision, outgoing_decision, rule_fits
from extensions.models import BlockDirection, BlockMatch, CallClass, StatusKind
from extensions.snapshot.facts import SpeedDialFacts
from tests.extensions.calls.facts import ANI, NIGHT, NOON, OFFICE, Company, block, rules

LOCAL, MOBILE, FOREIGN, PREMIUM = "61112222", "91234567", "+442071234567", "19001234567"


def decide(company: Company, dialled: str, at: object = NOON) -> Decision:
    snapshot = company.snapshot()
    return outgoing_decision(snapshot, snapshot.extensions[1], dialled, at)  # type: ignore[arg-type]


@pytest.mark.feature("CTL-06")
@pytest.mark.parametrize(
    ("country", "ani", "number", "expected"),
    [
        ("SG", ANI, "+6561112222", CallClass.LOCAL),
        ("SG", ANI, "+6591234567", CallClass.MOBILE),
        ("SG", ANI, "+6518001234567", CallClass.NATIONAL),
        ("SG", ANI, "+6519001234567", CallClass.PREMIUM),
        ("SG", ANI, "+442071234567", CallClass.INTERNATIONAL),
        ("DE", "+493012345678", "+4930123456", CallClass.LOCAL),
        ("DE", "+493012345678", "+4989123456", CallClass.NATIONAL),
        ("DE", "+493012345678", "+499001234567", CallClass.PREMIUM),
        ("DE", "+493012345678", "+441900123456", CallClass.INTERNATIONAL),
        ("SG", ANI, "+499001234567", CallClass.PREMIUM),
        ("US", "+12125551234", "+12125559999", CallClass.LOCAL),
        ("US", "+12125551234", "+14155552671", CallClass.NATIONAL),
        ("US", "+12125551234", "+14165551234", CallClass.INTERNATIONAL),
        ("US", "+12125551234", "+19005551234", CallClass.PREMIUM),
        ("SG", "", "+6561112222", CallClass.NATIONAL),
        ("SG", ANI, "nonsense", CallClass.INTERNATIONAL),
    ],
)
def test_a_number_has_a_class_as_seen_from_the_company(
    country: str, ani: str, number: str, expected: CallClass
) -> None:
    assert classify(number, country=country, ani=ani) == expected


@pytest.mark.feature("CTL-06")
@pytest.mark.parametrize(
    ("dialled", "kind", "number", "call_class"),
    [
        ("995", Kind.EMERGENCY, "995", CallClass.EMERGENCY),
        ("112", Kind.EMERGENCY, "112", CallClass.EMERGENCY),
        ("*97", Kind.FEATURE, "*97", CallClass.INTERNAL),
        ("**102", Kind.FEATURE, "**102", CallClass.INTERNAL),
        ("*1", Kind.INTERNAL, "103", CallClass.INTERNAL),
        ("102", Kind.INTERNAL, "102", CallClass.INTERNAL),
        ("200", Kind.INTERNAL, "200", CallClass.INTERNAL),
        ("6111 2222", Kind.OUTSIDE, "+6561112222", CallClass.LOCAL),
        ("+65 6111-2222", Kind.OUTSIDE, "+6561112222", CallClass.LOCAL),
        ("001 442071234567", Kind.OUTSIDE, FOREIGN, CallClass.INTERNATIONAL),
        ("1800", Kind.OUTSIDE, "1800", CallClass.PREMIUM),
        ("999999", Kind.UNKNOWN, "999999", CallClass.INTERNAL),
        ("*55", Kind.UNKNOWN, "*55", CallClass.INTERNAL),
        ("6111*2222", Kind.UNKNOWN, "6111*2222", CallClass.INTERNAL),
        ("#61112222", Kind.UNKNOWN, "#61112222", CallClass.INTERNAL),
        ("", Kind.UNKNOWN, "", CallClass.INTERNAL),
    ],
)
def test_what_is_dialled_means_something(dialled: str, kind: Kind, number: str, call_class: CallClass) -> None:
    snapshot = Company().snapshot()

    found = meaning_of(snapshot, dialled, snapshot.extensions[1])

    assert (found.kind, found.number, found.call_class) == (kind, number, call_class)


def test_a_personal_speed_dial_wins_over_the_shared_one_and_a_feature_code_over_both() -> None:
    own = (SpeedDialFacts("*1", "Home", "+6591234567"), SpeedDialFacts("*97", "Aunt", "102"))
    snapshot = Company().extension(1, speed_dials=own).snapshot()

    personal, shared, feature = (
        meaning_of(snapshot, dialled, snapshot.extensions[id]) for dialled, id in (("*1", 1), ("*1", 2), ("*97", 1))
    )

    assert (personal.number, shared.number, feature.kind) == ("+6591234567", "103", Kind.FEATURE)


@pytest.mark.feature("CTL-06")
@pytest.mark.parametrize(
    ("dialled", "allowed"),
    [
        ("102", True),
        (LOCAL, True),
        ("18001234567", True),
        (MOBILE, True),
        (FOREIGN, False),
        (PREMIUM, False),
        ("1800", False),
        ("*97", True),
        ("999999", False),
    ],
)
def test_without_a_set_of_rules_only_ordinary_classes_are_allowed(dialled: str, allowed: bool) -> None:
    assert decide(Company(), dialled).allowed is allowed


@pytest.mark.feature("CTL-06")
def test_the_first_fitting_rule_decides_and_else_the_default() -> None:
    chosen = rules(("prefix", "+4420", True), ("country", "GB", False), ("class", "mobile", False), default=True)
    company = Company(**{"outgoing.rules": 1}).has(rule_sets={1: chosen})

    london, manchester, mobile, local = (
        decide(company, dialled) for dialled in (FOREIGN, "+441612345678", MOBILE, LOCAL)
    )

    assert [one.allowed for one in (london, manchester, mobile, local)] == [True, False, False, True]
    assert [one.position for one in (london, manchester, mobile, local)] == [0, 1, 2, None]
    assert manchester.rule == "Rule 2 of “Office”: United Kingdom: deny"
    assert local.rule == "“Office”, what no rule names: allow"
    assert [one.fits for one in manchester.tried][-2:] == [False, True]


@pytest.mark.feature("CTL-06")
@given(
    lines=st.lists(
        st.one_of(
            st.tuples(st.just("class"), st.sampled_from(CallClass.values), st.booleans()),
            st.tuples(st.just("prefix"), st.sampled_from(["+65", "+659", "+44", "1", "+"]).filter(lambda p: p != "+"),
                      st.booleans()),
            st.tuples(st.just("country"), st.sampled_from(["SG", "GB", "US"]), st.booleans()),
        ),
        max_size=6,
    ),
    default=st.booleans(),
    dialled=st.sampled_from(["102", LOCAL, MOBILE, FOREIGN, PREMIUM, "18001234567", "+12125559999"]),
)  # fmt: skip
def test_whatever_the_rules_the_first_that_fits_decides(
    lines: list[tuple[str, str, bool]], default: bool, dialled: str
) -> None:
    chosen = rules(*lines, default=default)
    company = Company(**{"outgoing.rules": 1}).has(rule_sets={1: chosen})

    found = decide(company, dialled)

    fitting = [one for one in chosen.rules if rule_fits(one, found.meaning)]
    assert found.allowed == (fitting[0].allow if fitting else default)
    assert found.position == (chosen.rules.index(fitting[0]) if fitting else None)


@pytest.mark.feature("CTL-06", "CTL-05", "CTL-10")
@given(
    dialled=st.sampled_from(["995", "112", "999", "911", " 9 9 5 "]),
    default=st.booleans(),
    suspended=st.booleans(),
    status=st.sampled_from(StatusKind),
    blocked=st.booleans(),
    at=st.sampled_from([NOON, NIGHT]),
)
def test_emergency_calls_are_always_allowed(  # noqa: PLR0913 - one argument for each obstacle
    dialled: str, default: bool, suspended: bool, status: StatusKind, blocked: bool, at: object
) -> None:
    everything = block("9", match=BlockMatch.PREFIX, direction=BlockDirection.OUT)
    company = Company(**{"outgoing.rules": 1, "outgoing.hours": OFFICE, "caller_id.withheld": True})
    company.has(rule_sets={1: rules(("class", "emergency", False), default=default)})
    company.extension(1, suspended=suspended, status=status, blocks=(everything,) if blocked else ())

    found = decide(company, dialled, at)

    assert found.allowed
    assert found.presented == ANI
    assert len(found.tried) == 1


@pytest.mark.feature("CTL-03")
def test_do_not_disturb_leaves_outgoing_calls_alone() -> None:
    quiet = Company().extension(1, status=StatusKind.DND)

    assert decide(quiet, LOCAL).allowed
    assert decide(quiet, "102").allowed


@pytest.mark.feature("CTL-05")
@pytest.mark.parametrize("direction", BlockDirection)
def test_blocked_numbers_count_in_their_direction_own_ones_before_the_companys(direction: BlockDirection) -> None:
    company = Company().extension(1, blocks=(block("+6561112222", direction=direction),))
    company.has(blocks=(block("+659", match=BlockMatch.PREFIX, direction=direction),))

    own, companys, free = (decide(company, dialled) for dialled in (LOCAL, MOBILE, "61113333"))

    out = direction is not BlockDirection.IN
    assert [own.allowed, companys.allowed, free.allowed] == [not out, not out, True]
    if out:
        assert own.rule == "Its own blocked numbers: +6561112222"
        assert companys.rule == "The company's blocked numbers: +659"


@pytest.mark.feature("CTL-10")
def test_outside_the_allowed_times_only_colleagues_and_helpers_are_called() -> None:
    company = Company(**{"outgoing.hours": OFFICE})

    by_day, at_night = decide(company, LOCAL, NOON), decide(company, LOCAL, NIGHT)

    assert (by_day.allowed, at_night.allowed) == (True, False)
    assert at_night.rule == "Outgoing calls only during “Office hours”: closed at that time"
    assert decide(company, "102", NIGHT).allowed
    assert decide(company, "995", NIGHT).allowed


def test_a_suspended_extension_calls_only_for_help() -> None:
    company = Company().extension(1, suspended=True)

    assert not decide(company, "102").allowed
    assert not decide(company, "*97").allowed
    assert decide(company, "995").allowed


@pytest.mark.feature("CTL-08")
@pytest.mark.parametrize(
    ("settings", "dialled", "presented"),
    [
        ({}, LOCAL, ANI),
        ({"caller_id.number": ANI}, LOCAL, ANI),
        ({"caller_id.number": "+442071234567"}, LOCAL, ANI),  # not one of its own numbers
        ({"caller_id.withheld": True}, LOCAL, ""),
        ({"caller_id.withheld": True}, "102", "101"),
        ({"caller_id.withheld": True}, "995", ANI),
    ],
)
def test_the_other_side_sees_own_numbers_only(settings: dict[str, object], dialled: str, presented: str) -> None:
    company = Company().extension(1, settings=settings)

    assert decide(company, dialled).presented == presented

"""A real Asterisk decides about dialled numbers as the portal does, without asking it (CTL-06)."""

from collections.abc import Iterator

import pytest

from extensions.models import CallClass
from extensions.pbx.formats.dialplan import Context, write_dialplan
from extensions.pbx.render.numbering import number_call, render_numbering
from extensions.snapshot.facts import Snapshot
from portal.run.asterisk.probe import Probe
from tests.extensions.pbx.numbering.deciding import Decided, company_in, portal
from tests.extensions.pbx.numbering.diallings import COUNTRIES, diallings
from tests.pbx.conftest import RunningAsterisk

pytestmark = [pytest.mark.pbx, pytest.mark.long]
EACH = 170  # diallings in each country
A_CALL = 30  # decisions of one call: a channel that never rests piles up events
TOLD = (
    "UserEvent(TlDecided,TlNo: {no},TlKind: ${{TL_KIND}},TlNumber: ${{TL_E164}},TlClass: ${{TL_CLASS}},"
    "TlCountry: ${{TL_COUNTRY}})"
)
HOSTILE = ('0301234" = "', "${GLOBAL(SECRET)}", "030)1,2", "$[1/0]", "030;1", "x' | 1", "030[1", '"', "\\", "030&1:2?3")


@pytest.fixture
def numbering(asterisk: RunningAsterisk) -> Iterator[Probe]:
    """A connection to an Asterisk that has the numbering of the countries, and takes it away again."""
    shared = asterisk.server.etc / "shared"
    files = {shared / name: text for name, text in render_numbering(COUNTRIES).items()}
    for file, text in files.items():
        file.write_text(text)
    with asterisk.server.probe() as probe:
        probe.connection.settimeout(30)
        yield probe
        for file in (*files, shared / "tries.conf"):
            file.unlink(missing_ok=True)
        probe.ask("Command", Command="dialplan reload")


def decisions(asterisk: RunningAsterisk, probe: Probe, asked: list[tuple[Snapshot, str]]) -> list[Decided]:
    """What Asterisk says of each number, dialled in a company."""
    tries = Context("tl-tries")
    tries.exten("waits").do("Answer()").do("Wait(60)")
    starts = range(0, len(asked), A_CALL)
    for start in starts:
        steps = tries.exten(f"from{start}")
        for no, (company, dialled) in enumerate(asked[start : start + A_CALL], start):
            call = number_call(dialled, country=company.country, ani=company.ani)
            steps.do(call).do(TOLD.format(no=no))
    (asterisk.server.etc / "shared" / "tries.conf").write_text(write_dialplan([tries]))
    probe.ask("Command", Command="dialplan reload")
    found: list[Decided] = []
    for start in starts:
        _originate(probe, f"from{start}")
        found += [_next(probe, no) for no in range(start, min(start + A_CALL, len(asked)))]
    return found


def _originate(probe: Probe, exten: str, **variables: str) -> None:
    place = {"Context": "tl-tries", "Exten": exten, "Priority": "1", "Async": "true"}
    assert probe.ask("Originate", Channel="Local/waits@tl-tries/n", **place, **variables)["Response"] == "Success"


def _next(probe: Probe, no: int) -> Decided:
    while (told := probe.wait_for("UserEvent"))["UserEvent"] != "TlDecided":
        pass
    assert told["TlNo"] == str(no)
    return Decided(told["TlKind"], told["TlNumber"], told["TlClass"], told["TlCountry"])


@pytest.mark.feature("CTL-06")
def test_thousands_of_diallings_mean_the_same_to_asterisk(asterisk: RunningAsterisk, numbering: Probe) -> None:
    asked = [(company_in(country), dialled) for country in COUNTRIES for dialled in diallings(country, EACH, seed=2)]

    found = decisions(asterisk, numbering, asked)

    expected = [portal(company, dialled) for company, dialled in asked]
    answers = zip(asked, expected, found, strict=True)
    assert [one for one in answers if one[1] is not None and one[1] != one[2]] == []
    assert len(found) > 5000
    assert {one.call_class for one in found} == set(CallClass.values) - {CallClass.EMERGENCY}


@pytest.mark.feature("CTL-06")
def test_what_is_no_digit_is_never_looked_at(asterisk: RunningAsterisk, numbering: Probe) -> None:
    company = company_in("DE")
    tries = Context("tl-tries")
    tries.exten("waits").do("Answer()").do("Wait(60)")
    call = number_call("${FILTER(0-9+*#,${TL_TYPED})}", country="DE", ani=company.ani)
    tries.exten("typed").do(call).do(TOLD.format(no=0))
    (asterisk.server.etc / "shared" / "tries.conf").write_text(write_dialplan([tries]))
    numbering.ask("Command", Command="dialplan reload")

    for typed in HOSTILE:
        numbering.ask("Setvar", Variable="TL_TYPED", Value=typed)
        _originate(numbering, "typed")

        digits = "".join(sign for sign in typed if sign in "0123456789")
        assert _next(numbering, 0) == portal(company, digits)

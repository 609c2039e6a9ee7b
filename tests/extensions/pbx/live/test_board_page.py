"""The live board: everybody with status and telephone, calls for those who may see them (MON-01, PRS-02, PRS-05)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension
from extensions.pbx.events import LegState, Line, LineState
from extensions.pbx.live.link import LinkState
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import AppliedVersion, PbxKind, Tenant
from tests.extensions.conftest import reads
from tests.extensions.pbx.live.board import POLL, Browser, talking, wish
from tests.extensions.pbx.live.conftest import Switchboard, leg


@pytest.mark.feature("MON-01", "PRS-02", "CUS-03")
def test_the_owner_sees_people_calls_and_channels(
    browser_of: Browser, alpha: Tenant, owner: User, people: dict[str, Extension], switchboard: Switchboard
) -> None:
    talking(switchboard)
    began = int(switchboard.at.timestamp()) - 35

    page = browser_of(owner, alpha).get("/live/").content.decode()

    for words in (
        "+44 20 7946 0123 Harbour",
        "103 Bo",
        "Incoming",
        "On a call",
        "Ready",
        "Not registered",
        "Registered extensions",
    ):
        assert words in page
    assert f'data-since="{began}"' in page, "the duration counts from the answer"
    assert f"<b>1/{alpha.max_channels}</b>" in page
    assert "simulator" not in page
    assert 'hx-trigger="every 2s"' in page
    assert "/live/hang-up/?leg=b" in page


@pytest.mark.feature("MON-01")
def test_a_poll_draws_nothing_where_nothing_changed_and_costs_eight_queries_at_most(
    browser_of: Browser, alpha: Tenant, owner: User, people: dict[str, Extension], switchboard: Switchboard
) -> None:
    talking(switchboard)
    browser = browser_of(owner, alpha)
    browser.get("/live/")
    with CaptureQueriesContext(connection) as few:
        first = browser.get("/live/", **POLL)
    seen = first.content.decode().split("seen=")[1].split('"')[0]

    unchanged = browser.get("/live/", {"seen": seen}, **POLL)
    with inside(alpha):
        Extension.objects.bulk_create(
            Extension(number=str(number), directory_name=f"P {number}", sip_username=f"s{number}", sip_password="x",
                      created_at=switchboard.at)
            for number in range(200, 400)
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        changed = browser.get("/live/", {"seen": seen}, **POLL)

    assert first.content.decode().lstrip().startswith('<div id="live-board"')
    assert unchanged.status_code == 204
    assert changed.status_code == 200
    assert "P 210" in changed.content.decode()
    assert 0 < reads(few) == reads(many) <= 8


@pytest.mark.feature("MON-01")
@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (LinkState.AWAY, "The PBX is away since"),
        (LinkState.OFF, "switched the connection off at"),
        (LinkState.CONNECTING, "is being made"),
    ],
)
def test_where_nobody_tells_the_page_says_since_when_and_guesses_nothing(
    browser_of: Browser, alpha: Tenant, owner: User, people: dict[str, Extension], switchboard: Switchboard,
    state: LinkState, sentence: str,
) -> None:  # fmt: skip
    talking(switchboard, link=switchboard.link(state, ago=60))

    page = browser_of(owner, alpha).get("/live/").content.decode()

    assert sentence in page
    assert "Harbour" not in page
    assert page.count(">No data<") + page.count("No data</span>") >= 4


@pytest.mark.feature("PBX-12")
def test_a_simulator_says_so_on_the_board(
    browser_of: Browser, alpha: Tenant, owner: User, placed: AppliedVersion, switchboard: Switchboard
) -> None:
    type(switchboard.pbx).objects.filter(pk=switchboard.pbx.pk).update(kind=PbxKind.SIMULATOR)
    switchboard.pbx.kind = PbxKind.SIMULATOR
    switchboard.tell()
    browser = browser_of(owner, alpha)

    for path in ("/live/", "/extensions/101/live/", "/"):
        assert "imulat" in browser.get(path).content.decode(), path


@pytest.mark.feature("BLF-06", "MON-01")
@pytest.mark.parametrize(
    ("visibility", "device", "caller", "row"),
    [("hidden", False, False, False), ("visible", True, False, True), ("with_caller", True, True, True)],
)
def test_what_the_watched_one_wishes_counts(
    browser_of: Browser, alpha: Tenant, owner: User, agent: User, people: dict[str, Extension],
    switchboard: Switchboard, visibility: str, device: bool, caller: bool, row: bool,
) -> None:  # fmt: skip
    wish(alpha, people["103"], visibility)
    talking(switchboard)

    colleague = browser_of(agent, alpha).get("/live/", **POLL).content.decode()
    administrator = browser_of(owner, alpha).get("/live/", **POLL).content.decode()

    assert ("On a call" in colleague) is device
    assert ("Not visible" in colleague) is not device
    assert ("Harbour" in colleague) is caller
    assert "Calls now" not in colleague
    assert ("Harbour" in administrator) is row
    assert ("does not want to be watched" in administrator) is not row


@pytest.mark.feature("BLF-06")
def test_one_sees_ones_own_call_whatever_one_wishes(
    browser_of: Browser, alpha: Tenant, agent: User, people: dict[str, Extension], switchboard: Switchboard
) -> None:
    wish(alpha, people["102"], "hidden")
    switchboard.tell(
        Line("t2", "102", LineState.RINGING),
        leg("b", number="102", other="+442079460123", other_name="Harbour", incoming=True, state=LegState.RINGING),
    )

    page = browser_of(agent, alpha).get("/live/").content.decode()

    assert "Ringing" in page
    assert "Harbour" in page


@pytest.mark.feature("CUS-03")
def test_the_start_page_shows_channels_and_keeps_them_fresh(
    browser_of: Browser, alpha: Tenant, owner: User, people: dict[str, Extension], switchboard: Switchboard
) -> None:
    talking(switchboard)
    browser = browser_of(owner, alpha)

    page = browser.get("/").content.decode()
    poll = browser.get("/live/channels/", **POLL).content.decode()

    for shown in (page, poll):
        assert f"<b>1/{alpha.max_channels}</b>" in shown
        assert 'hx-trigger="every 5s"' in shown
    assert browser_of(None, alpha).get("/live/channels/").status_code == 302

"""The live board: everybody with status and telephone, calls for those who may see them (MON-01, PRS-02, PRS-05)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions import live_selectors
from extensions.models import Extension, Favourite, Level, SettingValue, Team, TeamMember
from extensions.pbx.events import Contact, LegState, Line, LineState, Parked, Registered
from extensions.pbx.live.link import LinkState
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import AppliedVersion, PbxKind, Tenant
from tests.extensions.conftest import reads
from tests.extensions.pbx.live.conftest import Switchboard, leg

Browser = Callable[[User | None, Tenant], Client]
POLL = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def people(alpha: Tenant, agent: User, placed: AppliedVersion) -> dict[str, Extension]:
    """102 Ada (the agent's), 103 Bo in Sales, 104 Cy beside the front desk of the world."""
    with inside(alpha):
        made = {
            number: Extension.objects.create(
                number=number, directory_name=name, sip_username=f"sip{number}", sip_password="x",
                created_at=placed.since, user=user, state="active" if user else "unassigned",
            )
            for number, name, user in (("102", "Ada", agent), ("103", "Bo", None), ("104", "Cy", None))
        }  # fmt: skip
        sales = Team.objects.create(name="Sales")
        TeamMember.objects.create(team=sales, extension=made["103"], position=0)
    return made


def wish(alpha: Tenant, extension: Extension, visibility: str) -> None:
    """Somebody says what colleagues may see of their calls."""
    with inside(alpha):
        SettingValue.objects.create(
            level=Level.EXTENSION, extension=extension, key="monitoring.visibility", value=visibility
        )


def talking(switchboard: Switchboard, **also: Any) -> None:
    """103 talks to somebody outside; 102 is ready; 104 is not registered."""
    began = switchboard.at - timedelta(seconds=40)
    switchboard.tell(
        Line("t2", "102", LineState.IDLE),
        Line("t2", "103", LineState.IN_CALL),
        Line("t2", "104", LineState.UNREGISTERED),
        Registered("t2", "103", (Contact("Snom D785", "10.0.0.9:5060", 9.0, None),)),
        leg("t", number="", other="+442079460123", other_name="Harbour", outside=True, incoming=True, since=began),
        leg("b", number="103", other="+442079460123", other_name="Harbour", incoming=True, since=began,
            answered_at=began + timedelta(seconds=5), state=LegState.UP),
        Parked("t2", "801", "+4930", "", "103", began, None),
        **also,
    )  # fmt: skip


@pytest.mark.feature("MON-01", "PRS-02", "CUS-03")
def test_the_owner_sees_people_calls_and_channels(
    browser_of: Browser, alpha: Tenant, owner: User, people: dict[str, Extension], switchboard: Switchboard
) -> None:
    talking(switchboard)
    began = int(switchboard.at.timestamp()) - 35

    page = browser_of(owner, alpha).get("/live/").content.decode()

    for words in ("+44 20 7946 0123 Harbour", "103 Bo", "Incoming", "On a call", "Ready", "Not registered"):
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


@pytest.mark.feature("PRS-05")
def test_the_directory_is_filtered_by_favourites_team_name_and_number(
    browser_of: Browser, alpha: Tenant, agent: User, people: dict[str, Extension]
) -> None:
    browser = browser_of(agent, alpha)
    with inside(alpha):
        Team.objects.filter(name="Sales").update(number="600")
        Favourite.objects.create(user=agent, extension=people["104"])

    def shown(**query: str) -> set[str]:
        page = browser.get("/live/", query).content.decode()
        return {name for name in ("Ada", "Bo", "Cy") if f"<b>{name}</b>" in page}

    assert shown() == {"Ada", "Bo", "Cy"}
    assert shown(show="favourites") == {"Cy"}
    assert shown(team=" sales ") == {"Bo"}
    assert shown(team="600 Sales") == {"Bo"}
    assert shown(team="Warehouse") == set()
    assert shown(q="ad") == {"Ada"}
    assert shown(q="104") == {"Cy"}
    assert shown(q="nobody") == set()
    assert shown(show="999999") == {"Ada", "Bo", "Cy"}
    assert "<td>Ada</td>" in browser.get("/live/", {"view": "list"}).content.decode()


@pytest.mark.feature("PRS-05")
def test_by_team_everybody_stands_under_each_of_their_teams(
    browser_of: Browser, alpha: Tenant, agent: User, people: dict[str, Extension]
) -> None:
    with inside(alpha):
        door = Team.objects.create(name="Door", number="600")
        TeamMember.objects.create(team=door, extension=people["103"], position=0)
        TeamMember.objects.create(team=door, extension=people["104"], position=1)
    browser = browser_of(agent, alpha)

    page = browser.get("/live/", {"view": "teams"}).content.decode()
    one = browser.get("/live/", {"view": "teams", "team": "600"}).content.decode()

    heads = re.findall(r'class="live-team">([^<]*)<|live-name"><span class="mono">(\d+)', page)
    order = [head or number for head, number in heads]
    assert order[order.index("Door") : order.index("Sales") + 2] == ["Door", "103", "104", "Sales", "103"]
    assert order.index("In no team") > order.index("Sales")
    assert "102" in order[order.index("In no team") :]
    ids = re.findall(r' id="(star-[^"]*)"', page)
    assert len(ids) == len(set(ids)) == len(re.findall("live-name", page))
    assert re.findall(r'class="live-team">([^<]*)<', one) == ["Door"]
    assert re.findall(r'live-name"><span class="mono">(\d+)', one) == ["103", "104"]


@pytest.mark.feature("MON-01", "PRS-05")
def test_a_poll_of_thousands_reads_the_telephones_of_those_that_it_shows(
    browser_of: Browser, alpha: Tenant, owner: User, people: dict[str, Extension], switchboard: Switchboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    talking(switchboard)
    monkeypatch.setattr("extensions.board.chosen.MOST", 2)
    asked: list[set[str]] = []
    real = live_selectors.lines_now
    monkeypatch.setattr(live_selectors, "lines_now", lambda numbers: asked.append(set(numbers)) or real(numbers))

    page = browser_of(owner, alpha).get("/live/", {"q": "10"}).content.decode()

    assert asked == [{"101", "102"}]
    assert "103 Bo" in page, "calls are those of everybody"


@pytest.mark.feature("MON-01")
def test_of_very_many_calls_the_oldest_are_shown_and_the_others_counted(
    browser_of: Browser, alpha: Tenant, owner: User, people: dict[str, Extension], switchboard: Switchboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("extensions.board.board.MOST_CALLS", 1)
    switchboard.tell(
        *(
            leg(f"l{n}", call=f"c{n}", number="103", other=f"+49301234{n}", outside=True, since=switchboard.at)
            for n in range(3)
        )
    )

    page = browser_of(owner, alpha).get("/live/").content.decode()

    assert page.count("/live/hang-up/?leg=") == 1
    assert "2 more calls, which began later." in page


@pytest.mark.feature("PRS-02", "PRS-05")
def test_the_board_is_filtered_by_what_telephones_do(
    browser_of: Browser, alpha: Tenant, owner: User, people: dict[str, Extension], switchboard: Switchboard
) -> None:
    talking(switchboard)
    browser = browser_of(owner, alpha)

    def shown(state: str) -> set[str]:
        page = browser.get("/live/", {"state": state}).content.decode()
        return {name for name in ("Ada", "Bo", "Cy") if f"<b>{name}</b>" in page}

    assert shown("in_call") == {"Bo"}
    assert shown("ready") == {"Ada"}
    assert shown("ringing") == set()
    assert shown("flying") == {"Ada", "Bo", "Cy"}


@pytest.mark.feature("PRS-05")
def test_one_page_shows_so_many_and_says_how_many_more_there_are(
    browser_of: Browser, alpha: Tenant, owner: User, people: dict[str, Extension], switchboard: Switchboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    talking(switchboard)
    monkeypatch.setattr("extensions.board.chosen.MOST", 1)
    browser = browser_of(owner, alpha)

    first = browser.get("/live/", {"q": "10"}).content.decode()
    busy = browser.get("/live/", {"q": "10", "state": "in_call"}).content.decode()

    assert re.search(r"\d more people:", first)
    assert "<b>Bo</b>" not in first
    assert "<b>Bo</b>" in busy
    assert " more p" not in busy


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


@pytest.mark.feature("PRS-05")
def test_favourites_are_ones_own(
    browser_of: Browser, alpha: Tenant, agent: User, owner: User, people: dict[str, Extension]
) -> None:
    mine, theirs = browser_of(agent, alpha), browser_of(owner, alpha)

    answer = mine.post("/live/favourites/103/", HTTP_REFERER="https://elsewhere.example/")
    assert answer.headers["Location"] == "/live/", "never to another host"
    assert "<b>Bo</b>" in mine.get("/live/?show=favourites").content.decode()
    assert "<b>Bo</b>" not in theirs.get("/live/?show=favourites").content.decode()
    mine.post("/live/favourites/103/")
    with inside(alpha):
        assert not Favourite.objects.exists()
    assert mine.post("/live/favourites/999/").status_code == 404

"""Finding somebody on the live board: filters, teams, favourites, and how many it shows (PRS-05, MON-01)."""

import re

import pytest

from extensions import live_selectors
from extensions.models import Extension, Favourite, Team, TeamMember
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.pbx.live.board import Browser, talking
from tests.extensions.pbx.live.conftest import Switchboard, leg


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
    monkeypatch.setattr(
        live_selectors, "lines_now", lambda numbers, more: asked.append(set(numbers)) or real(numbers, more)
    )

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

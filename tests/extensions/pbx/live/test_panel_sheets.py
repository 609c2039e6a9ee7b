"""Very many keys: the panel shows them in sheets, and reads what the lamps of one sheet tell (BLF-03, MON-01)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from extensions import live_selectors
from extensions.models import Extension, Key, KeyKind, KeyPanel
from extensions.pbx.events import Line, LineState
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.pbx.live.conftest import Switchboard

Browser = Callable[[User | None, Tenant], Client]
WATCHED = ("103", "104", "103")


@pytest.fixture
def keys(alpha: Tenant, people: dict[str, Extension]) -> None:
    """130 keys of the agent's: the first sheet watches 103, the second 104, the third 103 again."""
    with inside(alpha):
        panel = KeyPanel.objects.create(extension=people["102"])
        Key.objects.bulk_create(
            Key(panel=panel, position=place, kind=KeyKind.PRESENCE, extension=people[WATCHED[place // 60]])
            for place in range(130)
        )


def numbers(page: str) -> list[int]:
    """The numbers of the keys that a page shows."""
    return [int(found) for found in re.findall(r'<div class="live-name"><span class="mono muted">(\d+)<', page)]


@pytest.mark.feature("BLF-03")
@pytest.mark.parametrize(
    ("sheet", "shown", "links"),
    [
        ("", range(1, 61), {"next": "2"}),
        ("2", range(61, 121), {"prev": "1", "next": "3"}),
        ("9", range(121, 131), {"prev": "2"}),
    ],
)
def test_a_sheet_shows_sixty_keys_and_the_ways_to_the_others(
    browser_of: Browser, alpha: Tenant, agent: User, keys: None, switchboard: Switchboard,
    sheet: str, shown: range, links: dict[str, str],
) -> None:  # fmt: skip
    page = browser_of(agent, alpha).get("/me/panel/", {"page": sheet} if sheet else {}).content.decode()

    assert numbers(page) == list(shown)
    assert dict(re.findall(r'rel="(prev|next)" href="\?page=(\d+)"', page)) == links
    assert f"{shown[0]}–{shown[-1]} of 130" in page


@pytest.mark.feature("BLF-03", "MON-01")
def test_a_sheet_reads_of_the_live_state_what_its_own_lamps_show(
    browser_of: Browser, alpha: Tenant, agent: User, keys: None, switchboard: Switchboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    switchboard.tell(*(Line("t2", number, LineState.RINGING) for number in ("103", "104")))
    asked: list[set[str]] = []
    real = live_selectors.lines_now
    monkeypatch.setattr(
        live_selectors, "lines_now", lambda numbers, more: asked.append(set(numbers)) or real(numbers, more)
    )

    poll = browser_of(agent, alpha).get("/me/panel/", {"page": "2"}, HTTP_HX_REQUEST="true").content.decode()

    assert asked == [{"102", "104"}]
    assert poll.count("Ringing") == 60
    assert "page=2" in re.search(r'hx-get="([^"]*)"', poll).group(1), "the next poll asks for the same sheet"

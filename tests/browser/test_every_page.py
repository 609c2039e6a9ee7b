"""Every page that a person can reach by links: it answers, axe finds nothing, nothing scrolls sideways (UXP-04)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawling import crawl
from tests.browser.looking import AXE
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]
MANAGEMENT = "trunkline.localhost"


@pytest.mark.feature("UXP-04")
@pytest.mark.parametrize(
    ("host", "suffix", "at_least"),
    [
        (MANAGEMENT, "trunkline.example", {"olivia": 25}),
        # What the owner sees as well is looked at once; the agent's own pages come on top.
        (ALPHA, "alpha.example", {"owner": 15, "agent": 4}),
    ],
)
def test_every_page_that_somebody_can_reach_is_accessible_in_both_themes_and_widths(
    sign_in: Callable[..., Page], look: Callable[..., None], host: str, suffix: str, at_least: dict[str, int]
) -> None:
    looked_at: set[str] = set()

    for who, enough in at_least.items():
        page = sign_in(host, f"{who}@{suffix}")
        page.context.add_init_script(AXE)  # compiled once for all pages, which takes a tenth off the whole walk
        visited = []
        for kind, answer in crawl(page):
            assert answer.status == 200, f"{kind} answers {answer.status} to the {who}"
            visited.append(kind)
            if kind not in looked_at:
                look(page, f"{who}{kind.replace('/', '-').replace('<id>', 'one').rstrip('-')}")
        looked_at.update(visited)
        assert len(visited) >= enough, visited

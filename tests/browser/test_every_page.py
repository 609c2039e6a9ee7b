"""Every page that a person can reach by links: it answers, axe finds nothing, nothing scrolls sideways (UXP-04)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawling import crawl
from tests.browser.looking import AXE
from tests.browser.portal import Portal
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]
MANAGEMENT = "trunkline.localhost"


@pytest.mark.feature("UXP-04")
@pytest.mark.parametrize(
    ("who", "host", "suffix", "at_least"),
    [
        ("olivia", MANAGEMENT, "trunkline.example", 25),
        ("owner", ALPHA, "alpha.example", 15),
        ("agent", ALPHA, "alpha.example", 4),
    ],
)
def test_every_page_that_somebody_can_reach_is_accessible_in_both_themes_and_widths(
    sign_in: Callable[..., Page],
    portal: Portal,
    look: Callable[..., None],
    who: str,
    host: str,
    suffix: str,
    at_least: int,
) -> None:
    page = sign_in(host, f"{who}@{suffix}")
    page.context.add_init_script(AXE)  # compiled once for all pages, which takes a tenth off the whole walk
    visited = []

    for kind, answer in crawl(page):
        assert answer.status == 200, f"{kind} answers {answer.status}"
        visited.append(kind)
        look(page, f"{who}{kind.replace('/', '-').replace('<id>', 'one').rstrip('-')}", keep=False)

    assert len(visited) >= at_least, visited

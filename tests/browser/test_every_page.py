"""Every page that a person can reach by links: it answers, axe finds nothing, and its pictures are taken (UXP-04)."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.portal import Portal
from tests.world import ALPHA

pytestmark = [pytest.mark.browser, pytest.mark.processes]
MANAGEMENT = "trunkline.localhost"
ENOUGH = 70


def kind_of(path: str) -> str:
    """Two addresses that differ only in which object they show are one page."""
    kind = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}/", "/<id>/", path)
    kind = re.sub(r"/mail/texts/[a-z_]+/", "/mail/texts/<id>/", kind)
    # The management instance, number 1, has a page that differs from all others.
    return re.sub(r"/((?!1/)\d+|TR-[A-Z0-9-]+)(?=/)", "/<id>", kind)


def links_of(page: Page) -> list[str]:
    """Paths on this host that the page links to, in order."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    here = urlsplit(page.url).netloc
    parts = [urlsplit(address) for address in found]
    return [part.path for part in parts if part.netloc == here and "export=" not in part.query]


def crawl(page: Page, *, but: tuple[str, ...]) -> Iterator[str]:
    """Open every kind of page that can be reached from where `page` is; yields each kind while it is open."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    waiting, seen = [urlsplit(page.url).path], set()
    while waiting and len(seen) < ENOUGH:
        path = waiting.pop(0)
        if kind_of(path) in seen or any(word in path for word in but):
            continue
        seen.add(kind_of(path))
        answer = page.goto(origin + path)
        assert answer is not None
        assert answer.status == 200, f"{path} answers {answer.status}"
        waiting += links_of(page)
        yield kind_of(path)


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
    look: Callable[[Page, str], None],
    who: str,
    host: str,
    suffix: str,
    at_least: int,
) -> None:
    page = sign_in(host, f"{who}@{suffix}")
    visited = []

    for kind in crawl(page, but=("/logout/", "/download/", "/static/", "/html/")):
        visited.append(kind)
        look(page, f"{who}{kind.replace('/', '-').replace('<id>', 'one').rstrip('-')}")

    assert len(visited) >= at_least, visited

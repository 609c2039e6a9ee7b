"""Following links: every kind of page that somebody can reach from where they are."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

ENOUGH = 70
NOT_PAGES = ("/logout/", "/download/", "/static/", "/html/", "/file/", "/sound/")


def kind_of(path: str) -> str:
    """Two addresses that differ only in which object they show are one page."""
    kind = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}/", "/<id>/", path)
    kind = re.sub(r"/mail/texts/[a-z_]+/", "/mail/texts/<id>/", kind)
    kind = re.sub(r"/(feature-codes|agents)/[a-z_0-9]+/(edit|off)/", r"/\1/<id>/\2/", kind)
    kind = re.sub(r"/calls/(busy|away|dnd|custom_[12]|logged_out)/", "/calls/available/", kind)
    kind = re.sub(r"/call-controls/(busy|away|dnd|custom_[12]|logged_out)/", "/call-controls/available/", kind)
    # The management instance, number 1, has a page that differs from all others.
    return re.sub(r"(?<!/tenants(?=/1/))/(\d+|TR-[A-Z0-9-]+)(?=/)", "/<id>", kind)


def links_of(page: Page) -> list[str]:
    """Paths on this host that the page links to, in order."""
    found = page.eval_on_selector_all("a[href]:not([download])", "links => links.map(link => link.href)")
    here = urlsplit(page.url).netloc
    parts = [urlsplit(address) for address in found]
    return [part.path for part in parts if part.netloc == here and "export=" not in part.query]


def crawl(
    page: Page, *, but: tuple[str, ...] = NOT_PAGES, first: Iterable[str] = (), most: int = ENOUGH
) -> Iterator[tuple[str, Response]]:
    """Open `first`, then every kind of page that links lead to from where `page` is; yields each kind, and how the
    server answered, while it is open."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    waiting, seen = [*first, urlsplit(page.url).path], set()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if kind_of(path) in seen or any(word in path for word in but):
            continue
        seen.add(kind_of(path))
        answer = page.goto(origin + path)
        assert answer is not None
        waiting += links_of(page)
        yield kind_of(path), answer

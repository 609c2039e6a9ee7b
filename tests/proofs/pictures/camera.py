"""Looking at one page in each theme and width, and writing down what is wrong with it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Response

from tests.browser.looking import ALL_LOOKS, DESKTOP, LOOKS, turn, violations
from tests.browser.portal import Portal
from tests.proofs.pictures.counting import MILLISECONDS, QUERIES
from tests.proofs.pictures.tenants import SignedIn

SLOW, MOST_QUERIES, MOST_OPTIONS, MOST_ROWS, SMALLEST = 1000, 8, 250, 200, 24
WAY, STATIONS = "/call-flow/?", 32  # the way of one call asks at each of its stations, however many people there are
LIBRARY = "/account/"  # pages of the sign-in library, which asks for every second factor twice
HIGHEST = {"desktop": 3600, "phone": 4200}  # pixels of a picture; the height is told anyway
LONG = {"desktop": 6000, "phone": 16000}
Looks = tuple[tuple[str, str], ...]
BRIEFLY = LOOKS  # each theme and each width once: for the states of pages seen before
# What no rule of axe says: told with the first example of each.
ODD = f"""() => {{
    const shown = one => one.checkVisibility() && one.getBoundingClientRect().width > 1;
    const main = document.querySelector('main') || document.body;
    const all = query => [...main.querySelectorAll(query)].filter(shown);
    const scrolls = one => one && one !== document.body
        && (['auto', 'scroll'].includes(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    const named = one => (one.getAttribute('aria-label') || one.name || one.textContent).trim().slice(0, 40);
    const found = [];
    const tell = (what, list) => list.length && found.push(`${{what}} (${{list.length}}): ${{named(list[0])}}`);
    if (!document.querySelector('h1')?.textContent.trim()) found.push('has no heading');
    tell('select with too many options', all('select:not([name$=zone])')
        .filter(one => one.options.length > {MOST_OPTIONS}));
    tell('table with too many rows', all('table').filter(one => one.rows.length > {MOST_ROWS}
        && !one.closest('.is-tall')));
    tell('table without rows', all('table').filter(one => one.tBodies[0] && !one.tBodies[0].rows.length));
    tell('control too small', all('button, select, input:not([type=hidden]), a.btn, summary').filter(one => {{
        const box = one.getBoundingClientRect();
        const label = one.labels?.[0]?.getBoundingClientRect();
        return Math.min(box.height, box.width) < {SMALLEST} && !(label && label.height >= {SMALLEST - 4})
            && !one.closest('.visually-hidden');
    }}));
    tell('text cut off', all('h1, h2, h3, th, dt, label, .btn, .chip, p').filter(one =>
        one.scrollWidth > one.clientWidth + 2 && getComputedStyle(one).overflowX === 'hidden'
        && getComputedStyle(one).textOverflow !== 'ellipsis' && one.clientWidth > 1));
    tell('spills over', all('td, th, li, fieldset').filter(one => one.scrollHeight > one.clientHeight + 8
        && one.clientHeight && getComputedStyle(one).overflowY === 'visible' && !one.querySelector('details, .menu')));
    const edge = document.documentElement.clientWidth;
    tell('sticks out', all('h1, h2, p, .btn, .chip, label, input, select').filter(one =>
        one.getBoundingClientRect().right > edge + 2 && !scrolls(one)));
    return found;
}}"""


@dataclass(slots=True)
class Seen:
    """One page in one state. `faults` is empty where nothing is wrong."""

    who: str
    kind: str
    status: int
    milliseconds: int
    queries: int
    heights: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    pictures: dict[str, Path] = field(default_factory=dict)

    def __str__(self) -> str:
        size = "/".join(f"{self.heights.get(width, 0)}" for width in HIGHEST)
        return f"{self.who:<12} {self.kind:<62} {self.status} {self.milliseconds:>5} ms {self.queries:>3} q  {size}"


@contextmanager
def window(browser: Browser, portal: Portal, person: SignedIn) -> Iterator[Page]:
    """A window in which somebody is signed in, on their start page."""
    context = browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="UTC")
    context.set_default_timeout(20_000)
    places = {"domain": person.host, "path": "/"}
    context.add_cookies([{"name": name, "value": value, **places} for name, value in person.cookies.items()])
    page = context.new_page()
    page.goto(portal.url(person.host))
    yield page
    context.close()


def look_at(
    page: Page, answer: Response, *, who: str, kind: str, folder: Path, expected: int = 200, looks: Looks = ALL_LOOKS
) -> Seen:
    """Pictures of the page that is open, and everything that is wrong with it."""
    told = answer.headers
    seen = Seen(who, kind, answer.status, int(told.get(MILLISECONDS, 0)), int(told.get(QUERIES, 0)))
    if answer.status != expected:
        seen.faults.append(f"answers {answer.status}, not {expected}")
    most = MOST_QUERIES if answer.request.method == "GET" else 2 * MOST_QUERIES  # a refused change looks twice
    most = STATIONS if kind.startswith(WAY) else most
    if seen.queries > most and not kind.startswith(LIBRARY):
        seen.faults.append(f"{seen.queries} queries")
    name = re.sub(r"[^a-z0-9]+", "-", f"{who}{kind}".lower().replace("+", "-behind")).strip("-")
    for scheme, width in looks:
        if turn(page, scheme, width):
            seen.faults.append(f"scrolls sideways ({width})")
        _picture(page, seen, folder / f"{name}-{scheme}-{width}.jpg", f"{scheme}-{width}", width)
        if (scheme, width) in LOOKS:
            seen.faults += [f"{fault} ({scheme} {width})" for fault in [*violations(page), *page.evaluate(ODD)]]
    turn(page, "light", "desktop")
    return seen


def _picture(page: Page, seen: Seen, path: Path, variant: str, width: str) -> None:
    size = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    seen.heights[width] = size[1]
    if size[1] > LONG[width] and variant.startswith("light"):
        seen.faults.append(f"very long ({width}): {size[1]} px")
    clip = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], HIGHEST[width])}
    page.screenshot(path=path, full_page=True, clip=clip, caret="initial", type="jpeg", quality=80)
    seen.pictures[variant] = path


def again_if_slow(page: Page, answer: Response) -> Response:
    """The first look at a page fills what is kept between requests, or opens a connection; a second one counts."""
    if int(answer.headers.get(MILLISECONDS, 0)) > SLOW / 2 or int(answer.headers.get(QUERIES, 0)) > MOST_QUERIES:
        return page.reload() or answer
    return answer

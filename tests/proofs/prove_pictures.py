"""`bin/prove pictures [empty|full|demo|agent|provider|errors]… [/part/of/a/path/…]`: every page, looked at (UXP-04).

Real servers and three tenants: one with nothing, one with 15,000 people, the demonstration. Every kind of page that
links lead to is drawn light and dark, on a desk and on a telephone, and what is behind them: bulk actions to confirm,
somebody else's newer change, closed doors. Forms are sent empty and with hostile values. The pictures and sheets of
twelve stand in `var/pictures/`; what is wrong is printed, and then the exit status is 1.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.proofs.pictures.settings"
django.setup()

from playwright.sync_api import Browser, Page, sync_playwright

from portal.permissions import BuiltinRole
from tests.bench.measure import versions
from tests.browser.crawling import crawl, kind_of
from tests.browser.looking import ROOT, launch_arguments
from tests.browser.portal import Portal, running_portal
from tests.proofs.pictures.behind import look_at_closed_doors, look_behind
from tests.proofs.pictures.camera import SLOW, Seen, again_if_slow, look_at, window
from tests.proofs.pictures.doors import Door, door
from tests.proofs.pictures.mistakes import send_wrongly
from tests.proofs.pictures.sheets import draw_sheets
from tests.proofs.pictures.tenants import EMPTY, FULL, SignedIn, prepare, sign_in

PICTURES = Path(os.environ.get("PORTAL_PICTURES", ROOT / "var" / "pictures")) / "proof"
DEMO = "KentonElectronics"
MOST = 400
# Who looks, at which tenant, as what.
WALKS = {
    "empty": (EMPTY, BuiltinRole.OWNER),
    "full": (FULL, BuiltinRole.OWNER),
    "demo": (DEMO, BuiltinRole.OWNER),
    "agent": (FULL, BuiltinRole.END_USER),
    "provider": ("", BuiltinRole.OPERATOR_OWNER),
}
BEHIND = ("demo", "full", "provider")  # where what no link leads to is looked at as well
WRONG = ("demo", "agent", "provider")  # where forms are sent wrongly, once every page was seen
# Pages of the objects that have most; links would lead to others of their kind first.
HEAVY = (
    *("/extensions/10000/", "/extensions/10000/calls/", "/extensions/10000/keys/", "/extensions/10000/status/"),
    *("/owner/", "/search/?q=wolfe", "/extensions/?q=nobody-is-called-this", "/extensions/?page=299"),
    "/call-flow/?caller=%2B49301234&dialled=30001",
)
NOWHERE = "/extensions/99/nothing-here/"


def main(words: list[str]) -> int:
    """Look, write the sheets, print the table; returns 1 when anything is wrong."""
    walks = [word for word in words if word in (*WALKS, "errors")] or [*WALKS, "errors"]
    parts = tuple(word for word in words if word.startswith("/")) or ("/",)
    prepare(print)
    people = {name: sign_in(*walk) for name, walk in WALKS.items()}  # the browser allows no queries beside it
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_portal(Path(folder) / "data", programs=("web",)) as portal,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**launch_arguments())
        seen = []
        for one in everything(browser, portal, people, walks, parts):
            print(one, *one.faults, sep="\n    ! ", flush=True)
            seen.append(one)
        sheets = draw_sheets(browser, seen, PICTURES)
        browser.close()
    faulty = [one for one in seen if one.faults]
    print(versions())
    print(f"{len(seen)} pages and states, {sum(len(one.pictures) for one in seen)} pictures, {len(sheets)} sheets")
    print(f"{len(faulty)} with something wrong")
    return 1 if faulty else 0


def everything(
    browser: Browser, portal: Portal, people: dict[str, SignedIn], walks: list[str], parts: tuple[str, ...]
) -> Iterator[Seen]:
    """Every page of every walk, then the forms sent wrongly."""
    for name in WALKS:
        doors: dict[str, Door] = {}
        wrong = name in WRONG and "errors" in walks
        if name not in walks and not wrong:
            continue
        with window(browser, portal, people[name]) as page:
            for kind, answer in crawl(page, first=HEAVY if name == "full" else (), most=MOST):
                if any(part in kind for part in parts):
                    if name in walks:
                        yield seen_in(page, answer, name, kind)
                    doors[kind] = door(page)
            if name in walks:
                yield from behind(page, name, doors)
            if wrong:
                yield from mistakes(page, name, doors)


def behind(page: Page, name: str, doors: dict[str, Door]) -> Iterator[Seen]:
    """What no link leads to, for whoever looks as `name`."""
    if name in BEHIND:
        yield from look_behind(page, doors, who=f"{name}+", folder=PICTURES)
    if name == "agent":
        yield from look_at_closed_doors(page, who=f"{name}+", folder=PICTURES)


def seen_in(page: Page, answer: object, who: str, kind: str) -> Seen:
    """One page of a walk; slow is what takes long a second time as well."""
    seen = look_at(page, again_if_slow(page, answer), who=who, kind=kind, folder=PICTURES)
    if seen.milliseconds > SLOW:
        seen.faults.append(f"takes {seen.milliseconds} ms")
    return seen


def mistakes(page: Page, who: str, doors: dict[str, Door]) -> Iterator[Seen]:
    """Every form of these pages sent wrongly, and a page that does not exist."""
    for kind, found in doors.items():
        yield from send_wrongly(page, found, who=f"{who}!", kind=kind, folder=PICTURES)
    answer = page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + NOWHERE)
    yield look_at(page, answer, who=f"{who}!", kind=kind_of(NOWHERE), folder=PICTURES, expected=404)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

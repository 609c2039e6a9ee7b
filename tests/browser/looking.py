"""What a page is looked at with: widths and themes, axe, and whether it scrolls sideways."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from portal.run import chromium

ROOT = Path(__file__).resolve().parents[2]
AXE = next((ROOT / "tests" / "vendor").rglob("axe.min.js")).read_text()
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
# Colours depend on the theme and the rest on the width: two looks see each theme and each width once.
LOOKS = (("light", "desktop"), ("dark", "phone"))
ALL_LOOKS = (("light", "desktop"), ("light", "phone"), ("dark", "phone"), ("dark", "desktop"))
# Without what is not read afterwards: the elements' selectors, and the style sheets a second time, which only the rule
# about locked orientation wants (tests/contracts/test_styles.py sees to it). That takes a fifth off.
AUDIT = "axe.run(document, {resultTypes: ['violations'], preload: false, selectors: false})"
# Two frames later the page is drawn in the new size and colours.
SETTLED_AND_TOO_WIDE = """() => new Promise(done => {
    scrollTo(0, 0);
    requestAnimationFrame(() => requestAnimationFrame(() => {
        const page = document.documentElement;
        done(page.scrollWidth > page.clientWidth + 1);
    }));
})"""


def launch_arguments() -> dict[str, Any]:
    """The machine's own Chromium; tenant host names need no DNS."""
    quiet = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-sync "
    quiet += "--disable-background-networking --disable-component-update"
    resolve = "--host-resolver-rules=MAP *.localhost 127.0.0.1"
    return {"executable_path": chromium.find_or_install(), "args": [*quiet.split(), resolve]}


def turn(page: Page, scheme: str, width: str) -> bool:
    """Show the page in a theme and a width; True when it then scrolls sideways."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if page.viewport_size != SIZES[width]:
        page.set_viewport_size(SIZES[width])
    return bool(page.evaluate(SETTLED_AND_TOO_WIDE))


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands: rule and the first offending element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(AUDIT)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]

"""A running portal and a real Chromium, shared by the journeys of this folder."""

import os
import quopri
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.looking import ALL_LOOKS, DESKTOP, LOOKS, launch_arguments, turn, violations
from tests.browser.portal import Portal, running_portal
from tests.patience import PATIENCE
from tests.prepared import administer, copy_database, database_url
from tests.world import MARKERS, PASSWORD

expect.set_options(timeout=PATIENCE * 1000)
PICTURES = os.environ.get("PORTAL_PICTURES")  # a folder; without one nothing is drawn, which takes half of a look


@pytest.fixture(scope="package")
def portal(
    tmp_path_factory: pytest.TempPathFactory, _static_files: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Portal]:
    """One portal for all journeys of this process, on a database of its own."""
    name = f"browser_{os.getpid()}"
    copy_database(name)
    before = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = database_url(name)
    try:
        folder = tmp_path_factory.mktemp("portal") / "data"
        with running_portal(folder) as running:
            os.environ["DATABASE_URL"] = before
            yield running
        assert leaks(folder) == []
    finally:
        os.environ["DATABASE_URL"] = before
        administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def leaks(folder: Path) -> list[str]:
    """Mails and logs of the whole run that hold a tenant's marker or a password."""
    secrets = [*MARKERS.values(), PASSWORD, "a harbour full of little boats"]
    files = [*folder.glob("*.log"), *(folder / "mail").glob("*.log")]
    texts = {file: quopri.decodestring(file.read_bytes()).decode(errors="replace") for file in files}
    return [f"{file.name}: {secret}" for file, text in texts.items() for secret in secrets if secret in text]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's own Chromium; tenant host names need no DNS."""
    return {**browser_type_launch_args, **launch_arguments()}


@pytest.fixture
def visitor(browser: Browser, portal: Portal) -> Iterator[Callable[[], Page]]:
    """`visitor()`: a fresh browser window of somebody new. Console errors and refused scripts fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # Chromium writes a line for each answer of 400 and above, which some tests ask for on purpose.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def arrive() -> Page:
        context = browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="UTC")
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def sign_in(visitor: Callable[[], Page], portal: Portal) -> Callable[[str, str], Page]:
    """`sign_in(host, logon)`: somebody of the cast at a host."""

    def go(host: str, logon: str, password: str = PASSWORD) -> Page:
        page = visitor()
        page.goto(portal.url(host))
        page.get_by_label("E-mail").or_(page.locator("input[name=login]")).first.fill(logon)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_selector("nav")
        return page

    return go


@pytest.fixture
def look(portal: Portal) -> Callable[..., None]:
    """`look(page, name)`: axe finds no violations and nothing scrolls sideways, in light on a desk and in dark on a
    telephone. With PORTAL_PICTURES naming a folder, a picture of each theme in each width is kept there."""

    def take(page: Page, name: str) -> None:
        for scheme, width in ALL_LOOKS if PICTURES else LOOKS:
            assert not turn(page, scheme, width), f"{name} scrolls sideways at {width}"
            if PICTURES:
                picture = Path(PICTURES) / f"{name}-{scheme}-{width}.jpg"
                # Hiding the caret would need an inline style, which the policy refuses. JPEG takes half the time.
                page.screenshot(path=picture, full_page=True, caret="initial", quality=85)
            if (scheme, width) in LOOKS:
                assert violations(page) == [], f"{name}, {scheme}, {width}"
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESKTOP)  # where the journey goes on

    return take

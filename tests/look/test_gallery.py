"""The components in a real browser: accessible in both themes and widths, and their behaviours do what they say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

AXE = (Path(__file__).resolve().parents[1] / "vendor/axe/axe.min.js").read_text()
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def opened(browser: Browser, gallery: str, name: str, **options: Any) -> tuple[Page, list[str]]:
    """A page of the gallery, and what its console complained about."""
    context = browser.new_context(base_url=gallery, reduced_motion="reduce", **{"viewport": WIDE, **options})
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(f"/{name}.html")
    return page, complaints


@pytest.fixture
def shown(browser: Browser, gallery: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    found, complaints = opened(browser, gallery, request.param)
    yield found
    found.context.close()
    assert complaints == []


on = lambda name: pytest.mark.parametrize("shown", [name], indirect=True)  # noqa: E731


@pytest.mark.feature("UXP-04")
@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", NARROW)], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["pieces", "list", "form"])
def test_every_component_is_accessible(browser: Browser, gallery: str, name: str, scheme: str, viewport: dict) -> None:
    page, complaints = opened(browser, gallery, name, viewport=viewport, color_scheme=scheme)

    page.evaluate(AXE)
    found = page.evaluate("axe.run()")["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.context.close()

    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found] == []
    assert sideways <= 0
    assert complaints == []


@pytest.mark.feature("UXP-03")
def test_lists_and_menus_work_without_javascript(browser: Browser, gallery: str) -> None:
    page, _complaints = opened(browser, gallery, "list", java_script_enabled=False)

    page.locator(".filter-panel > summary").click()
    expect(page.get_by_label("State", exact=True)).to_be_visible()
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**/list.html?**state=active**")
    page.locator(".me > summary").click()
    expect(page.get_by_role("link", name="Sessions")).to_be_visible()
    expect(page.get_by_role("button", name="Dark")).to_be_hidden()
    page.context.close()


@pytest.mark.feature("UXP-03")
def test_the_navigation_of_a_phone_opens_without_javascript(browser: Browser, gallery: str) -> None:
    page, _complaints = opened(browser, gallery, "list", java_script_enabled=False, viewport=NARROW)
    overview = page.get_by_role("link", name="Overview")
    expect(overview).to_be_hidden()

    page.get_by_role("button", name="Open the navigation").click()

    expect(overview).to_be_visible()
    page.context.close()


@on("list")
def test_the_theme_is_kept_and_applied_before_the_first_paint(shown: Page) -> None:
    shown.locator(".me > summary").click()
    shown.get_by_role("button", name="Dark").click()
    shown.reload()

    assert shown.locator("html").get_attribute("data-bs-theme") == "dark"


@on("list")
def test_the_rail_folds_and_stays_folded(shown: Page) -> None:
    shown.get_by_role("button", name="Fold the navigation").click()
    shown.reload()

    assert shown.locator("#rail").bounding_box()["width"] == 56


@on("list")
def test_rows_open_by_keyboard(shown: Page) -> None:
    shown.keyboard.press("j")
    shown.keyboard.press("j")
    shown.keyboard.press("k")
    shown.keyboard.press("Enter")

    shown.wait_for_url("**/form.html?of=a")


@on("list")
def test_the_slash_key_jumps_to_the_quick_search_unless_switched_off(shown: Page) -> None:
    shown.keyboard.press("/")
    expect(shown.get_by_role("searchbox")).to_be_focused()

    shown.locator(".me > summary").click()
    shown.get_by_role("button", name="Single-key shortcuts").click()
    shown.keyboard.press("Escape")
    shown.keyboard.press("/")
    expect(shown.get_by_role("searchbox")).not_to_be_focused()


@on("pieces")
def test_a_menu_closes_on_escape_and_gives_the_focus_back(shown: Page) -> None:
    summary = shown.get_by_text("More", exact=True)
    summary.click()
    shown.keyboard.press("ArrowDown")
    expect(shown.get_by_role("link", name="Rename")).to_be_focused()
    shown.keyboard.press("Escape")

    expect(shown.get_by_role("link", name="Rename")).to_be_hidden()
    expect(summary).to_be_focused()


@on("pieces")
def test_success_leaves_by_itself_and_errors_stay(shown: Page) -> None:
    shown.clock.install()
    shown.reload()
    expect(shown.get_by_text("Saved.", exact=True)).to_be_visible()
    shown.clock.fast_forward(9_000)

    expect(shown.get_by_text("Saved.", exact=True)).to_be_hidden()
    expect(shown.get_by_text("Not saved.")).to_be_visible()
    shown.get_by_role("button", name="Close this message").click()

    expect(shown.get_by_text("Not saved.")).to_be_hidden()


@on("pieces")
def test_a_question_is_asked_before_a_form_goes(shown: Page) -> None:
    shown.get_by_role("button", name="Ask me").click()
    shown.get_by_role("button", name="Stay").click()
    assert shown.url.endswith("/pieces.html")

    shown.get_by_role("button", name="Ask me").click()
    shown.get_by_role("button", name="Go on").click()
    shown.wait_for_url("**/list.html*")


@on("form")
def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(shown: Page) -> None:
    expect(shown.locator(".error-summary")).to_be_focused()
    shown.get_by_role("link", name="Short name").click()

    expect(shown.get_by_label("Short name")).to_be_focused()


@on("form")
def test_a_password_can_be_looked_at(shown: Page) -> None:
    box = shown.locator("#id_password")
    box.fill("correct horse")
    shown.get_by_role("button", name="Show").click()
    assert box.get_attribute("type") == "text"

    shown.get_by_role("button", name="Hide").click()
    assert box.get_attribute("type") == "password"


@on("form")
def test_composed_text_builds_up_while_typing(shown: Page) -> None:
    built = shown.locator("#live output")
    expect(built).to_have_text("nothing yet")
    shown.locator("#word").press_sequentially("KeAdmin")

    expect(built).to_have_text("prpkeadmin")


@on("form")
def test_a_counter_shows_what_is_used(shown: Page) -> None:
    shown.get_by_label("Notes").fill("x" * 40)

    expect(shown.locator(".counter")).to_have_text("40 / 100")


@on("form")
def test_leaving_with_unsaved_changes_is_questioned(shown: Page) -> None:
    asked: list[str] = []
    shown.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    shown.get_by_label("Short name").press_sequentially("ke")
    shown.goto("/list.html")

    assert asked == ["beforeunload"]


@on("polling")
def test_a_polling_fragment_renews_itself(shown: Page) -> None:
    expect(shown.locator("#part")).to_have_text("after")

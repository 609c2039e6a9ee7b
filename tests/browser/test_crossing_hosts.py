"""An operator enters a tenant, is seen there, and leaves; a tenant's owner visits the registration form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal
from tests.world import ALPHA, PASSWORD

MANAGEMENT = "trunkline.localhost"
pytestmark = pytest.mark.browser
SignIn = Callable[[str, str], Page]
Look = Callable[[Page, str], None]


@pytest.mark.feature("TEN-05")
def test_an_operator_works_in_a_tenant_under_a_band_and_leaves(portal: Portal, sign_in: SignIn, look: Look) -> None:
    page = sign_in(MANAGEMENT, "oscar@trunkline.example")
    page.goto(portal.url(MANAGEMENT, "/ops/tenants/2/"))
    page.get_by_role("link", name="Enter tenant").click()
    look(page, "enter-tenant")
    page.get_by_label("Reason").fill("Callers hear no announcement")
    page.get_by_role("button", name="Enter").click()

    page.wait_for_url(f"**{ALPHA}**/")
    band = page.get_by_role("complementary", name="Support session")
    expect(band).to_contain_text("AlphaPhones")
    expect(band).to_contain_text("Oscar")
    expect(band).to_contain_text("Callers hear no announcement")
    look(page, "support-session")
    page.goto(portal.url(ALPHA, "/extensions/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    owner = sign_in(ALPHA, "prpowner")
    owner.goto(portal.url(ALPHA, "/support/"))
    expect(owner.get_by_role("table")).to_contain_text("Callers hear no announcement")
    look(owner, "support-sessions")
    owner.get_by_role("button", name="End").first.click()
    expect(owner.get_by_role("table")).to_contain_text("Ended by Owner")

    page.goto(portal.url(ALPHA, "/extensions/"))
    expect(page.get_by_role("heading", name="This session is over")).to_be_visible()
    look(page, "support-session-over")
    page.get_by_role("link", name="Back to your own host").click()
    page.wait_for_url(f"**{MANAGEMENT}**")


@pytest.mark.feature("REG-02")
def test_an_owner_visits_the_registration_form(portal: Portal, sign_in: SignIn, look: Look) -> None:
    page = sign_in(ALPHA, "prpowner")
    page.goto(portal.url(ALPHA, "/visit/"))
    look(page, "visit")
    page.get_by_role("button", name="Continue").click()

    page.wait_for_url(f"**{MANAGEMENT}**/register/**")
    expect(page.get_by_role("complementary", name="Support session")).to_contain_text("Owner")


@pytest.mark.feature("UXP-03")
def test_without_scripts_the_button_carries_the_hand_off(browser: Browser, portal: Portal) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(portal.url(MANAGEMENT, "/account/login/"))
    page.locator("input[name=login]").fill("oscar@trunkline.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(portal.url(MANAGEMENT, "/ops/tenants/2/enter/"))
    page.get_by_label("Reason").fill("Callers hear no announcement")
    page.get_by_role("button", name="Enter").click()

    page.get_by_role("button", name="Continue").click()

    page.wait_for_url(f"**{ALPHA}**/")
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="You left")).to_be_visible()
    context.close()


@pytest.mark.feature("ROL-01")
def test_the_pages_about_people_read_well(portal: Portal, sign_in: SignIn, look: Look) -> None:
    page = sign_in(ALPHA, "prpowner")
    for path, name in (
        ("/users/", "users"),
        ("/users/new/", "user-create"),
        ("/roles/", "roles"),
        ("/me/preferences/", "preferences"),
        ("/account/sessions/", "sessions"),
        ("/account/2fa/", "two-steps"),
        ("/account/password/change/", "password-change"),
    ):
        page.goto(portal.url(ALPHA, path))
        look(page, name)
    page.goto(portal.url(ALPHA, "/users/"))
    page.get_by_role("main").get_by_role("link", name="Agent").first.click()
    look(page, "user")
    page.get_by_role("link", name="Change roles").click()
    look(page, "user-roles")


@pytest.mark.feature("SEC-05")
def test_the_page_of_a_locked_sign_in_reads_well(portal: Portal, visitor: Callable[[], Page], look: Look) -> None:
    page = visitor()
    page.goto(portal.url(ALPHA, "/account/login/"))
    look(page, "sign-in")
    for number in range(5):
        page.locator("input[name=login]").fill("nobody@alpha.example")
        page.locator("input[name=password]").fill(f"wrong password {number}")
        page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()
    look(page, "locked")

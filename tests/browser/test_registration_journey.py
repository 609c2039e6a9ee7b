"""The main job, from end to end, in a browser: a prospect's form becomes a running tenant (source 001)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.processes]
MANAGEMENT = "trunkline.localhost"
KENTON = "kenton-electronics.localhost"
MAIL = "anna.kenton@example.com"
SECRET = "a harbour full of little boats"


@pytest.mark.feature("REG-01", "REG-02", "REG-03", "REG-09", "REG-14", "REG-18", "REG-22", "REG-26", "REG-29", "EXT-01")
def test_kenton_electronics_registers_signs_in_and_creates_extension_101(
    visitor: Callable[[], Page], portal: Portal, look: Callable[[Page, str], None]
) -> None:
    prospect = visitor()
    confirm_address(prospect, portal, look)
    choose_template(prospect, look)
    describe_tenant(prospect, look)
    reference = give_contact_and_create(prospect, look)
    follow_status(visitor(), portal, reference, look)

    told = portal.mail_to(MAIL, containing=KENTON)
    assert SECRET not in told

    administrator = visitor()
    sign_in_at_own_address(administrator, portal, look)
    configure_callback_folder(administrator, look)
    create_extension_101(administrator, look)


def confirm_address(page: Page, portal: Portal, look: Callable[[Page, str], None]) -> None:
    page.goto(portal.url(MANAGEMENT, "/register/"))
    look(page, "register-start")
    page.get_by_label("E-mail address").fill(MAIL)
    page.get_by_role("button", name="Send me a link").click()
    page.wait_for_url("**/register/asked/**")
    look(page, "register-asked")
    page.goto(portal.link_in(portal.mail_to(MAIL), "/register/confirm/"))
    look(page, "register-confirm")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/register/template/**")


def choose_template(page: Page, look: Callable[[Page, str], None]) -> None:
    look(page, "register-template")
    page.get_by_text("Standard", exact=True).first.click()
    page.get_by_role("button", name="Next").or_(page.get_by_role("button", name="Continue")).first.click()
    page.wait_for_url("**/register/tenant/**")


def describe_tenant(page: Page, look: Callable[[Page, str], None]) -> None:
    page.get_by_label("Name", exact=False).first.wait_for()
    page.locator("[name=name]").fill("Kenton Electronics")
    page.locator("[name=name]").blur()
    expect(page.locator("#div_id_name")).to_contain_text("Leave out spaces")
    page.locator("[name=name]").fill("KentonElectronics")
    page.locator("[name=short_name]").fill("ke")
    page.locator("[name=upn_suffix]").fill("kenton-electronics.com")
    page.locator("[name=user_name]").fill("keAdmin")
    expect(page.get_by_text("prpkeAdmin", exact=True)).to_be_visible()
    expect(page.get_by_text("prpkeAdmin@kenton-electronics.com", exact=True)).to_be_visible()
    page.locator("[name=password]").fill(SECRET)
    page.locator("[name=confirm]").fill(SECRET)
    page.locator("[name=ani]").fill("+65 6123 4567")
    look(page, "register-tenant")
    page.get_by_role("button", name="Next").or_(page.get_by_role("button", name="Continue")).first.click()
    page.wait_for_url("**/register/contact/**")


def give_contact_and_create(page: Page, look: Callable[[Page, str], None]) -> str:
    page.locator("[name=contact_name]").fill("Anna Kenton")
    page.locator("[name=contact_email]").fill(MAIL)
    page.locator("[name=company]").fill("Kenton Electronics")
    page.locator("[name=country]").select_option("SG")
    look(page, "register-contact")
    page.get_by_role("button", name="Create Tenant").click()
    page.wait_for_url("**/register/sent/**")
    look(page, "register-sent")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def follow_status(page: Page, portal: Portal, reference: str, look: Callable[[Page, str], None]) -> None:
    page.goto(portal.url(MANAGEMENT, "/register/status/"))
    look(page, "register-status")
    page.locator("[name=reference]").fill(reference)
    page.locator("[name=email]").fill(MAIL)
    page.locator("form button[type=submit]").last.click()
    expect(page.get_by_text("Completed").first).to_be_visible(timeout=40_000)
    assert "Kenton" not in page.locator("main").inner_text()
    look(page, "register-followed")


def sign_in_at_own_address(page: Page, portal: Portal, look: Callable[[Page, str], None]) -> None:
    page.goto(portal.url(KENTON))
    look(page, "sign-in")
    page.locator("input[name=login]").fill("prpkeAdmin@kenton-electronics.com")
    page.locator("input[name=password]").fill(SECRET)
    page.locator("input[name=password]").press("Enter")
    expect(page.get_by_text("Configure the Callback Folder e-mail address").first).to_be_visible()
    look(page, "start")


def configure_callback_folder(page: Page, look: Callable[[Page, str], None]) -> None:
    page.get_by_role("link", name="Configure", exact=True).click()
    page.wait_for_url("**/settings/queues/**")
    look(page, "queues")
    if page.locator("[name=callback_folder_email]").count() == 0:
        page.get_by_role("link", name="Edit").first.click()
    page.locator("[name=callback_folder_email]").fill("callbacks@kenton-electronics.com")
    look(page, "queues-edit")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    page.goto(page.url.split("/settings/")[0] + "/")
    expect(page.get_by_text("Configure the Callback Folder e-mail address")).to_have_count(0)
    page.goto(page.url + "settings/queues/publish/")
    look(page, "queues-publish")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/settings/queues/")


def create_extension_101(page: Page, look: Callable[[Page, str], None]) -> None:
    page.goto(page.url.split("/settings/")[0] + "/extensions/")
    look(page, "extensions-empty")
    page.goto(page.url + "new/")
    page.locator("[name=number]").fill("101")
    page.locator("[name=first_name]").fill("Mei")
    page.locator("[name=last_name]").fill("Tan")
    page.locator("[name=email]").fill("mei.tan@kenton-electronics.com")
    page.locator("[name=mobile]").fill("+65 9123 4567")
    look(page, "extension-new")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/extensions/101/**")
    look(page, "extension-created")
    page.goto(page.url.split("/extensions/")[0] + "/extensions/")
    expect(page.get_by_role("row").filter(has_text="101")).to_contain_text("Mei Tan")
    look(page, "extensions")

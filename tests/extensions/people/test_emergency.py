"""Number and place of emergency calls; a warning where the country demands a place (EXT-16)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.emergency import PLACE, place_missing
from extensions.models import Extension
from extensions.services.settings import change_settings
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from tenants.door import inside, inside_management
from tenants.models import Tenant

pytestmark = pytest.mark.feature("EXT-16")
Create = Callable[..., Extension]
Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.parametrize(("country", "missing"), [("DE", True), ("US", True), ("GB", True), ("BR", False)])
def test_the_country_decides(create: Create, inside_alpha: Tenant, country: str, missing: bool) -> None:
    extension = create("121")
    inside_alpha.country = country

    assert place_missing(extension) is missing


def test_a_place_of_the_company_is_enough(create: Create, inside_alpha: Tenant, owner: User) -> None:
    extension = create("121")
    inside_alpha.country = "DE"
    change_settings(subject=COMPANY, values={PLACE: "Main Street 1"}, by=owner)

    assert not place_missing(extension)
    change_settings(subject=Subject(extension=extension), values={PLACE: ""}, by=owner)
    assert place_missing(extension)


def test_saving_without_a_place_warns(create: Create, owner: User, alpha: Tenant, browser_of: Browser) -> None:
    create("121")
    with inside_management():
        Tenant.objects.filter(pk=alpha.pk).update(country="DE")
    browser = browser_of(owner, alpha)

    page = browser.post("/extensions/121/emergency/", {"emergency.number": "", PLACE: ""}, follow=True)
    assert "this extension has none" in page.content.decode()
    saved = browser.post("/extensions/121/emergency/", {"emergency.number": "", PLACE: "Hall 3"}, follow=True)

    assert "this extension has none" not in saved.content.decode()
    assert "No place for emergency calls" not in browser.get("/extensions/121/").content.decode()
    with inside(alpha):
        assert Extension.objects.get(number="121").settings.get(key=PLACE).value == "Hall 3"


def test_the_number_must_be_ones_own(create: Create, owner: User, alpha: Tenant, browser_of: Browser) -> None:
    create("121")

    page = browser_of(owner, alpha).post("/extensions/121/emergency/", {"emergency.number": "+15550001111", PLACE: ""})

    assert page.status_code == 422
    assert "This is not one of your own numbers." in page.content.decode()

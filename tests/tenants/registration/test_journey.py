"""A prospect's way from an e-mail address to a reference number, page by page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tenants.models import RegistrationDraft, RequestState, SubscriptionRequest, TemplateVersion, Tenant
from tests.tenants.registration.conftest import CONTACT, KENTON, PASSWORD

MANAGEMENT = "portal.sites.urls_management"
Browser = Callable[[User | None, Tenant], Client]


def page(name: str, *args: str) -> str:
    return reverse(f"register:{name}", args=args, urlconf=MANAGEMENT)


@pytest.mark.feature("REG-03")
@pytest.mark.feature("REG-14")
@pytest.mark.feature("REG-18")
def test_source_001s_own_example_goes_through_the_three_tabs(
    browser_of: Browser, prospect: User, management: Tenant, standard: TemplateVersion
) -> None:
    browser = browser_of(prospect, management)
    schemas = Tenant.objects.count()

    first = browser.post(page("template"), {"template_version": standard.pk, "go": "next"})
    second = browser.post(page("tenant"), {**KENTON, "password": PASSWORD, "confirm": PASSWORD, "go": "next"})
    third = browser.get(page("contact"))
    token = RegistrationDraft.objects.get(user=prospect).token
    sent = browser.post(page("contact"), {**CONTACT, "token": token, "go": "next"})
    shown = browser.get(sent["Location"])

    request = SubscriptionRequest.objects.get()
    assert (first.status_code, first["Location"]) == (302, page("tenant"))
    assert (second.status_code, second["Location"]) == (302, page("contact"))
    assert "prpkeAdmin@kenton-electronics.com" in third.content.decode()
    assert "Create Tenant" in third.content.decode()
    assert sent["Location"] == page("sent", request.reference)
    assert "is accepted" in shown.content.decode()
    assert "at once or in off-peak hours" in shown.content.decode()
    assert request.reference in shown.content.decode()
    assert request.state == RequestState.PROVISIONING
    assert request.template_version == standard
    assert request.fqdn == "kenton-electronics.localhost"
    assert Tenant.objects.count() == schemas  # a worker makes it, never the web request

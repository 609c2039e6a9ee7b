"""The first page that everybody sees leads on to what they may have come for."""

import re

from django.test import Client

from tenants.models import Tenant
from tests.prepared import ROOT

SIGN_IN = "/account/login/"


def links(tenant: Tenant) -> dict[str, str]:
    """Words and addresses of the links on the sign-in page of a host."""
    page = Client(HTTP_HOST=tenant.get_primary_domain().domain).get(SIGN_IN).content.decode()
    return {words: address for address, words in re.findall(r'<a href="([^"]+)">([^<]+)</a>', page)}


def test_a_prospect_finds_the_registration_from_the_sign_in_page(management: Tenant) -> None:
    assert links(management)["Register as a new tenant"] == "/register/"


def test_at_a_tenant_nobody_is_sent_to_registration(alpha: Tenant) -> None:
    assert "Register as a new tenant" not in links(alpha)


def test_the_welcome_mail_calls_the_way_to_a_new_password_as_the_page_does(alpha: Tenant) -> None:
    mail = (ROOT / "templates" / "mail" / "request_completed.txt").read_text()

    quoted = re.findall("“([^”]+)”", mail)

    assert set(quoted) & set(links(alpha)) == {"Forgotten your password?"}

"""A forgotten password (NTF-01), and where its link leads (THR-27)."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture(autouse=True)
def _read_in_memory(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.feature("NTF-01")
def test_the_mail_uses_our_frame_and_both_twins(
    browser_of: Browser, alpha: Tenant, agent: User, mailoutbox: list
) -> None:
    browser_of(None, alpha).post("/account/password/reset/", {"email": agent.email})

    message = mailoutbox[0]
    assert message.to == [agent.email]
    assert agent.username in message.body
    assert "60 minutes" in message.body
    assert "/account/password/reset/key/" in message.body
    assert message.alternatives[0].content.startswith("<!doctype html>")
    assert message.extra_headers["X-Portal-Template"] == "password_reset"


def test_the_link_leads_to_the_stored_host_whatever_the_request_says(
    alpha: Tenant, agent: User, mailoutbox: list
) -> None:
    host = alpha.get_primary_domain().domain
    client = Client(HTTP_HOST=f"{host}:6666", HTTP_X_FORWARDED_HOST="evil.example")

    client.post("/account/password/reset/", {"email": agent.email})

    assert f"//{host}" in mailoutbox[0].body
    assert "6666" not in mailoutbox[0].body
    assert "evil.example" not in mailoutbox[0].body

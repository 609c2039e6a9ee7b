"""Going from one host to another, as a browser does it."""

import re
from typing import Any

from django.test import Client

from tenants.models import Tenant

ALPHA = "alpha-phones.localhost"


def fields_of(page: Any) -> tuple[str, str]:
    """(address, token) of the form that carries a hand-off over."""
    text = page.content.decode()
    address = re.search(r'action="(https?://[^"]+/handoff/)"', text)
    return address[1], re.search(r'name="token" value="([^"]+)"', text)[1]


def origin_of(browser: Client) -> str:
    """What a browser on this host writes into its Origin header."""
    return f"http://{browser.defaults['HTTP_HOST']}"


def go(browser: Client, tenant: Tenant, reason: str = "Callers hear nothing") -> tuple[str, str]:
    """Ask to enter `tenant` and read the page between."""
    return fields_of(browser.post(f"/ops/tenants/{tenant.instance_number}/enter/", {"reason": reason}))


def arrive(token: str, *, host: str = ALPHA, origin: str) -> Client:
    """Post the token to the other host; the client's `answer` is what came back."""
    browser = Client(HTTP_HOST=host)
    browser.answer = browser.post("/handoff/", {"token": token}, headers={"Origin": origin})
    return browser

"""Two-step sign-in (THR-13): for everybody, never to be skipped, its secrets encrypted."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from portal.accounts.models import User
from portal.accounts.tokens import ResetTokens
from portal.core.crypto import UnreadableSecret, decrypt
from tenants.door import inside
from tenants.models import Tenant
from tests.accounts.test_passwords import FRESH, choose, link_of
from tests.accounts.test_signing_in import sign_in, signed_in
from tests.world import PASSWORD

Browser = Callable[[User | None, Tenant], Client]


def code_for(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def secret(browser_of: Browser, alpha: Tenant) -> str:
    """Agent has set up an authenticator app; its secret."""
    browser = browser_of(None, alpha)
    sign_in(browser, "prpagent")
    shown = browser.get("/account/2fa/totp/activate/", follow=True)
    if b"secret" not in shown.content:
        shown = browser.post(
            shown.request["PATH_INFO"] + "?next=/account/2fa/totp/activate/", {"password": PASSWORD}, follow=True
        )
    found = shown.context["form"].secret
    answer = browser.post("/account/2fa/totp/activate/", {"code": code_for(found)})
    assert answer.status_code == 302
    return found


def test_changing_the_second_factor_asks_for_the_password_first(
    browser_of: Browser, agent: User, alpha: Tenant
) -> None:
    browser = browser_of(agent, alpha)  # signed in some time ago, as far as allauth knows

    answer = browser.get("/account/2fa/totp/activate/")

    assert answer.status_code == 302
    assert "/account/reauthenticate/" in answer["Location"]


def test_with_a_second_factor_the_password_alone_signs_nobody_in(
    browser_of: Browser, alpha: Tenant, secret: str
) -> None:
    browser = browser_of(None, alpha)

    assert sign_in(browser, "prpagent")["Location"] == "/account/2fa/authenticate/"
    assert not signed_in(browser)
    assert browser.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert not signed_in(browser)
    browser.post("/account/2fa/authenticate/", {"code": code_for(secret, 1)})
    assert signed_in(browser)


def test_a_code_is_good_once(browser_of: Browser, alpha: Tenant, secret: str) -> None:
    code = code_for(secret, 1)
    for expected in (True, False):
        browser = browser_of(None, alpha)
        sign_in(browser, "prpagent")
        browser.post("/account/2fa/authenticate/", {"code": code})
        assert signed_in(browser) is expected


def test_a_new_password_does_not_skip_the_second_factor(
    browser_of: Browser, agent: User, alpha: Tenant, secret: str
) -> None:
    with inside(alpha):
        link = link_of(User.objects.get(pk=agent.pk), ResetTokens())
    browser = browser_of(None, alpha)
    choose(browser, link)
    assert not signed_in(browser)

    sign_in(browser, "prpagent", FRESH)

    assert not signed_in(browser)


def test_recovery_codes_work_once_each(browser_of: Browser, agent: User, alpha: Tenant, secret: str) -> None:
    with inside(alpha):
        codes = Authenticator.objects.get(user=agent, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    for expected in (True, False):
        browser = browser_of(None, alpha)
        sign_in(browser, "prpagent")
        browser.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert signed_in(browser) is expected


def test_the_secret_is_encrypted_for_its_own_schema(agent: User, alpha: Tenant, beta: Tenant, secret: str) -> None:
    with inside(alpha):
        stored = Authenticator.objects.get(user=agent, type="totp").data["secret"]
        assert secret not in stored
        assert decrypt(stored) == secret
    with inside(beta), pytest.raises(UnreadableSecret):
        decrypt(stored)


def test_the_pages_of_the_second_factor_open(browser_of: Browser, alpha: Tenant, secret: str) -> None:
    browser = browser_of(None, alpha)
    sign_in(browser, "prpagent")
    assert browser.get("/account/2fa/authenticate/").status_code == 200
    browser.post("/account/2fa/authenticate/", {"code": code_for(secret, 1)})

    for path in ("/account/2fa/", "/account/2fa/recovery-codes/", "/account/2fa/totp/deactivate/"):
        assert browser.get(path, follow=True).status_code == 200

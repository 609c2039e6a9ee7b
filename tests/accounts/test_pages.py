"""Every page about people opens for those who may, on both hosts."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

BOTH = ["users/", "users/new/", "roles/"]
Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.feature("ROL-05")
@pytest.mark.parametrize("path", [*(f"/ops/{path}" for path in BOTH), "/me/preferences/"])
def test_an_operator_opens_it(browser_of: Browser, olivia: User, management: Tenant, path: str) -> None:
    assert browser_of(olivia, management).get(path).status_code == 200


@pytest.mark.parametrize("path", [*(f"/{path}" for path in BOTH), "/me/preferences/", "/support/", "/visit/"])
def test_an_owner_opens_it(browser_of: Browser, owner: User, alpha: Tenant, path: str) -> None:
    assert browser_of(owner, alpha).get(path).status_code == 200


@pytest.mark.parametrize("part", ["", "edit/", "roles/"])
def test_an_owner_opens_a_persons_page(browser_of: Browser, owner: User, agent: User, alpha: Tenant, part: str) -> None:
    assert browser_of(owner, alpha).get(f"/users/{agent.pk}/{part}").status_code == 200


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize("path", ["/users/", "/users/new/", "/roles/", "/support/", "/visit/"])
def test_an_end_user_is_refused(browser_of: Browser, agent: User, alpha: Tenant, path: str) -> None:
    assert browser_of(agent, alpha).get(path).status_code == 403


@pytest.mark.feature("SEC-06")
def test_a_user_of_another_tenant_is_not_there(
    browser_of: Browser, owner: User, alpha: Tenant, beta: Tenant, stranger: User
) -> None:
    browser = browser_of(owner, alpha)

    assert browser.get(f"/users/{stranger.pk}/").status_code == 404
    assert browser.post(f"/users/{stranger.pk}/lock/").status_code == 404
    with inside(beta):
        assert User.objects.get(pk=stranger.pk).is_active


@pytest.mark.parametrize(
    "path",
    [
        "account/login/",
        "account/password/reset/",
        "account/password/reset/done/",
        "account/password/reset/key/done/",
        "account/inactive/",
    ],
)
def test_sign_in_pages_open_without_sign_in(browser_of: Browser, management: Tenant, alpha: Tenant, path: str) -> None:
    assert browser_of(None, management).get(f"/{path}").status_code == 200
    assert browser_of(None, alpha).get(f"/{path}").status_code == 200


@pytest.mark.parametrize("path", ["account/sessions/", "account/password/change/", "account/2fa/"])
def test_pages_of_the_own_sign_in_open(browser_of: Browser, owner: User, alpha: Tenant, path: str) -> None:
    assert browser_of(owner, alpha).get(f"/{path}").status_code == 200


@pytest.mark.parametrize("path", ["account/signup/", "account/email/", "account/confirm-email/"])
def test_there_is_no_sign_up_and_no_address_management(browser_of: Browser, alpha: Tenant, path: str) -> None:
    assert browser_of(None, alpha).get(f"/{path}").status_code == 404

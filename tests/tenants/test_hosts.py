"""The host name decides the tenant; everything else gets its own plain page."""

import pytest
from django.test import Client

from tenants.models import Domain, Tenant, TenantState


@pytest.mark.parametrize("host", ["nobody.localhost", "alpha-phones.localhost.evil.example", "t2", "127.0.0.2", "a..b"])
def test_an_unknown_host_is_refused(db: None, host: str) -> None:
    answer = Client(HTTP_HOST=host).get("/")

    assert answer.status_code == 404
    assert "alpha" not in answer.content.decode().lower()


@pytest.mark.parametrize("host", ["ALPHA-phones.localhost", "alpha-phones.localhost.", "alpha-phones.localhost:8000"])
def test_letter_case_final_dot_and_port_do_not_matter(alpha: Tenant, host: str) -> None:
    assert Client(HTTP_HOST=host).get("/").status_code == 302


def test_www_is_not_the_tenant(alpha: Tenant) -> None:
    assert Client(HTTP_HOST="www.alpha-phones.localhost").get("/").status_code == 404


@pytest.mark.feature("TEN-03")
def test_a_suspended_tenant_shows_the_suspended_page_to_everybody(
    alpha: Tenant, owner: object, browser_of: object
) -> None:
    browser = browser_of(owner, alpha)
    Tenant.objects.filter(pk=alpha.pk).update(state=TenantState.SUSPENDED)

    answer = browser.get("/extensions/")

    assert answer.status_code == 503
    assert "suspended" in answer.content.decode().lower()


def test_a_tenant_that_is_being_created_says_so(alpha: Tenant) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(state=TenantState.PROVISIONING)

    answer = Client(HTTP_HOST="alpha-phones.localhost").get("/extensions/")

    assert answer.status_code == 503
    assert "Front desk" not in answer.content.decode()
    assert "/extensions/" not in answer.content.decode()


def test_a_frozen_template_version_has_no_host(db: None) -> None:
    assert not Domain.objects.filter(tenant__kind="version").exists()


def test_health_is_answered_on_any_host(db: None) -> None:
    assert Client(HTTP_HOST="10.0.0.1").get("/livez").content == b"ok\n"
    assert Client(HTTP_HOST="probe").get("/readyz").json() == {"database": True, "redis": True}

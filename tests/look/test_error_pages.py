"""Whatever goes wrong, the answer is a plain page in our look with the request id and one way out."""

from collections.abc import Callable

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.test import Client, RequestFactory
from django.urls import get_resolver

from portal.accounts.models import User
from portal.sites import errors
from tenants.models import Tenant


def test_an_unknown_address_gets_our_page_on_both_faces(
    browser_of: Callable[[User | None, Tenant], Client], management: Tenant, alpha: Tenant
) -> None:
    for tenant in (management, alpha):
        answer = browser_of(None, tenant).get("/nothing-like-this/")

        assert answer.status_code == 404
        assert "There is nothing here" in answer.text
        assert "mention this request" in answer.text


def test_a_wrong_method_gets_our_page_and_says_what_is_allowed(
    browser_of: Callable[[User | None, Tenant], Client], owner: User, alpha: Tenant
) -> None:
    answer = browser_of(owner, alpha).delete("/")

    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    assert "does not work that way" in answer.text


@pytest.mark.parametrize("urls", ["portal.sites.urls_management", "portal.sites.urls_tenant"])
@pytest.mark.parametrize(
    ("code", "fault", "status"),
    [
        (400, BadRequest(), 400),
        (400, RequestDataTooBig(), 413),
        (403, PermissionDenied(), 403),
        (404, Exception(), 404),
    ],
)
def test_both_url_maps_name_our_error_pages(urls: str, code: int, fault: Exception, status: int) -> None:
    handler = get_resolver(urls).resolve_error_handler(code)

    answer = handler(RequestFactory().get("/"), fault)

    assert answer.status_code == status
    assert b"mention this request" in answer.content


@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        (errors.server_error, 500, "our fault"),
        (errors.csrf_failure, 403, "has grown old"),
        (errors.unknown_host, 404, "Nobody lives at this address"),
        (errors.tenant_suspended, 503, "Service suspended"),
        (errors.tenant_being_created, 503, "being set up"),
        (errors.maintenance, 503, "Being updated"),
        (errors.database_away, 503, "away for a moment"),
    ],
)
def test_every_trouble_has_plain_words_and_needs_no_database(page: Callable, status: int, words: str) -> None:
    answer = page(RequestFactory().get("/"))

    assert answer.status_code == status
    assert words in answer.text
    assert answer["Cache-Control"] == "no-store"

"""The address a request really came from."""

import pytest
from django.test import RequestFactory

from portal.core.client_ip import client_ip


@pytest.mark.feature("AUD-03")
@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "10.1.1.1"),
        (0, "6.6.6.6", "10.1.1.1"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "10.1.1.1"),
        (1, "not an address", None),
        (1, "", "10.1.1.1"),
    ],
)
def test_only_what_trusted_proxies_saw_counts(
    settings: object, proxies: int, forwarded: str, expected: str | None
) -> None:
    settings.PORTAL_TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    assert client_ip(RequestFactory().get("/", REMOTE_ADDR="10.1.1.1", **headers)) == expected

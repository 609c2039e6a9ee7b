"""Telephones fetch their configuration; everything else gets the same 404 (PRV-01, THR-22)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension, ExtensionState, Key, KeyPanel, Phone, PhoneAccess, PhoneFetch
from extensions.services.phones.access import issue_access
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads
from tests.extensions.keys.conftest import colleague
from tests.extensions.provisioning.conftest import FILE, LATER, MAC, SOON, Fetch, at, basic
from tests.extensions.provisioning.facts import pairs


def bare(response: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    """All that can be told apart from outside; each answer has an id of its own."""
    return response.status_code, response.content, {k: v for k, v in response.items() if k != "X-Request-Id"}


@pytest.mark.feature("PRV-01")
def test_the_first_fetch_needs_only_the_address_and_tells_the_rest(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant
) -> None:
    with at(SOON):
        told = fetch(access.secret)

    said = pairs(told.content.decode())
    with inside(alpha):
        access.refresh_from_db()
        extension = Extension.objects.get(number="101")
    assert (told.status_code, told["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert (told["Cache-Control"], told["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert said["account.1.user_name"] == "101"
    assert said["account.1.auth_name"] == extension.sip_username
    assert said["account.1.password"] == extension.sip_password
    assert said["account.1.sip_server.1.address"] == alpha.get_primary_domain().domain
    assert said["voice_mail.number.1"] == "*97"
    assert said["static.auto_provision.server.url"].endswith(f"/p/{access.secret}/")
    assert said["static.auto_provision.server.password"] == access.password
    assert (access.first_at, access.first_address, access.fetched_tag) == (SOON, "203.0.113.7", access.wanted_tag)


@pytest.mark.feature("PRV-01")
def test_after_the_first_fetch_the_address_alone_is_not_enough(fetch: Fetch, access: PhoneAccess) -> None:
    with at(SOON):
        fetch(access.secret)
        rest = fetch(access.secret, f"{MAC}.boot")  # makers split their files
        elsewhere = fetch(access.secret, address="203.0.113.8")
    with at(LATER):
        asked = fetch(access.secret)
        right = fetch(access.secret, by=access)
        wrong = fetch(access.secret, HTTP_AUTHORIZATION=basic(access.user, "guessed"))
        broken = fetch(access.secret, HTTP_AUTHORIZATION="Basic !!!")

    assert (rest.status_code, elsewhere.status_code, asked.status_code) == (200, 401, 401)
    assert asked["WWW-Authenticate"] == 'Basic realm="telephone", charset="UTF-8"'
    assert b"password" not in asked.content
    assert (right.status_code, wrong.status_code, broken.status_code) == (200, 404, 404)


@pytest.mark.feature("PRV-01")
def test_an_address_that_was_not_used_within_a_day_is_worth_nothing(fetch: Fetch, access: PhoneAccess) -> None:
    with at(NOON + timedelta(hours=24)):
        late = fetch(access.secret)
        late_with_password = fetch(access.secret, by=access)

    assert (late.status_code, late_with_password.status_code) == (404, 404)


@pytest.mark.feature("PRV-01")
def test_every_failure_is_the_same_404_byte_for_byte(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant, beta: Tenant, owner: User, stranger: User
) -> None:
    with inside(beta):
        theirs = Phone.objects.create(
            mac="805ec0000202", model="yealink-t54w", extension=Extension.objects.first(), created_at=NOON
        )
        their_access = issue_access(phone=theirs, by=stranger, at=NOON)
    secret = access.secret
    with at(SOON):
        answers = {
            "unknown secret": fetch("a" * 27),
            "no secret": fetch(""),
            "nearly": fetch(secret[:-1]),
            "capitals": fetch(secret.upper()),
            "wrong file": fetch(secret, "passwd"),
            "no file": fetch(secret, ""),
            "another's MAC": fetch(secret, "805ec0000202.cfg"),
            "another's local file": fetch(secret, "805ec0000202-local.cfg"),
            "asked in vain": fetch(secret, "y000000000000.boot"),
            "traversal": fetch(secret, f"../{secret}/{FILE}"),
            "encoded": fetch(secret, f"%2e%2e%2f{FILE}"),
            "backslash": fetch(secret, f"..\\{FILE}"),
            "absolute": fetch(secret, "/etc/passwd"),
            "parameters": fetch(secret, f"..;/{FILE}"),
            "line end": fetch(secret, f"{FILE}%0a"),
            "zero": fetch(secret, f"{FILE}%00.cfg"),
            "folder": fetch(secret, f"{FILE}/"),
            "other tenant's secret here": fetch(their_access.secret, "805ec0000202.cfg"),
            "our secret at the other tenant": fetch(secret, host=beta),
            "upload": fetch(secret, f"{MAC}-app.log", method="PUT", data=b"log"),
            "write": fetch(secret, method="PUT", data=b"x"),
            "post": fetch(secret, method="POST", data=b"x"),
            "options": fetch(secret, method="OPTIONS"),
            "delete": fetch(secret, method="DELETE"),
        }
        first = bare(fetch("nobody"))

    assert {name: bare(answer) for name, answer in answers.items() if bare(answer) != first} == {}
    assert first[:2] == (404, b"Not found\n")
    assert (first[2]["Cache-Control"], first[2]["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert "Set-Cookie" not in first[2]


@pytest.mark.feature("PRV-01")
def test_an_extension_out_of_service_and_a_telephone_without_one_get_nothing(
    fetch: Fetch, access: PhoneAccess, phone: Phone, alpha: Tenant
) -> None:
    with inside(alpha):
        Extension.objects.filter(number="101").update(state=ExtensionState.SUSPENDED)
    with at(SOON):
        suspended = fetch(access.secret)
    with inside(alpha):
        Phone.objects.filter(pk=phone.pk).update(extension=None)
    with at(SOON):
        nobodys = fetch(access.secret)

    assert (suspended.status_code, nobodys.status_code) == (404, 404)


@pytest.mark.feature("PRV-01")
def test_plain_http_gets_nothing_in_production(settings: Any, alpha: Tenant, access: PhoneAccess, fetch: Fetch) -> None:
    settings.PORTAL_HTTPS = settings.SECURE_SSL_REDIRECT = True
    with at(SOON):
        plain, secure = fetch(access.secret), fetch(access.secret, **{"wsgi.url_scheme": "https"})

    assert (plain.status_code, plain.content) == (404, b"Not found\n")
    assert secure.status_code == 200
    assert f"https://{alpha.get_primary_domain().domain}/p/{access.secret}/" in secure.content.decode()


@pytest.mark.feature("PRV-01")
def test_what_is_known_already_is_not_sent_again(fetch: Fetch, access: PhoneAccess, alpha: Tenant) -> None:
    with at(SOON):
        head = fetch(access.secret, method="HEAD")
        first = fetch(access.secret)
        known = fetch(access.secret, HTTP_IF_NONE_MATCH=first["ETag"])
        other = fetch(access.secret, HTTP_IF_NONE_MATCH='"other"')

    with inside(alpha):
        access.refresh_from_db()
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert int(head["Content-Length"]) == len(first.content)
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])
    assert other.status_code == 200


@pytest.mark.feature("PRV-01")
def test_looking_whether_it_is_there_does_not_use_the_address_up(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant
) -> None:
    with at(SOON):
        fetch(access.secret, method="HEAD")
        fetch(access.secret, f"{MAC}.boot")

    with inside(alpha):
        access.refresh_from_db()
    assert access.first_at is None


@pytest.mark.feature("PRV-01")
def test_every_fetch_is_remembered_without_its_contents(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant, phone: Phone
) -> None:
    with at(SOON):
        fetch(access.secret)
        fetch(access.secret, "805ec0000202.cfg", agent="curl/8.0")

    with inside(alpha):
        seen = list(PhoneFetch.objects.order_by("pk").values_list("file", "status", "address", "agent_fits", "at"))
        text = str(list(PhoneFetch.objects.values()))
    assert seen == [
        (FILE, 200, "203.0.113.7", True, SOON),
        ("805ec0000202.cfg", 404, "203.0.113.7", False, SOON),
    ]
    assert access.secret not in text
    assert access.password not in text


def test_only_the_newest_hundred_fetches_are_kept(fetch: Fetch, access: PhoneAccess, alpha: Tenant) -> None:
    with inside(alpha):
        PhoneFetch.objects.bulk_create(
            PhoneFetch(phone=access.phone, at=NOON, file=str(n), status=200, template=1, version=0) for n in range(120)
        )
    with at(LATER):
        fetch(access.secret)

    with inside(alpha):
        kept = PhoneFetch.objects.order_by("-pk").values_list("file", flat=True)
        assert (len(kept), kept[0], kept[99]) == (100, FILE, "21")


@pytest.mark.feature("PRV-01")
def test_a_fetch_needs_as_many_queries_with_many_keys_as_with_one(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant, phone: Phone
) -> None:
    def counted() -> int:
        with at(SOON), CaptureQueriesContext(connection) as captured:
            assert fetch(access.secret).status_code == 200
        return reads(captured)

    with inside(alpha):
        panel = KeyPanel.objects.create(extension=phone.extension)
        Key.objects.create(panel=panel, position=0, kind="presence", extension=colleague("201", "Mei"))
    counted()  # of the first fetch more is written
    with_one = counted()
    with inside(alpha):
        for n in range(1, 25):
            Key.objects.create(panel=panel, position=n, kind="presence", extension=colleague(f"{300 + n}", f"P {n}"))

    assert counted() == with_one
    assert with_one <= 16


@pytest.mark.feature("PRV-01")
def test_nobody_signed_in_gets_more(
    access: PhoneAccess, alpha: Tenant, browser_of: Callable[[User | None, Tenant], Client], owner: User
) -> None:
    assert browser_of(owner, alpha).get(f"/p/{'a' * 27}/{FILE}").status_code == 404

"""Pages about a telephone's configuration (PRV-01)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from extensions.models import Extension, Phone, PhoneAccess
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON
from tests.extensions.provisioning.conftest import SOON, Fetch, at

Browser = Callable[[User | None, Tenant], Client]
asked: list[str] = []


def ask(*, number: str, event: str) -> int:
    """A PBX that finds one telephone."""
    asked.append(number)
    return 1


def find_none(*, number: str, event: str) -> int:
    return 0


@pytest.mark.feature("PRV-01")
def test_a_new_address_is_asked_for_and_shown_once(
    browser_of: Browser, alpha: Tenant, owner: User, phone: Phone
) -> None:
    browser, address = browser_of(owner, alpha), f"/phones/{phone.pk}/configuration/"

    before = browser.get(address).content.decode()
    question = browser.get(f"/phones/{phone.pk}/new-address/").content.decode()
    made = browser.post(f"/phones/{phone.pk}/new-address/")
    first, second = (browser.get(address).content.decode() for _time in range(2))
    again = browser.get(f"/phones/{phone.pk}/new-address/").content.decode()

    with inside(alpha):
        access = PhoneAccess.objects.get(phone=phone)
    assert "This telephone has no address to fetch from" in before
    assert "The address is shown once" in question
    assert made["Location"] == address
    assert f"/p/{access.secret}/" in first
    assert 'class="qr' in first
    assert access.admin_password in first
    assert access.password not in first
    for secret in (access.secret, access.password, access.admin_password):
        assert secret not in second
    assert "Waiting for the first fetch" in second
    assert "ends at once" in again


@pytest.mark.feature("PRV-01")
def test_the_page_tells_what_was_fetched_from_where_and_that_it_changed_since(
    browser_of: Browser, alpha: Tenant, owner: User, phone: Phone, access: PhoneAccess, fetch: Fetch
) -> None:
    browser = browser_of(owner, alpha)
    with at(SOON):
        fetch(access.secret)
        fetch(access.secret, "805ec0000202.cfg", agent="curl/8.0")

    current = browser.get(f"/phones/{phone.pk}/configuration/").content.decode()
    with inside(alpha):
        PhoneAccess.objects.update(wanted_tag="another")
    outdated = browser.get(f"/phones/{phone.pk}/configuration/").content.decode()
    listed = browser.get("/phones/?configuration=must_fetch").content.decode()
    not_listed = browser.get("/phones/?configuration=current").content.decode()

    assert "Up to date" in current
    for told in ("805ec0000101.cfg", "203.0.113.7", "Yealink SIP-T54W", "another maker", "refused"):
        assert told in current
    assert "Changed since the last fetch" in outdated
    assert ("80:5E:C0:00:01:01" in listed, "80:5E:C0:00:01:01" in not_listed) == (True, False)


@pytest.mark.feature("PRV-01")
def test_files_are_shown_without_secrets(
    browser_of: Browser, alpha: Tenant, owner: User, manager: User, phone: Phone, access: PhoneAccess, fetch: Fetch
) -> None:
    with inside(alpha):
        password = Extension.objects.get(number="101").sip_password
    with at(SOON):
        fetch(access.secret)

    page = browser_of(manager, alpha).get(f"/phones/{phone.pk}/files/").content.decode()
    with inside(alpha):
        Extension.objects.filter(number="101").update(directory_name="Somebody else")
    changed = browser_of(owner, alpha).get(f"/phones/{phone.pk}/files/").content.decode()

    assert "account.1.user_name = 101" in page
    assert "account.1.password = ••••••••" in page
    for secret in (access.secret, access.password, access.admin_password, password):
        assert secret not in page
    assert "older version" not in page
    assert "The telephone has an older version of this" in changed


def test_a_telephone_that_has_nothing_to_fetch_says_why(
    browser_of: Browser, alpha: Tenant, owner: User, phone: Phone
) -> None:
    browser = browser_of(owner, alpha)
    pages = {}
    for name, facts in {
        "nobody": {"extension": None},
        "unknown": {"model": "", "extension": phone.extension},
    }.items():
        with inside(alpha):
            Phone.objects.filter(pk=phone.pk).update(**facts)
        pages[name] = browser.get(f"/phones/{phone.pk}/configuration/").content.decode()
        pages[f"{name} files"] = browser.get(f"/phones/{phone.pk}/files/").content.decode()
    refused = browser.post(f"/phones/{phone.pk}/new-address/")

    assert "Nobody’s telephone yet" in pages["nobody"]
    assert "Without an extension in service" in pages["nobody files"]
    assert "This model fetches nothing" in pages["unknown"]
    assert refused.status_code == 422
    assert "do not fetch a configuration" in refused.content.decode()


@pytest.mark.feature("PRV-01")
def test_a_telephone_is_asked_to_fetch_or_the_page_says_that_nobody_can(
    browser_of: Browser, alpha: Tenant, owner: User, phone: Phone, settings: Any
) -> None:
    browser, address = browser_of(owner, alpha), f"/phones/{phone.pk}/fetch-again/"
    without = browser.post(address, follow=True).content.decode()
    settings.PHONE_RESYNC = f"{__name__}.find_none"
    absent = browser.post(address, follow=True).content.decode()
    settings.PHONE_RESYNC = f"{__name__}.ask"
    done = browser.post(address, follow=True).content.decode()

    assert "No telephone system can be reached" in without
    assert "not signed in at the moment" in absent
    assert "The telephone was asked to fetch its configuration." in done
    assert asked[-1:] == ["101"]


@pytest.mark.feature("PRV-01")
def test_who_may_look_may_not_make_addresses_and_others_see_nothing(
    browser_of: Browser, alpha: Tenant, beta: Tenant, manager: User, agent: User, stranger: User, phone: Phone
) -> None:
    looking, changing = ("configuration", "files"), ("new-address", "fetch-again")

    def statuses(user: User, tenant: Tenant, names: tuple[str, ...], method: str = "get") -> set[int]:
        browser = browser_of(user, tenant)
        return {getattr(browser, method)(f"/phones/{phone.pk}/{name}/").status_code for name in names}

    assert statuses(manager, alpha, looking) == {200}
    assert statuses(manager, alpha, changing, "post") == {403}
    assert statuses(agent, alpha, looking) == {403}
    assert statuses(stranger, beta, looking) == {404}
    assert statuses(stranger, beta, changing, "post") == {404}


@pytest.mark.feature("PRV-01")
def test_people_see_how_their_own_telephones_stand(
    browser_of: Browser, alpha: Tenant, owner: User, agent: User, phone: Phone
) -> None:
    with inside(alpha):
        own = Extension.objects.filter(user=agent).first() or phone.extension
        Phone.objects.filter(pk=phone.pk).update(extension=own)
        Extension.objects.filter(pk=own.pk).update(user=agent, state="active")
        Phone.objects.create(mac="805ec0000909", model="yealink-t54w", created_at=NOON)

    mine = browser_of(agent, alpha).get("/me/devices/").content.decode()
    tab = browser_of(owner, alpha).get(f"/extensions/{own.number}/devices/").content.decode()

    assert "No address yet" in mine
    assert "80:5E:C0:00:01:01" in mine
    assert "80:5E:C0:00:09:09" not in mine
    assert f"/phones/{phone.pk}/configuration/" in tab

"""Welcome mails: a link that works once, for a day, and never a password (EXT-14)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from extensions.models import Extension, SetupLink
from extensions.services.edit import edit_extension
from extensions.services.reassign import change_user
from extensions.services.suspend import suspend_extension
from extensions.services.voicemail.pin import reset_pin
from extensions.services.welcome import (
    LinkOver,
    NoAddress,
    extension_of_link,
    send_welcome,
    send_welcomes,
    show_set_up_once,
)
from portal.accounts.models import User
from portal.core.bulk import SetChanged
from portal.jobs.models import Mail
from tenants.models import Tenant
from tests.extensions.conftest import NOON

pytestmark = pytest.mark.feature("EXT-14")
Create = Callable[..., Extension]
Browser = Callable[[User | None, Tenant], Client]


def key_in(text: str) -> str:
    return re.search(r"/setup/([\w-]+)/", text)[1]  # type: ignore[index]


def test_the_mail_holds_a_link_and_no_password(create: Create, owner: User) -> None:
    extension = create("121", email="wei@alpha.example")

    send_welcome(extension=extension, by=owner, at=NOON)

    text = last_mail()
    assert extension.sip_password not in text
    assert extension.sip_username not in text
    assert extension_of_link(key_in(text), at=NOON) == extension


def test_the_link_shows_the_data_once(create: Create, owner: User) -> None:
    extension = create("121", email="wei@alpha.example")
    send_welcome(extension=extension, by=owner, at=NOON)
    key = key_in(last_mail())

    shown = show_set_up_once(key=key, at=NOON)

    assert (shown.number, shown.username, shown.password) == ("121", extension.sip_username, extension.sip_password)
    assert {"Number: 121", f"Username: {extension.sip_username}"} <= set(shown.text.split("\n"))
    with pytest.raises(LinkOver):
        show_set_up_once(key=key, at=NOON)


@pytest.mark.feature("EXT-07", "VM-02")
@pytest.mark.parametrize("hand_over", ["to nobody", "to another address"])
def test_links_end_when_the_extension_goes_to_somebody_else(create: Create, owner: User, hand_over: str) -> None:
    extension = create("121", email="wei@alpha.example")
    send_welcome(extension=extension, by=owner, at=NOON)
    key = key_in(last_mail())
    reset_pin(mailbox=extension.mailbox, by=owner, at=NOON)

    if hand_over == "to nobody":
        change_user(extension=extension, user=None, by=owner)
    else:
        kept = {name: getattr(extension, name) for name in ("directory_name", "first_name", "last_name", "mobile")}
        edit_extension(extension=extension, number="121", email="new@alpha.example", by=owner, **kept)

    with pytest.raises(LinkOver):
        show_set_up_once(key=key, at=NOON)
    extension.mailbox.refresh_from_db()
    assert not extension.mailbox.link_token


def test_the_link_lasts_a_day(create: Create, owner: User) -> None:
    send_welcome(extension=create("121", email="wei@alpha.example"), by=owner, at=NOON)

    with pytest.raises(LinkOver):
        extension_of_link(key_in(last_mail()), at=NOON + timedelta(hours=24))


def test_a_newer_mail_ends_the_older_link(create: Create, owner: User) -> None:
    extension = create("121", email="wei@alpha.example")
    send_welcome(extension=extension, by=owner, at=NOON)
    older = key_in(last_mail())
    send_welcome(extension=extension, by=owner, at=NOON)

    with pytest.raises(LinkOver):
        extension_of_link(older, at=NOON)
    assert SetupLink.objects.filter(extension=extension).count() == 1


def test_nobody_is_written_to_without_an_address_or_while_suspended(create: Create, owner: User) -> None:
    with pytest.raises(NoAddress):
        send_welcome(extension=create("121"), by=owner, at=NOON)
    suspended = suspend_extension(extension=create("122", email="wei@alpha.example"), by=owner)
    with pytest.raises(NoAddress):
        send_welcome(extension=suspended, by=owner, at=NOON)


def test_many_are_written_to_at_once(create: Create, owner: User) -> None:
    create("121", email="wei@alpha.example")
    create("122", email="ada@alpha.example")
    create("123")
    rows = Extension.objects.filter(number__in=["121", "122", "123"])

    with pytest.raises(SetChanged):
        send_welcomes(rows=rows, expected=3, by=owner, at=NOON)
    assert send_welcomes(rows=rows, expected=2, by=owner, at=NOON) == 2
    assert SetupLink.objects.count() == 2


def test_the_page_asks_first_and_draws_the_picture(
    create: Create, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    extension = create("121", email="wei@alpha.example")
    browser_of(owner, alpha).post("/extensions/121/welcome/")
    with_link = f"/setup/{key_in(last_mail())}/"
    nobody = browser_of(None, alpha)

    asked = nobody.get(with_link).content.decode()
    assert extension.sip_password not in asked
    shown = nobody.post(with_link).content.decode()
    assert extension.sip_password in shown
    for label in ("Number", "Server", "Username"):
        assert f"<dt>{label}</dt>" in shown
    assert "<svg" in shown
    assert nobody.get(with_link).status_code == 410
    assert nobody.get("/setup/never-a-link/").status_code == 410


def last_mail() -> str:
    if mail.outbox:
        return str(mail.outbox[-1].body)
    return str(Mail.objects.latest("pk").text)

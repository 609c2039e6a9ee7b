"""PINs: not the first ones that people try, and told by a link that works once (VM-02)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import connection

from extensions.models import Extension, Mailbox
from extensions.services.pins import BadPin, demand_good_pin, new_pin
from extensions.services.voicemail.boxes import create_shared_mailbox, edit_shared_mailbox, ensure_mailbox
from extensions.services.voicemail.pin import LinkOver, NoAddress, box_of_link, reset_pin, set_pin, show_pin_once
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.models import Tenant
from tests.extensions.conftest import NOON


@pytest.fixture
def orders(inside_alpha: Tenant, owner: User) -> Mailbox:
    return create_shared_mailbox(number="50012", name="Orders", email="orders@alpha.example", by=owner)


@pytest.fixture(autouse=True)
def _read_in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def token(orders: Mailbox, owner: User, mailoutbox: list) -> str:
    """The token of the link in the mail about a new PIN."""
    reset_pin(mailbox=orders, by=owner, at=NOON)
    return token_in(mailoutbox[-1])


def token_in(message: Any) -> str:
    return re.search(r"/voicemail/pin/([^/\s]+)/", message.body).group(1)


@pytest.mark.feature("VM-02")
@pytest.mark.parametrize("pin", ["2846", "19283746", "5839201746", "1213", "0742"])
def test_a_pin_that_is_hard_to_guess_is_taken(pin: str) -> None:
    demand_good_pin(pin, own_number="101")


@pytest.mark.feature("VM-02")
@pytest.mark.parametrize(
    "pin",
    [
        "123", "12345678901", "12a4", "", "１２３５", "28 46",
        "1234", "4321", "7890", "0987", "2345678901", "9876543210",
        "1111", "000000", "1212", "123123", "8484", "1122", "334455",
        "50012", "050012", "0050012",
    ],
)  # fmt: skip
def test_a_trivial_or_misshapen_pin_is_refused_beside_its_field(pin: str) -> None:
    with pytest.raises(BadPin) as refusal:
        demand_good_pin(pin, own_number="50012")

    assert refusal.value.field == "pin"
    assert pin not in str(refusal.value) or pin in ("", "1234", "1111", "1212")


@pytest.mark.feature("VM-02")
def test_made_pins_are_good_ones() -> None:
    made = {new_pin() for _turn in range(50)}

    assert len(made) > 45
    for pin in made:
        demand_good_pin(pin)


@pytest.mark.feature("VM-02", "AUD-07")
def test_a_set_pin_is_kept_encrypted_and_only_changed_in_the_log(orders: Mailbox, owner: User) -> None:
    set_pin(mailbox=orders, pin="284613", by=owner)

    assert Mailbox.objects.get(pk=orders.pk).pin == "284613"
    assert not any("284613" in str(entry.changes) for entry in LogEntry.objects.all())
    with pytest.raises(BadPin):
        set_pin(mailbox=orders, pin="50012", by=owner)


@pytest.mark.feature("VM-02")
def test_the_link_shows_the_new_pin_once(orders: Mailbox, token: str) -> None:
    assert box_of_link(token, at=NOON) == orders  # looking does not use it up

    shown = show_pin_once(token=token, at=NOON + timedelta(hours=23))

    assert shown.pin == Mailbox.objects.get(pk=orders.pk).pin
    assert len(shown.pin) == 6
    with pytest.raises(LinkOver):
        show_pin_once(token=token, at=NOON)


@pytest.mark.feature("VM-02")
def test_a_link_is_over_after_24_hours(token: str) -> None:
    with pytest.raises(LinkOver):
        show_pin_once(token=token, at=NOON + timedelta(hours=24, seconds=1))


@pytest.mark.feature("VM-02")
def test_a_newer_link_another_pin_and_another_address_end_it(
    orders: Mailbox, owner: User, token: str, mailoutbox: list
) -> None:
    reset_pin(mailbox=orders, by=owner, at=NOON)
    second = token_in(mailoutbox[-1])
    with pytest.raises(LinkOver):
        show_pin_once(token=token, at=NOON)
    edit_shared_mailbox(
        mailbox=orders, number="50012", name="Orders", email="else@alpha.example", version=None, by=owner
    )
    with pytest.raises(LinkOver):
        show_pin_once(token=second, at=NOON)


@pytest.mark.feature("VM-02")
@pytest.mark.parametrize("forged", ["nonsense", "a:b:c"])
def test_a_forged_link_shows_nothing(orders: Mailbox, forged: str) -> None:
    with pytest.raises(LinkOver):
        show_pin_once(token=forged, at=NOON)


@pytest.mark.feature("VM-02")
def test_a_link_signed_in_another_tenant_shows_nothing(orders: Mailbox, owner: User, mailoutbox: list) -> None:
    reset_pin(mailbox=orders, by=owner, at=NOON)
    salt, token = "extensions.voicemail.pin", token_in(mailoutbox[0])
    inside = signing.loads(token, salt=f"{salt}.{connection.schema_name}")

    with pytest.raises(LinkOver):
        show_pin_once(token=signing.dumps(inside, salt=f"{salt}.t3"), at=NOON)
    assert show_pin_once(token=token, at=NOON).box == str(orders)


@pytest.mark.feature("VM-02")
def test_the_mail_goes_to_the_extensions_address_and_holds_no_pin(
    inside_alpha: Tenant, owner: User, mailoutbox: list
) -> None:
    Extension.objects.filter(number="101").update(email="jane@alpha.example")
    box = ensure_mailbox(Extension.objects.get(number="101"))

    reset_pin(mailbox=box, by=owner, at=NOON)

    (message,) = mailoutbox
    assert message.to == ["jane@alpha.example"]
    assert "101" in message.subject
    assert "24 hours" in message.body
    pin = Mailbox.objects.get(pk=box.pk).pin
    assert pin not in message.body.replace(token_in(message), "")
    assert pin not in message.alternatives[0].content.replace(token_in(message), "")
    assert not any(pin in str(entry.changes) for entry in LogEntry.objects.all())


@pytest.mark.feature("VM-02")
def test_without_an_address_nothing_changes_and_a_sentence_says_why(orders: Mailbox, owner: User) -> None:
    Mailbox.objects.filter(pk=orders.pk).update(email="")

    with pytest.raises(NoAddress, match="no e-mail address"):
        reset_pin(mailbox=orders, by=owner, at=NOON)

    assert Mailbox.objects.get(pk=orders.pk).pin == ""

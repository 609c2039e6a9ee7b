"""A telephone is asked to fetch again by the PBX where it is signed in (PRV-01)."""

from collections.abc import Coroutine
from typing import Any

import pytest
from django.utils import timezone

from extensions.models import Phone
from extensions.pbx.drivers import DRIVERS
from extensions.pbx.events import Contact
from extensions.pbx.live.reader import LinkNow, Live, LiveStatus
from extensions.phone_models.catalogue import MODELS
from extensions.provisioning import resync
from extensions.provisioning.resync import TASK, CannotAsk, ask_telephones, ask_to_fetch
from portal.jobs.models import Outbox
from tenants.door import inside
from tenants.models import Pbx, PbxKind, Tenant

REGISTERED = (Contact(agent="Yealink SIP-T54W", address="203.0.113.7", milliseconds=20.0, expires_at=None),)


class Listening:
    """A PBX's driver that remembers whom it was to ask."""

    asked: list[tuple[str, str, str]] = []

    def __init__(self, _facts: Any) -> None:
        pass

    async def resync_phone(self, tenant: str, number: str, event: str) -> int:
        self.asked.append((tenant, number, event))
        return 1


def at_once(doing: Coroutine[Any, Any, int]) -> int:
    """The result of a coroutine that waits for nothing; browser tests leave a loop running in this thread."""
    try:
        doing.send(None)
    except StopIteration as done:
        return int(done.value)
    raise AssertionError("it waits")


def live(monkeypatch: pytest.MonkeyPatch, status: LiveStatus, **phones: tuple[Contact, ...]) -> None:
    """The PBX is in this state, with these telephones signed in by number (`n101`)."""
    known = {number.removeprefix("n"): found for number, found in phones.items()}
    monkeypatch.setattr(resync, "live_now", lambda: Live(LinkNow(status), timezone.now(), phones=known))


@pytest.mark.feature("PRV-01")
def test_a_signed_in_telephone_is_asked_in_the_background(
    monkeypatch: pytest.MonkeyPatch, alpha: Tenant, phone: Phone
) -> None:
    live(monkeypatch, LiveStatus.CONNECTED, n101=REGISTERED)

    with inside(alpha):
        asked = ask_to_fetch(phone)
        recorded = Outbox.objects.get(task=TASK).kwargs

    assert asked == 1
    address = f"101@{alpha.get_primary_domain().domain}"
    assert recorded == {"tenant": "t2", "address": address, "event": "check-sync;reboot=false"}


@pytest.mark.feature("PRV-01")
def test_a_telephone_of_cisco_is_asked_by_the_event_that_it_knows(
    monkeypatch: pytest.MonkeyPatch, alpha: Tenant, phone: Phone
) -> None:
    live(monkeypatch, LiveStatus.CONNECTED, n101=REGISTERED)
    phone.model = next(code for code, one in MODELS.items() if one.vendor == "Cisco")

    with inside(alpha):
        ask_to_fetch(phone)
        recorded = Outbox.objects.get(task=TASK).kwargs

    assert recorded["event"] == "resync"


@pytest.mark.feature("PRV-01")
@pytest.mark.parametrize(
    ("status", "told"),
    [
        (LiveStatus.NONE, "No telephone system can be reached"),
        (LiveStatus.AWAY, "No telephone system can be reached"),
        (LiveStatus.SIMULATED, "No telephone system can be reached"),
        (LiveStatus.CONNECTED, "not signed in at the moment"),
    ],
)
def test_where_nobody_can_be_asked_the_sentence_says_why(
    monkeypatch: pytest.MonkeyPatch, alpha: Tenant, phone: Phone, status: LiveStatus, told: str
) -> None:
    live(monkeypatch, status, n102=REGISTERED)

    with inside(alpha), pytest.raises(CannotAsk, match=told):
        ask_to_fetch(phone)
    with inside(alpha):
        assert not Outbox.objects.filter(task=TASK).exists()


def test_a_telephone_without_an_extension_has_nothing_to_fetch(alpha: Tenant, phone: Phone) -> None:
    phone.extension = None

    with pytest.raises(CannotAsk, match="has nothing to fetch"):
        ask_to_fetch(phone)


@pytest.mark.feature("PRV-01")
def test_the_pbx_of_the_tenant_asks(monkeypatch: pytest.MonkeyPatch, alpha: Tenant, management: Tenant) -> None:
    monkeypatch.setattr(resync.asyncio, "run", at_once)
    monkeypatch.setitem(DRIVERS, PbxKind.SIMULATOR, f"{__name__}.Listening")
    without = ask_telephones(tenant="t2", address="101@alpha.example")
    Listening.asked.clear()
    Pbx.objects.create(name="First", kind=PbxKind.SIMULATOR, is_default=True, enabled=True)

    found = ask_telephones(tenant="t2", address="101@alpha.example", event="resync")
    nobody = ask_telephones(tenant="t999", address="101@alpha.example")

    assert (without, found, nobody) == (0, 1, 0)
    assert Listening.asked == [("t2", "101@alpha.example", "resync")]

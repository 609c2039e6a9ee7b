"""Calling from a page: the own telephone rings first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.models import Extension
from extensions.pbx.driver import PbxFault
from extensions.pbx.drivers import DRIVERS
from extensions.pbx.events import Contact
from extensions.pbx.live.reader import LinkNow, Live, LiveStatus
from extensions.pbx.live.tasks import dial_task
from extensions.pbx.simulator.driver import Simulator
from extensions.services.live import dial as dialling
from extensions.services.live.dial import TASK, dial
from portal.accounts.models import User
from portal.jobs.models import Outbox
from tenants.door import inside
from tenants.models import Pbx, PbxKind, Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]
CALL = "/me/call/"
ADDRESS = "102@alpha.localhost"
dialled: list[tuple[str, str, str]] = []


class Dialling:
    """A PBX's driver that remembers what it was to dial."""

    def __init__(self, _facts: Any) -> None:
        pass

    async def dial(self, tenant: str, address: str, number: str) -> None:
        dialled.append((tenant, address, number))


def live(monkeypatch: pytest.MonkeyPatch, status: LiveStatus, *numbers: str) -> None:
    """The PBX is in this state, with telephones of these extensions signed in."""
    phones = {number: (Contact("Phone", "sip:10.0.0.5", 3.0, None),) for number in numbers}
    monkeypatch.setattr(dialling, "live_now", lambda: Live(LinkNow(status), timezone.now(), phones=phones))


def asked() -> list[dict[str, Any]]:
    return [row.kwargs for row in Outbox.objects.filter(task=TASK)]


@pytest.mark.feature("PRS-05")
def test_a_number_of_the_directory_leads_to_a_call_by_the_own_telephone(
    monkeypatch: pytest.MonkeyPatch, browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    live(monkeypatch, LiveStatus.CONNECTED, "102")
    browser = browser_of(agent, alpha)

    directory = browser.get("/me/directory/").content.decode()
    form = browser.get(f"{CALL}?number=101").content.decode()
    answer = browser.post(CALL, {"number": " +65 6123-4567 "})

    assert f'href="{CALL}?number=102"' in directory
    assert 'value="101"' in form
    assert (answer.status_code, answer["Location"]) == (302, "/me/directory/")
    [task] = asked()
    assert (task["address"], task["number"]) == (f"102@{alpha.get_primary_domain().domain}", "+6561234567")


@pytest.mark.parametrize("typed", ["abc", "1;2", "${X}", "1" * 33, "+", "12&13"])
def test_what_is_no_number_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, browser_of: Browser, alpha: Tenant, agent: User, desk: Extension, typed: str
) -> None:
    live(monkeypatch, LiveStatus.CONNECTED, "102")

    answer = browser_of(agent, alpha).post(CALL, {"number": typed})

    assert answer.status_code == 422
    assert "as you would dial it: digits" in answer.content.decode()
    assert asked() == []


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (LiveStatus.AWAY, "No telephone system can be reached"),
        (LiveStatus.SIMULATED, "No telephone system can be reached"),
        (LiveStatus.CONNECTED, "None of your telephones is signed in"),
    ],
)
def test_where_no_telephone_can_ring_the_page_says_why(
    monkeypatch: pytest.MonkeyPatch,
    browser_of: Browser,
    alpha: Tenant,
    agent: User,
    desk: Extension,
    status: LiveStatus,
    sentence: str,
) -> None:
    live(monkeypatch, status, "101")

    answer = browser_of(agent, alpha).post(CALL, {"number": "101"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert asked() == []


def test_a_suspended_extension_does_not_call(
    monkeypatch: pytest.MonkeyPatch, browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    live(monkeypatch, LiveStatus.CONNECTED, "102")
    with inside(alpha):
        Extension.objects.filter(pk=desk.pk).update(state="suspended")

    assert browser_of(agent, alpha).post(CALL, {"number": "101"}).status_code == 422
    assert asked() == []


def test_nobody_calls_without_an_extension(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    assert browser_of(agent, alpha).post(CALL, {"number": "101"}).status_code == 404


def test_the_page_needs_few_queries(browser_of: Browser, alpha: Tenant, agent: User, desk: Extension) -> None:
    browser = browser_of(agent, alpha)
    browser.get(CALL)

    with CaptureQueriesContext(connection) as captured:
        browser.get(CALL)

    assert reads(captured) <= 8


def test_the_pbx_of_the_tenant_dials_and_not_too_late(
    monkeypatch: pytest.MonkeyPatch, alpha: Tenant, management: Tenant
) -> None:
    facts = {"tenant": "t2", "address": ADDRESS, "number": "101"}
    without = dial(**facts, asked_at=NOON, at=NOON)
    monkeypatch.setitem(DRIVERS, PbxKind.SIMULATOR, f"{__name__}.Dialling")
    Pbx.objects.create(name="First", kind=PbxKind.SIMULATOR, is_default=True, enabled=True)
    dialled.clear()

    soon = dial(**facts, asked_at=NOON, at=NOON + timedelta(seconds=5))
    late = dial(**facts, asked_at=NOON, at=NOON + timedelta(minutes=1))
    dial_task(**facts, at=timezone.now().isoformat(), origin="t2")

    assert (without, soon, late) == (False, True, False)
    assert dialled == [("t2", ADDRESS, "101")] * 2


def test_a_simulator_has_no_telephone_that_rings() -> None:
    asked = Simulator.dial(object(), "t2", ADDRESS, "101")  # type: ignore[arg-type]

    with pytest.raises(PbxFault, match="no telephones"):
        asked.send(None)

"""Ending a call: asked first, only for those who may, only one's own tenant's calls (MON-01)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.pbx import drivers
from extensions.services.live import hang_up as service
from extensions.services.live.hang_up import CallOver, ask_to_hang_up, hang_up
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.models import Outbox
from tenants.door import inside
from tenants.models import AppliedVersion, Tenant
from tests.extensions.pbx.live.conftest import Switchboard, leg

Browser = Callable[[User | None, Tenant], Client]
ENDED: list[tuple[str, str]] = []


class Ending:
    """A driver that notes which call it ends."""

    async def hang_up(self, tenant: str, channel: str) -> None:
        ENDED.append((tenant, channel))


@pytest.mark.feature("MON-01")
def test_the_page_asks_first_and_the_log_says_who_did_it(
    browser_of: Browser, alpha: Tenant, owner: User, placed: AppliedVersion, switchboard: Switchboard
) -> None:
    switchboard.tell(leg("a", other="+442079460123"))
    browser = browser_of(owner, alpha)

    asked = browser.get("/live/hang-up/?leg=a").content.decode()
    answer = browser.post("/live/hang-up/?leg=a", follow=True).content.decode()

    assert "End this call" in asked
    assert "+44 20 7946 0123" in asked
    assert "The call ends." in answer
    row = Outbox.objects.get(task="live.hang_up")
    assert (row.schema, row.kwargs) == ("t2", {"leg_id": "a"})
    with inside(alpha):
        entry = LogEntry.objects.order_by("-pk").first()
        assert entry is not None
        assert entry.message == "Ended a call"
        assert "+44 20 7946 0123" in str(entry.changes)


@pytest.mark.feature("MON-01")
def test_a_call_that_is_over_or_somebody_elses_is_not_found(
    browser_of: Browser, alpha: Tenant, beta: Tenant, owner: User, stranger: User, agent: User,
    placed: AppliedVersion, switchboard: Switchboard,
) -> None:  # fmt: skip
    switchboard.tell(leg("a"))

    assert browser_of(owner, alpha).get("/live/hang-up/?leg=z").status_code == 404
    assert browser_of(owner, alpha).get("/live/hang-up/").status_code == 404
    assert browser_of(stranger, beta).post("/live/hang-up/?leg=a").status_code == 404
    assert browser_of(agent, alpha).post("/live/hang-up/?leg=a").status_code == 403
    assert not Outbox.objects.filter(task="live.hang_up").exists()
    with inside(alpha), pytest.raises(CallOver):
        ask_to_hang_up(leg_id="z", words="")


@pytest.mark.feature("MON-01", "PBX-12")
def test_only_a_leg_of_the_tenant_is_ended(
    alpha: Tenant, beta: Tenant, placed: AppliedVersion, switchboard: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    ENDED.clear()
    monkeypatch.setattr(service, "driver_of", lambda _facts: Ending())
    switchboard.tell(leg("a"))

    assert hang_up(tenant=alpha, leg_id="a")
    assert not hang_up(tenant=alpha, leg_id="z")
    assert not hang_up(tenant=beta, leg_id="a")
    assert ENDED == [("t2", "a")]
    assert drivers.driver_of is not service.driver_of

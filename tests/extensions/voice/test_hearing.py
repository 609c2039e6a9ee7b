"""Who hears messages that are not their own stands in the log, however a player asks for them (VM-05, AUD-10)."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from extensions.models import Mailbox
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Pbx, Tenant
from tests.extensions.voice.simulated import leave, simulator_for

Browser = Callable[[User | None, Tenant], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def pbx(alpha: Tenant) -> Iterator[Pbx]:
    yield from simulator_for(alpha)


@pytest.mark.feature("VM-05", "AUD-10")
def test_nobody_hears_all_but_the_first_byte_of_a_message_unseen(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox
) -> None:
    leave(pbx, orders, "m1", seconds=2)
    browser, address = browser_of(owner, alpha), f"/voicemail/{orders.pk}/messages/sound/m1/"

    browser.get(address, headers={"Range": "bytes=1-"})
    browser.get(address, headers={"Range": "bytes=500-"})

    with inside(alpha):
        heard = LogEntry.objects.filter(table="Voicemail messages").values_list("message", flat=True)
        assert list(heard) == ["Heard a message"]

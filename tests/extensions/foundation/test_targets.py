"""What is offered while somebody types where calls go."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import AudioFile, ConferenceRoom, Mailbox, Team
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def things(alpha: Tenant) -> None:
    with inside(alpha):
        Team.objects.create(name="Sales", number="600")
        Mailbox.objects.create(number="950", name="Orders")
        ConferenceRoom.objects.create(number="900", name="Board room")
        AudioFile.objects.create(
            name="Closed today", purpose="announcement", path="x", format="wav", size=1, milliseconds=1, sha256="0",
            uploaded_at=NOON,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "option"),
    [
        ("extension", "front", 'value="101"'),
        ("team", "sal", 'value="600"'),
        ("mailbox", "95", 'value="950"'),
        ("conference", "board", 'value="900"'),
        ("announcement", "closed", 'value="Closed today"'),
    ],
)
def test_what_exists_of_a_kind_is_offered(
    browser_of: Browser, alpha: Tenant, agent: User, things: None, kind: str, text: str, option: str
) -> None:
    answer = browser_of(agent, alpha).get("/-/targets/", {"kind": kind, "q": text})

    assert answer.status_code == 200
    assert option in answer.content.decode()


@pytest.mark.parametrize(("kind", "text"), [("number", "1"), ("nonsense", "1"), ("extension", "\x00zzz"), ("", "")])
def test_nothing_is_offered_for_other_kinds_and_odd_texts(
    browser_of: Browser, alpha: Tenant, agent: User, kind: str, text: str
) -> None:
    answer = browser_of(agent, alpha).get("/-/targets/", {"kind": kind, "q": text})

    assert answer.status_code == 200
    assert "<option" not in answer.content.decode()


def test_nobody_is_offered_what_belongs_to_another_tenant(
    browser_of: Browser, beta: Tenant, stranger: User, things: None
) -> None:
    page = browser_of(stranger, beta).get("/-/targets/", {"kind": "team", "q": "sal"}).content.decode()

    assert "<option" not in page

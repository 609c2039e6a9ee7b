"""Messages of voicemail boxes on pages: those of shared boxes, of colleagues, and one's own (VM-05)."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension, Mailbox
from extensions.pbx.messages import Folder
from extensions.pbx.simulator.driver import Simulator
from extensions.services.voicemail.boxes import create_shared_mailbox, ensure_mailbox
from portal.accounts.models import Role, User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import AppliedVersion, Pbx, Tenant
from tests.extensions.conftest import reads
from tests.extensions.voice.simulated import leave, lying, simulator_for

Browser = Callable[[User | None, Tenant], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def pbx(alpha: Tenant) -> Iterator[Pbx]:
    yield from simulator_for(alpha)


@pytest.fixture
def orders(alpha: Tenant, owner: User) -> Mailbox:
    with inside(alpha):
        return create_shared_mailbox(number="500", name="Orders", email="orders@alpha.example", by=owner)


@pytest.fixture
def own(alpha: Tenant, agent: User) -> Mailbox:
    """The agent's own box."""
    with inside(alpha):
        extension = Extension.objects.get(number="101")
        Extension.objects.filter(pk=extension.pk).update(user=agent, state="active")
        return ensure_mailbox(extension)


def log_of(tenant: Tenant) -> list[tuple[str, str]]:
    with inside(tenant):
        found = LogEntry.objects.filter(table="Voicemail messages").order_by("pk")
        return list(found.values_list("message", "verb"))


@pytest.mark.feature("VM-05")
def test_the_list_shows_state_caller_date_and_length(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox
) -> None:
    leave(pbx, orders, "m1", seconds=65)
    leave(pbx, orders, "m2", folder=Folder.READ, caller="", caller_name="")
    leave(pbx, orders, "m3", folder=Folder.DELETED, caller_name="Gone Person")

    page = browser_of(owner, alpha).get(f"/voicemail/{orders.pk}/messages/").content.decode()
    deleted = browser_of(owner, alpha).get(f"/voicemail/{orders.pk}/messages/?folder=deleted").content.decode()

    for words in ("New", "Read", "+1 202-555-0143 Dana", "Unknown caller", "1:05", "2026-11-25", "<audio", "Download"):
        assert words in page
    assert "Gone Person" not in page
    assert "Gone Person" in deleted
    assert "Get back" in deleted


@pytest.mark.feature("VM-05")
def test_an_empty_box_says_what_will_be_there(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox
) -> None:
    page = browser_of(owner, alpha).get(f"/voicemail/{orders.pk}/messages/").content.decode()

    assert "When somebody leaves a message, it shows here within seconds." in page


@pytest.mark.feature("VM-05")
def test_a_message_is_played_in_parts_and_downloaded(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox
) -> None:
    leave(pbx, orders, "m1", seconds=2)
    browser = browser_of(owner, alpha)
    address = f"/voicemail/{orders.pk}/messages/sound/m1/"

    whole = browser.get(address)
    part = browser.get(address, headers={"Range": "bytes=100-199"})
    kept = browser.get(f"{address}?download")

    assert (whole.status_code, whole["Content-Type"], whole.content[:4]) == (200, "audio/wav", b"RIFF")
    assert len(whole.content) == 44 + 2 * 8000 * 2
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert part["Content-Range"] == f"bytes 100-199/{len(whole.content)}"
    assert kept["Content-Disposition"].startswith("attachment")
    assert browser.get(f"/voicemail/{orders.pk}/messages/sound/other/").status_code == 404


@pytest.mark.feature("VM-05")
def test_ticked_messages_are_marked_deleted_and_got_back(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox
) -> None:
    for id in ("m1", "m2", "m3"):
        leave(pbx, orders, id)
    browser, change = browser_of(owner, alpha), f"/voicemail/{orders.pk}/messages/change/"

    browser.post(change, {"do": "read", "id": ["m1", "m2"]})
    assert lying(pbx, orders) == {"m1": Folder.READ, "m2": Folder.READ, "m3": Folder.NEW}
    browser.post(change, {"do": "new", "id": ["m1"]})
    answer = browser.post(change, {"do": "delete", "id": ["m1", "m3"]}, follow=True)
    assert "2 messages deleted. They can be got back under Deleted." in answer.content.decode()
    assert lying(pbx, orders) == {"m1": Folder.DELETED, "m2": Folder.READ, "m3": Folder.DELETED}
    browser.post(change, {"do": "restore", "id": ["m1"]})

    assert lying(pbx, orders) == {"m1": Folder.READ, "m2": Folder.READ, "m3": Folder.DELETED}


@pytest.mark.feature("VM-05")
def test_deleting_for_good_asks_first(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox
) -> None:
    leave(pbx, orders, "m1", folder=Folder.DELETED)
    browser, remove = browser_of(owner, alpha), f"/voicemail/{orders.pk}/messages/remove/?id=m1"

    assert "Delete 1 message for good" in browser.get(remove).content.decode()
    assert lying(pbx, orders)
    browser.post(remove)

    assert lying(pbx, orders) == {}


@pytest.mark.feature("VM-05")
def test_a_message_is_forwarded_to_another_box_by_its_number(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox, own: Mailbox
) -> None:
    leave(pbx, orders, "m1", folder=Folder.READ)
    browser, forward = browser_of(owner, alpha), f"/voicemail/{orders.pk}/messages/forward/?id=m1"

    assert "Forward 1 message" in browser.get(forward).content.decode()
    answer = browser.post(forward, {"number": "101"})

    assert answer.status_code == 302
    assert list(lying(pbx, own).values()) == [Folder.NEW]
    assert lying(pbx, orders) == {"m1": Folder.READ}


@pytest.mark.feature("VM-05")
@pytest.mark.parametrize("number", ["", "999", "500", "abc"])
def test_forwarding_to_no_box_is_refused_beside_the_field(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox, number: str
) -> None:
    leave(pbx, orders, "m1")

    answer = browser_of(owner, alpha).post(f"/voicemail/{orders.pk}/messages/forward/?id=m1", {"number": number})

    assert answer.status_code == 422
    assert number == "" or "Enter the number of an extension or of a shared voicemail box." in answer.content.decode()


@pytest.mark.feature("VM-05")
def test_who_hears_forwards_or_deletes_in_a_shared_box_stands_in_the_log(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox, own: Mailbox
) -> None:
    for id in ("m1", "m2"):
        leave(pbx, orders, id)
    browser, base = browser_of(owner, alpha), f"/voicemail/{orders.pk}/messages"

    browser.get(f"{base}/sound/m1/", headers={"Range": "bytes=0-"})
    browser.get(f"{base}/sound/m1/", headers={"Range": "bytes=5000-"})
    browser.get(f"{base}/sound/m1/?download")
    browser.post(f"{base}/forward/?id=m1", {"number": "101"})
    browser.post(f"{base}/change/", {"do": "delete", "id": "m1"})
    browser.post(f"{base}/remove/?id=m1")

    assert log_of(alpha) == [
        ("Heard a message", "get"), ("Downloaded a message", "get"), ("Forwarded", "post"), ("Deleted", "delete"),
        ("Deleted for good", "delete"),
    ]  # fmt: skip
    with inside(alpha):
        entry = LogEntry.objects.filter(table="Voicemail messages").earliest("pk")
        assert (entry.object_repr, entry.changes["messages"][1]) == ("500 Orders", "m1")


@pytest.mark.feature("VM-05")
def test_people_hear_and_change_their_own_messages_without_the_log(
    browser_of: Browser, alpha: Tenant, agent: User, pbx: Pbx, own: Mailbox
) -> None:
    leave(pbx, own, "m1")
    browser = browser_of(agent, alpha)

    page = browser.get("/me/messages/").content.decode()
    sound = browser.get("/me/messages/sound/m1/")
    browser.post("/me/messages/change/", {"do": "read", "id": "m1"})

    assert "Dana" in page
    assert sound.content[:4] == b"RIFF"
    assert lying(pbx, own) == {"m1": Folder.READ}
    assert log_of(alpha) == []


@pytest.mark.feature("VM-05")
@pytest.mark.parametrize("path", ["", "sound/m1/", "forward/?id=m1", "remove/?id=m1"])
def test_only_who_may_listen_comes_in(
    browser_of: Browser, alpha: Tenant, beta: Tenant, agent: User, manager: User, stranger: User, pbx: Pbx,
    orders: Mailbox, path: str,
) -> None:  # fmt: skip
    leave(pbx, orders, "m1")
    address = f"/voicemail/{orders.pk}/messages/{path}"

    assert browser_of(agent, alpha).get(address).status_code == 403
    assert browser_of(manager, alpha).get(address).status_code == 403
    with inside(beta):
        role = Role.objects.get(code="owner")
        stranger.roles.add(role)
    assert browser_of(stranger, beta).get(address).status_code == 404
    assert browser_of(agent, alpha).post(address, {"id": "m1"}).status_code == 403
    assert lying(pbx, orders) == {"m1": Folder.NEW}


@pytest.mark.feature("VM-05")
def test_nobody_without_an_extension_has_own_messages(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx
) -> None:
    browser = browser_of(owner, alpha)

    assert browser.get("/me/messages/").status_code == 200
    assert browser.get("/me/messages/sound/m1/").status_code == 404
    assert browser.post("/me/messages/change/", {"do": "read", "id": "m1"}).status_code == 404


@pytest.mark.feature("VM-05")
def test_without_a_pbx_the_page_says_so_and_changes_are_refused(
    browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    browser = browser_of(owner, alpha)

    page = browser.get(f"/voicemail/{orders.pk}/messages/")
    sound = browser.get(f"/voicemail/{orders.pk}/messages/sound/m1/")
    changed = browser.post(f"/voicemail/{orders.pk}/messages/change/", {"do": "read", "id": "m1"}, follow=True)

    assert page.status_code == 200
    assert "This telephone system is on no PBX yet." in page.content.decode()
    assert sound.status_code == 302
    assert "nothing can be changed now" in changed.content.decode()


def test_messages_that_went_meanwhile_are_told_of(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox
) -> None:
    browser, base = browser_of(owner, alpha), f"/voicemail/{orders.pk}/messages"

    changed = browser.post(f"{base}/change/", {"do": "read", "id": "gone"}, follow=True).content.decode()
    nothing = browser.post(f"{base}/change/", {"do": "read"}, follow=True).content.decode()

    assert "These messages are not there any more." in changed
    assert "Tick the messages first." in nothing
    assert browser.post(f"{base}/change/", {"do": "burn", "id": "m1"}).status_code == 404
    assert browser.get(f"{base}/forward/").status_code == 302


def test_the_list_needs_the_same_queries_for_1_and_50_messages(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox
) -> None:
    browser, address = browser_of(owner, alpha), f"/voicemail/{orders.pk}/messages/"
    leave(pbx, orders, "m0")
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for number in range(1, 60):
        leave(pbx, orders, f"m{number}")

    with CaptureQueriesContext(connection) as many:
        page = browser.get(address).content.decode()

    assert reads(many) == reads(one) <= 8
    assert page.count("<audio") == 50
    assert "Older messages" in page


def test_a_memory_that_is_away_is_no_fault_of_the_page(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox, settings
) -> None:
    browser = browser_of(owner, alpha)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    page = browser.get(f"/voicemail/{orders.pk}/messages/")

    assert page.status_code == 200
    assert "The messages are safe" in page.content.decode()


def test_a_tenant_on_the_pbx_by_default_alone_is_found(
    browser_of: Browser, alpha: Tenant, owner: User, pbx: Pbx, orders: Mailbox
) -> None:
    leave(pbx, orders, "m1")
    AppliedVersion.objects.all().delete()

    assert "Dana" in browser_of(owner, alpha).get(f"/voicemail/{orders.pk}/messages/").content.decode()
    assert Simulator.kind == pbx.kind

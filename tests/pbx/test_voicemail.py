"""Voicemail that is looked after, with a real Asterisk: mail, retention, full boxes (VM-03, VM-06)."""

from datetime import timedelta
from typing import Any

import pytest

from extensions.models import Extension, KnownMessage, Mailbox
from extensions.pbx.ami.login import connect
from extensions.pbx.following.database import note_all_boxes, note_boxes
from extensions.pbx.messages import Folder
from extensions.pbx.voicemail import look_after_boxes
from extensions.services.voicemail import mailing
from extensions.services.voicemail.boxes import create_shared_mailbox, ensure_mailbox
from extensions.services.voicemail.messages import move_messages
from extensions.services.voicemail.settings import change_voicemail_settings
from extensions.settings.subjects import COMPANY
from portal.accounts.models import User
from portal.jobs.drain import run_everything_due
from portal.jobs.mail.envelope import unseal
from portal.jobs.models import Mail, MailState
from tenants.door import inside
from tenants.models import Pbx, Tenant
from tests.pbx.lab import NOW, bring, driver, lamp, leave, wait

pytestmark = [pytest.mark.django_db, pytest.mark.pbx]
SOON = NOW + timedelta(minutes=1)
MAIL, DELETE = "voicemail.mail", "voicemail.delete_after_mailing"


@pytest.fixture(autouse=True)
def _mail_log(settings: Any) -> None:
    settings.EMAIL_BACKEND = "portal.jobs.mail.OutboxBackend"


@pytest.fixture
def orders(lab: Pbx, alpha: Tenant, owner: User) -> Mailbox:
    with inside(alpha):
        box = create_shared_mailbox(number="790", name="Orders", email="orders@alpha.example", by=owner)
    bring(alpha)
    return box


def settings_of(tenant: Tenant, by: User, **values: object) -> None:
    with inside(tenant):
        named = {f"voicemail.{key}": value for key, value in values.items()}
        change_voicemail_settings(subject=COMPANY, values=named, by=by)


def mails() -> list[Mail]:
    return list(Mail.objects.filter(template="voicemail_message").order_by("pk"))


def look(tenant: Tenant, box: Mailbox | None = None, at=SOON) -> bool:
    return look_after_boxes(tenant=tenant, box=box.pk if box else None, at=at)


def ids(lab: Pbx, box: Mailbox) -> dict[str, Folder]:
    return {one.id: one.folder for one in wait(driver(lab).messages("t2", [box.pk]))}


@pytest.mark.feature("VM-03")
def test_a_new_message_is_told_of_once(lab: Pbx, alpha: Tenant, orders: Mailbox) -> None:
    leave(lab, orders, "1-a", seconds=42)

    look(alpha, orders)
    look(alpha)
    with inside(alpha):
        by_hand = Mailbox.objects.get(pk=orders.pk)
    wait(driver(lab).move_messages("t2", by_hand.pk, ["1-a"], Folder.READ))
    wait(driver(lab).move_messages("t2", by_hand.pk, ["1-a"], Folder.NEW))
    look(alpha, orders)

    [sent] = mails()
    message = unseal(sent.sealed, schema="t2")
    assert (sent.recipient, sent.schema) == ("orders@alpha.example", "t2")
    assert sent.subject == "Voicemail from +1 202-555-0143 Dana (0:42)"
    assert "790 Orders" in message.body
    assert f"/voicemail/{orders.pk}/messages/" in message.body
    assert message.attachments == []


@pytest.mark.feature("VM-03")
def test_the_message_goes_along_as_sound_where_that_is_wanted(
    lab: Pbx, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    settings_of(alpha, owner, mail="audio")
    sound = leave(lab, orders, "1-a", seconds=3)

    look(alpha, orders)

    message = unseal(mails()[0].sealed, schema="t2")
    [(name, content, kind)] = message.attachments
    assert (name, bytes(content), kind) == ("voicemail-2026-11-26-0400.wav", sound, "audio/wav")
    assert "The message is attached." in message.body
    assert ids(lab, orders) == {"1-a": Folder.NEW}


@pytest.mark.feature("VM-03")
def test_without_mail_or_an_address_nothing_is_sent_then_or_later(
    lab: Pbx, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    settings_of(alpha, owner, mail="none")
    leave(lab, orders, "1-a")
    look(alpha, orders)
    settings_of(alpha, owner, mail="notice")
    with inside(alpha):
        silent = ensure_mailbox(Extension.objects.get(number="101"))
    leave(lab, silent, "2-a")

    look(alpha)

    assert mails() == []


@pytest.mark.feature("VM-03")
def test_delete_after_mailing_waits_until_the_mail_server_has_it(
    lab: Pbx, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    settings_of(alpha, owner, mail="audio", delete_after_mailing=True)
    leave(lab, orders, "1-a")
    assert look(alpha, orders)
    assert ids(lab, orders) == {"1-a": Folder.NEW}
    assert lamp(lab, orders) == (1, 0)

    Mail.objects.update(state=MailState.SENT)
    assert not look(alpha, orders)

    assert ids(lab, orders) == {}
    assert lamp(lab, orders) == (0, 0)
    assert "deleted from the box" in unseal(mails()[0].sealed, schema="t2").body
    look(alpha, orders)
    with inside(alpha):
        assert not KnownMessage.objects.exists()


@pytest.mark.feature("VM-03")
def test_whatever_is_killed_the_mail_goes_once(
    lab: Pbx, alpha: Tenant, orders: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(lab, orders, "1-a")
    leave(lab, orders, "1-b")
    real, calls = mailing.send_template, []

    def killed(*args: object, **more: object) -> None:
        real(*args, **more)  # type: ignore[arg-type]
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(mailing, "send_template", killed)
    with pytest.raises(KeyboardInterrupt):
        look(alpha, orders)
    assert len(mails()) == 1
    monkeypatch.setattr(mailing, "send_template", real)

    look(alpha, orders)

    assert len(mails()) == 2
    assert len({one.message_id for one in mails()}) == 2


@pytest.mark.feature("VM-03")
def test_the_mail_is_in_the_language_of_whose_box_it_is(
    lab: Pbx, alpha: Tenant, owner: User, agent: User, orders: Mailbox
) -> None:
    with inside(alpha):
        User.objects.filter(pk=agent.pk).update(language="de", email="agent@alpha.example")
        Extension.objects.filter(number="101").update(user=agent, state="active")
        box = ensure_mailbox(Extension.objects.get(number="101"))
    leave(lab, box, "1-a", caller="Unknown")

    look(alpha, box)

    assert mails()[0].recipient == "agent@alpha.example"
    assert "/me/messages/" in unseal(mails()[0].sealed, schema="t2").body


def test_old_messages_are_no_news(lab: Pbx, alpha: Tenant, orders: Mailbox) -> None:
    leave(lab, orders, "1-a", at=NOW - timedelta(days=8))

    look(alpha, orders)

    assert mails() == []


@pytest.mark.feature("VM-06")
def test_messages_are_kept_as_long_as_the_company_says(lab: Pbx, alpha: Tenant, owner: User, orders: Mailbox) -> None:
    settings_of(alpha, owner, retention_days=30)
    leave(lab, orders, "1-old", folder="Old", at=NOW - timedelta(days=31))
    leave(lab, orders, "1-young", folder="Old", at=NOW - timedelta(days=29))

    look(alpha)

    assert ids(lab, orders) == {"1-young": Folder.READ}


@pytest.mark.feature("VM-05", "VM-06")
def test_what_was_deleted_can_be_got_back_for_seven_days_from_then_on(
    lab: Pbx, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    leave(lab, orders, "1-old", folder="Old", at=NOW - timedelta(days=20))
    leave(lab, orders, "1-back", folder="Old", at=NOW - timedelta(days=20))

    def move(message: str, to: Folder, days: float) -> None:
        with inside(alpha):
            move_messages(mailbox=orders, messages=[message], to=to, by=owner)
        look(alpha, at=NOW + timedelta(days=days))

    move("1-old", Folder.DELETED, 0)
    move("1-back", Folder.DELETED, 0)
    move("1-back", Folder.READ, 5)
    move("1-back", Folder.DELETED, 6)
    look(alpha, at=NOW + timedelta(days=6.9))
    before = ids(lab, orders)
    look(alpha, at=NOW + timedelta(days=7.1))

    assert before == dict.fromkeys(("1-old", "1-back"), Folder.DELETED)
    assert ids(lab, orders) == {"1-back": Folder.DELETED}


@pytest.mark.feature("VM-06")
def test_no_days_keep_messages_for_ever(lab: Pbx, alpha: Tenant, owner: User, orders: Mailbox) -> None:
    settings_of(alpha, owner, retention_days=0)
    leave(lab, orders, "1-old", folder="Old", at=NOW - timedelta(days=3000))

    look(alpha)

    assert ids(lab, orders) == {"1-old": Folder.READ}


@pytest.mark.feature("VM-06")
def test_a_full_box_is_reported_and_takes_messages_again_when_there_is_room(
    lab: Pbx, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    settings_of(alpha, owner, box_minutes=1)
    leave(lab, orders, "1-a", seconds=40, folder="Old")
    leave(lab, orders, "1-b", seconds=25)
    look(alpha)
    with inside(alpha):
        box = Mailbox.objects.get(pk=orders.pk)
    assert (box.used_seconds, box.messages, box.reported_at) == (65, 2, SOON)
    assert closed(lab) == {str(orders.pk)}

    with inside(alpha):
        move_messages(mailbox=box, messages=["1-a"], to=Folder.DELETED, by=owner)
    look(alpha, box)

    with inside(alpha):
        assert Mailbox.objects.get(pk=orders.pk).used_seconds == 25
    assert closed(lab) == set()


def closed(lab: Pbx) -> set[str]:
    async def asked() -> set[str]:
        async with await connect(driver(lab).account, events=False) as client:
            _response, events = await client.listing("DBGetTree", ("Family", "tl/t2/full"))
            return {one.get("Key").rpartition("/")[2] for one in events if one.get("Val")}

    return set(wait(asked()))


@pytest.mark.feature("VM-03", "VM-06")
def test_the_follower_asks_and_the_task_does_it(lab: Pbx, alpha: Tenant, orders: Mailbox) -> None:
    leave(lab, orders, "1-a", at=NOW)
    note_boxes([("t2", orders.pk), ("t2", orders.pk)])
    note_all_boxes(lab.pk)

    run_everything_due()

    with inside(alpha):
        assert KnownMessage.objects.filter(mailbox=orders, message="1-a").count() == 1

"""A mail server that is down, refuses or hangs never breaks the work that sends a mail (NTF-03, REL-10)."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_string

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import connection, transaction

from portal.core.mail import send_template
from portal.jobs.mail.delivery import GIVE_UP_AFTER, NothingToSend, deliver_mail, next_pause, resend_mail
from portal.jobs.models import Mail, MailState, Outbox
from portal.jobs.registry import PutOff
from tenants.door import inside
from tenants.models import Tenant
from tests.mail.conftest import ScriptedServer

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LINK = "https://alpha-phones.localhost/set/secret-link-77"
CONTEXT = {"name": "Jane", "logon": "prpjane@alpha.example", "host": "alpha-phones.localhost", "url": LINK, "hours": 24}


@pytest.fixture(autouse=True)
def _noon() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


def send(to: str = "jane@alpha.example") -> Mail:
    send_template("password_link", to=[to], context=CONTEXT)
    return Mail.objects.latest("id")


def attempt(mail: Mail, at: datetime = NOON) -> Mail:
    with suppress(PutOff):
        deliver_mail(mail_id=mail.pk, at=at)
    mail.refresh_from_db()
    return mail


@pytest.mark.feature("NTF-03")
def test_a_mail_is_kept_with_its_transaction_and_then_handed_over(
    management: Tenant, mail_server: ScriptedServer
) -> None:
    mail = send()

    assert (mail.state, mail.template, mail.recipient) == (MailState.QUEUED, "password_link", "jane@alpha.example")
    assert Outbox.objects.filter(task="jobs.deliver_mail", kwargs__mail_id=mail.pk).exists()
    assert not mail_server.messages

    attempt(mail)

    assert (mail.state, mail.attempts, mail.sent_at) == (MailState.SENT, 1, NOON)
    message = message_from_string(mail_server.messages[0])
    assert message["To"] == "jane@alpha.example"
    assert message["Message-ID"] == mail.message_id
    assert message["X-Portal-Template"] is None
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]


@pytest.mark.feature("NTF-03")
def test_the_text_is_unreadable_in_the_log_and_gone_once_sent(management: Tenant, mail_server: ScriptedServer) -> None:
    mail = send()
    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text || o::text FROM jobs_mail m, jobs_outbox o WHERE m.id = %s", [mail.pk])
        kept = " ".join(text for (text,) in cursor.fetchall())

    attempt(mail)

    assert "secret-link-77" not in kept
    assert mail.sealed == ""


def test_a_rolled_back_transaction_sends_nothing(management: Tenant) -> None:
    with transaction.atomic():
        send("nobody@alpha.example")
        transaction.set_rollback(True)

    assert not Mail.objects.filter(recipient="nobody@alpha.example").exists()


@pytest.mark.feature("NTF-03")
@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("", "421 too busy"), ("", ScriptedServer.HANG), ("MAIL", "451 later"), ("RCPT", "450 greylisted"),
        ("RCPT", ScriptedServer.HANG), ("DATA", "452 full"), ("END", "451 try again"), ("END", ScriptedServer.HANG),
        ("EHLO", "554 go away"),
    ],
)  # fmt: skip
def test_a_server_that_cannot_now_is_asked_again_later(
    management: Tenant, mail_server: ScriptedServer, word: str, answer: str
) -> None:
    mail = send()
    mail_server.answers = {word: answer, **({"HELO": answer} if word == "EHLO" else {})}

    with pytest.raises(PutOff) as put_off:
        deliver_mail(mail_id=mail.pk, at=NOON)

    mail.refresh_from_db()
    assert put_off.value.delay == timedelta(minutes=1)
    assert (mail.state, mail.attempts, mail.next_try_at) == (MailState.QUEUED, 1, NOON + timedelta(minutes=1))
    assert mail.last_error
    mail_server.answers = {}
    assert attempt(mail, NOON + timedelta(minutes=1)).state == MailState.SENT
    ids = {message_from_string(text)["Message-ID"] for text in mail_server.messages}
    assert ids == {mail.message_id}, "sent twice, it is still one message for its reader"


def test_a_closed_port_is_tried_again_later(management: Tenant, mail_server: ScriptedServer) -> None:
    mail = send()
    mail_server.stop()

    attempt(mail)

    assert (mail.state, mail.attempts) == (MailState.QUEUED, 1)
    assert "refused" in mail.last_error


@pytest.mark.parametrize(("word", "answer"), [("RCPT", "550 no such user"), ("END", "554 looks like spam")])
def test_a_final_refusal_fails_at_once_and_can_be_sent_again(
    management: Tenant, mail_server: ScriptedServer, word: str, answer: str
) -> None:
    mail = send()
    mail_server.answers = {word: answer}

    attempt(mail)

    assert (mail.state, mail.next_try_at) == (MailState.FAILED, None)
    assert answer[4:] in mail.last_error
    mail_server.answers = {}
    resend_mail(mail=mail, at=NOON)
    assert attempt(mail).state == MailState.SENT
    with pytest.raises(NothingToSend):
        resend_mail(mail=mail, at=NOON)


def test_pauses_grow_and_end_after_72_hours(management: Tenant, mail_server: ScriptedServer) -> None:
    mail = send()
    mail_server.answers = {"RCPT": "450 greylisted"}
    at, pauses = NOON, []

    while attempt(mail, at).state == MailState.QUEUED:
        pauses.append(mail.next_try_at - at)
        at = mail.next_try_at

    assert pauses[:5] == [timedelta(minutes=n) for n in (1, 2, 4, 8, 16)]
    assert max(pauses) == timedelta(hours=4)
    assert GIVE_UP_AFTER - timedelta(hours=4) < at - NOON <= GIVE_UP_AFTER
    assert mail.state == MailState.FAILED
    assert next_pause(1000) == timedelta(hours=4)


def test_a_mail_is_sent_once_however_often_its_task_runs(management: Tenant, mail_server: ScriptedServer) -> None:
    mail = send()

    for _run in range(3):
        attempt(mail)

    assert len(mail_server.messages) == 1


def test_a_mail_that_another_worker_is_sending_is_left_alone(management: Tenant, mail_server: ScriptedServer) -> None:
    mail = send()
    mail.sending_until = NOON + timedelta(minutes=1)
    mail.save()

    with pytest.raises(PutOff):
        deliver_mail(mail_id=mail.pk, at=NOON)

    assert not mail_server.messages
    assert attempt(mail, NOON + timedelta(minutes=2)).state == MailState.SENT, "the other worker was killed"


def test_a_tenant_sends_under_its_own_database_role(inside_alpha: Tenant, mail_server: ScriptedServer) -> None:
    send_template("password_link", to=["jane@alpha.example"], context=CONTEXT)
    assert list(Mail.objects.values_list("schema", flat=True)) == ["t2"], "a tenant sees its own mails only"
    mail = Mail.objects.get()
    connection.set_schema_to_public()

    attempt(mail)

    assert mail.state == MailState.SENT
    assert "secret-link-77" in mail_server.messages[0]


def test_one_tenants_mail_is_not_in_anothers_sight(alpha: Tenant, beta: Tenant) -> None:
    with inside(alpha):
        send_template("password_link", to=["jane@alpha.example"], context=CONTEXT)

    with inside(beta):
        assert not Mail.objects.exists()


@pytest.mark.parametrize("address", ["jane@alpha.example\nBcc: all@example.com", "jane@alpha.example\r\nX: y"])
def test_an_address_with_a_line_break_is_refused_when_it_is_sent(management: Tenant, address: str) -> None:
    with pytest.raises(ValueError, match="."):
        EmailMessage("Hello", "Text", to=[address]).send()

    assert not Mail.objects.filter(subject="Hello").exists()

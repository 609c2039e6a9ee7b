"""Mail through the real engine: pages go on while the mail server is away (REL-10)."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.jobs.drain import run_everything_due
from portal.jobs.mail.delivery import resend_mail
from portal.jobs.models import Mail, MailState, Outbox
from tenants.models import Tenant
from tests.mail.conftest import ScriptedServer

HOST = "alpha-phones.localhost"


@pytest.mark.feature("NTF-03")
def test_a_forgotten_password_is_mailed_although_the_server_was_away(
    own_database: str, mail_server: ScriptedServer
) -> None:
    mail_server.answers = {"": "421 down for maintenance"}

    answer = Client(HTTP_HOST=HOST).post("/account/password/reset/", {"email": "agent@alpha.example"})
    connection.set_schema_to_public()
    run_everything_due()

    assert answer.status_code == 302
    mail = Mail.objects.get(recipient="agent@alpha.example")
    row = Outbox.objects.get(task="jobs.deliver_mail", kwargs__mail_id=mail.pk)
    assert (mail.state, mail.attempts, mail.schema) == (MailState.QUEUED, 1, "t2")
    assert "down for maintenance" in mail.last_error
    assert row.run_at >= mail.next_try_at, "the next attempt is recorded, not remembered"

    mail_server.answers = {}
    resend_mail(mail=mail, at=timezone.now())
    run_everything_due()

    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert len(mail_server.messages) == 1
    # The first row comes due later and finds nothing to do.
    Outbox.objects.filter(pk=row.pk).update(run_at=timezone.now())
    run_everything_due()
    row.refresh_from_db()
    assert row.done_at is not None
    assert len(mail_server.messages) == 1


def test_a_tenant_that_is_gone_does_not_hold_up_its_mail(own_database: str, mail_server: ScriptedServer) -> None:
    alpha = Tenant.objects.get(schema_name="t2")
    Client(HTTP_HOST=HOST).post("/account/password/reset/", {"email": "agent@alpha.example"})
    connection.set_schema_to_public()
    alpha.state = "suspended"
    alpha.save()

    run_everything_due()

    assert Mail.objects.get(recipient="agent@alpha.example").state == MailState.SENT

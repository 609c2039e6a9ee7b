"""Django's mail backend of this house: nothing leaves while somebody waits."""

from collections.abc import Sequence
from email.utils import formatdate, make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.db import connection, transaction
from django_tenants.utils import get_public_schema_name

from portal.core.mail import TEMPLATE_HEADER
from portal.jobs.mail.envelope import seal
from portal.jobs.models import Mail
from portal.jobs.outbox import enqueue

DELIVER = "jobs.deliver_mail"


class OutboxBackend(BaseEmailBackend):
    """Writes each message into the mail log and the outbox, in the caller's transaction.

    A mail server that is away, slow or refusing is met by the job alone. The message's id is made here, so that a mail
    sent twice by an unlucky kill is recognised by its reader's program.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = [message for message in email_messages if message.recipients()]
        with transaction.atomic():
            for message in kept:
                _keep(message)
        return len(kept)


def _keep(message: EmailMessage) -> None:
    template = message.extra_headers.pop(TEMPLATE_HEADER, "")
    for address in message.recipients():
        sanitize_address(address, "utf-8")  # an address with a line break is refused here, in the request
    headers = message.extra_headers
    headers.setdefault("Message-ID", make_msgid(domain=settings.PORTAL_MANAGEMENT_FQDN))
    headers.setdefault("Date", formatdate(localtime=False))
    schema = connection.schema_name or get_public_schema_name()
    mail = Mail.objects.create(
        schema=schema,
        template=template,
        recipient=", ".join(message.recipients())[:320],
        subject=str(message.subject)[:250],
        message_id=headers["Message-ID"][:120],
        sealed=seal(message, schema=schema),
    )
    enqueue(DELIVER, mail_id=mail.pk)

"""The mail log: what was sent, and trying again (NTF-03)."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import get_tenant_model

from portal.core.pages import ActionPage, ListPage, Page
from portal.jobs.mail.delivery import resend_mail
from portal.jobs.mail.filters import MailFilter
from portal.jobs.mail.states import mail_chip
from portal.jobs.mail.tables import MailTable, mail_title
from portal.jobs.models import Mail
from portal.permissions import Perm


def mails() -> QuerySet[Mail]:
    """The log without the sealed messages, which no page needs."""
    return Mail.objects.defer("sealed")


class MailList(ListPage):
    permission = Perm.PLATFORM_READ
    template = "mail_log/mail_list.html"
    partial = "mail_log/_mail_table.html"
    table = MailTable
    filter = MailFilter
    export_name = "mail-log"

    def rows(self) -> QuerySet[Mail]:
        sender = get_tenant_model().objects.filter(schema_name=OuterRef("schema"))
        return mails().annotate(place_name=Subquery(sender.values("name")[:1]))


class MailDetail(Page):
    permission = Perm.PLATFORM_READ
    template = "mail_log/mail_detail.html"

    @cached_property
    def mail(self) -> Mail:
        return get_object_or_404(mails(), pk=self.kwargs["pk"])

    def context(self) -> dict[str, Any]:
        return {"mail": self.mail, "chip": mail_chip(self.mail), "facts": _facts(self.mail)}


class MailResend(ActionPage):
    permission = Perm.PLATFORM_WRITE
    done_message = _("The mail is on its way again.")

    def refused_to(self) -> str:
        return reverse("jobs:mail_detail", args=[self.kwargs["pk"]])

    def perform(self) -> str:
        mail = get_object_or_404(mails(), pk=self.kwargs["pk"])
        resend_mail(mail=mail, at=timezone.now())
        return reverse("jobs:mail_detail", args=[mail.pk])


def _facts(mail: Mail) -> list[dict[str, Any]]:
    found = [
        (_("Recipient"), mail.recipient),
        (_("Mail"), mail_title(mail.template)),
        (_("Subject"), mail.subject),
        (_("Recorded"), timezone.localtime(mail.created_at)),
        (_("Sent"), timezone.localtime(mail.sent_at) if mail.sent_at else ""),
        (_("Attempts"), mail.attempts),
        (_("Next try"), timezone.localtime(mail.next_try_at) if mail.next_try_at else ""),
        (_("Last answer of the mail server"), mail.last_error),
        (_("Message id"), mail.message_id),
    ]
    return [{"label": label, "value": value} for label, value in found if value != ""]

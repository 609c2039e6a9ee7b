"""Which of this app's tables the audit log watches."""

from django.utils.translation import gettext_lazy as _

from portal.audit.registry import audited, exempt
from portal.jobs import models

audited(models.MailText, label=_("Mail text"))
exempt(models.Job, because="the end of each job is recorded as one event; the row itself moves many times a minute")
exempt(models.Step, because="it is the job's own journal")
exempt(models.Outbox, because="work on its way; what it does is recorded where it is done")
exempt(models.Mail, because="it is itself the log of mails")
exempt(models.Tick, because="when periodic work was last begun; nobody decides it")

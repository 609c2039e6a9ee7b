"""Which of this app's tables the audit log watches."""

from portal.audit.registry import exempt
from portal.jobs.models import Job, Mail, Outbox, Step

exempt(Job, because="the end of each job is recorded as one event; the row itself moves many times a minute")
exempt(Step, because="it is the job's own journal")
exempt(Outbox, because="work on its way; what it does is recorded where it is done")
exempt(Mail, because="it is itself the log of mails")

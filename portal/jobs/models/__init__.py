from portal.jobs.models.job import Job, JobState, Step, StepState
from portal.jobs.models.mail import Mail, MailState
from portal.jobs.models.mail_text import MailText
from portal.jobs.models.outbox import Outbox
from portal.jobs.models.tick import Tick

__all__ = ["Job", "JobState", "Mail", "MailState", "MailText", "Outbox", "Step", "StepState", "Tick"]

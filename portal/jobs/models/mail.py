"""The mail log: what was sent, to whom, and what became of it (NTF-03)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class Mail(models.Model):
    """One message. `sealed` holds the whole message, encrypted, only until it is sent: links in it are secrets."""

    schema = models.CharField(max_length=63)
    template = models.CharField(max_length=60, blank=True)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=250)
    message_id = models.CharField(max_length=120)
    sealed = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.IntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    sending_until = models.DateTimeField(null=True)  # a worker is talking to the mail server, until then at most
    tries_since = models.DateTimeField(null=True)  # when somebody had it tried anew

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mail_state_known"),
        ]
        indexes = [models.Index(fields=["-created_at"], name="mail_newest")]

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipient}"

    @property
    def is_failed(self) -> bool:
        return self.state == MailState.FAILED

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be sent: its text is kept only until then."""
        return self.state != MailState.SENT

"""Tries at the pages without sign-in, counted in the database so that limits hold while Redis is away (REG-28)."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptKind(models.TextChoices):
    CONFIRMATION = "confirmation", _("Asked for a link")
    SUBMISSION = "submission", _("Sent a request")
    WRONG_STATUS = "status", _("Asked for the status of a request that is not known")


class PublicAttemptQuerySet(models.QuerySet):
    def since(self, moment: datetime) -> "PublicAttemptQuerySet":
        return self.filter(at__gt=moment)


class PublicAttempt(models.Model):
    """One try. `source` is the network address (of IPv6 the /64 network) or a hash of an e-mail address."""

    kind = models.CharField(max_length=12, choices=AttemptKind.choices)
    source = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = PublicAttemptQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "source", "at"], name="public_attempt_recent")]

    def __str__(self) -> str:
        return f"{self.kind} from {self.source}"

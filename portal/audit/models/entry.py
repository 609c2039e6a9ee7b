"""The audit log of one schema: who changed what, when, from where, and for whom (AUD-01 to AUD-08)."""

from auditlog.models import AbstractLogEntry
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class Verb(models.TextChoices):
    """HTTP verbs describe the action (AUD-04)."""

    GET = "get", "Get"
    POST = "post", "Post"
    PUT = "put", "Put"
    DELETE = "delete", "Delete"


class Source(models.TextChoices):
    """Through which door the change came (AUD-10)."""

    PORTAL = "portal", _("Portal")
    API = "api", _("API")
    JOB = "job", _("Job")
    BULK = "bulk", _("Bulk")
    COMMAND = "command", _("Command line")


class LogEntry(AbstractLogEntry):
    """One row of the log. The database refuses to change or delete it.

    `user_name` is copied, so that the row reads the same for ever. `acting_name` is the real person behind a support
    session or visit, `acting_ref` their sign-in (`public:12`).
    """

    clone = Clone.EMPTY

    verb = models.CharField(_("Action"), max_length=6, choices=Verb.choices, default=Verb.PUT)
    table = models.CharField(_("Table"), max_length=80, blank=True)
    message = models.CharField(_("Message"), max_length=200, blank=True)
    user_name = models.CharField(_("User"), max_length=150, blank=True)
    acting_name = models.CharField(max_length=150, blank=True)
    acting_ref = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PORTAL)

    class Meta(AbstractLogEntry.Meta):
        swappable = ""
        default_permissions = ()
        ordering: list[str] = []
        verbose_name = _("Audit log entry")

    def __str__(self) -> str:
        return f"{self.message} {self.table}"

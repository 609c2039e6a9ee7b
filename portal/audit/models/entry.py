"""The audit log of one schema: who changed what, when, from where, and for whom (AUD-01 to AUD-08)."""

from auditlog.models import AbstractLogEntry
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.audit.manager import EntryManager
from portal.core.cloning import Clone


class Verb(models.TextChoices):
    """HTTP verbs describe the action (AUD-04)."""

    GET = "get", _("Get")
    POST = "post", _("Post")
    PUT = "put", _("Put")
    DELETE = "delete", _("Delete")


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
    session or visit, `acting_ref` their sign-in (`public:12`). `model` and `object_pk` name the row that changed;
    `changes` maps each field to its previous and its current value.
    """

    clone = Clone.EMPTY

    # The library's columns that this log does without: content types have other ids in every schema.
    content_type = None
    object_id = None
    serialized_data = None
    changes_text = None
    remote_port = None
    actor_email = None
    additional_data = None

    model = models.CharField(max_length=80, blank=True)
    object_pk = models.CharField(max_length=255, blank=True)
    object_repr = models.TextField(blank=True)
    action = models.PositiveSmallIntegerField(choices=AbstractLogEntry.Action.choices)
    verb = models.CharField(_("Action"), max_length=6, choices=Verb.choices, default=Verb.PUT)
    table = models.CharField(_("Table"), max_length=80, blank=True)
    message = models.CharField(_("Message"), max_length=200, blank=True)
    changes = models.JSONField(_("Data"), null=True, encoder=DjangoJSONEncoder)
    # No constraint: the log must not stand in the way of deleting a user, and is not changed by it either.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    user_name = models.CharField(_("User"), max_length=150, blank=True)
    acting_name = models.CharField(_("Acting for"), max_length=150, blank=True)
    acting_ref = models.CharField(max_length=80, blank=True)
    remote_addr = models.GenericIPAddressField(_("IP"), null=True)
    timestamp = models.DateTimeField(_("Date Time"))
    source = models.CharField(_("Source"), max_length=8, choices=Source.choices, default=Source.PORTAL)

    objects = EntryManager()

    class Meta:
        default_permissions = ()
        verbose_name = _("Audit log entry")
        indexes = [
            models.Index(fields=["-timestamp", "-id"], name="audit_newest"),
            models.Index(fields=["model", "object_pk"], name="audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.table}"

    @property
    def message_text(self) -> str:
        """What was done, in the reader's language."""
        return gettext(self.message) if self.message else ""

    @property
    def table_text(self) -> str:
        """The part that changed, in the reader's language."""
        return gettext(self.table) if self.table else ""

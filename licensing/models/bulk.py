"""Assignment templates, the files that were uploaded into them, and their rows, which become the report (BLK)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class BulkState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class BulkMode(models.TextChoices):
    ALL = "all", _("All or nothing")
    SKIP = "skip", _("Skip bad rows")


class UndoState(models.TextChoices):
    NONE = "none", _("Not undone")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class RowState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    ASSIGNED = "assigned", _("Assigned")
    FAILED = "failed", _("Failed")
    SKIPPED = "skipped", _("Skipped")
    UNDONE = "undone", _("Undone")


class AssignmentTemplate(Versioned):
    """What a run assigns, to whom, and how far it came.

    `addons` holds codes of the catalogue. `total` and `wrong` count its rows and those with problems, as of the last
    check. `message` says why a run failed, `conflicts` why it cannot be undone; both for people.
    """

    clone = Clone.EMPTY

    uuid = models.UUIDField(_("UUID"), unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("Name"), max_length=100)
    addons = models.JSONField(_("Add-on licenses"), default=list)
    state = models.CharField(_("Status"), max_length=11, choices=BulkState.choices, default=BulkState.DRAFT)
    mode = models.CharField(_("Bad rows"), max_length=4, choices=BulkMode.choices, default=BulkMode.ALL)
    total = models.IntegerField(_("Total users"), default=0)
    wrong = models.IntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("Created"))
    checked_at = models.DateTimeField(null=True)
    job = models.UUIDField(null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_name = models.CharField(max_length=150, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    message = models.JSONField(null=True)
    undo = models.CharField(max_length=7, choices=UndoState.choices, default=UndoState.NONE)
    undone_at = models.DateTimeField(null=True)
    conflicts = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["-created_at"], name="bulk_template_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BulkState.values), name="bulk_state_known"),
            models.CheckConstraint(condition=Q(mode__in=BulkMode.values), name="bulk_mode_known"),
            models.CheckConstraint(condition=Q(undo__in=UndoState.values), name="bulk_undo_known"),
            models.CheckConstraint(condition=Q(total__gte=0, total__lte=15000), name="bulk_total_limited"),
        ]

    def __str__(self) -> str:
        return self.name


class AssignmentFile(models.Model):
    """One uploaded file. `name` is what people called it, `kind` by what it names people."""

    clone = Clone.EMPTY

    template = models.ForeignKey(AssignmentTemplate, models.CASCADE, related_name="files")
    name = models.CharField(_("File"), max_length=120)
    kind = models.CharField(max_length=4)
    rows = models.IntegerField(_("Users"), default=0)
    uploaded_at = models.DateTimeField(_("Uploaded"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class AssignmentRow(models.Model):
    """One user of a template, and after a run one line of its report.

    `ext_key`, `person` and `number` are as typed; `key`, `name`, `identity` and `e164` what they mean, empty where the
    cell is wrong. `shape` are problems of the row itself, `problems` all of them: lists of [column, code, arguments].
    `user_id`, `extension_id` and `user_name` are copies, so that the report stays what it was.
    """

    clone = Clone.EMPTY

    template = models.ForeignKey(AssignmentTemplate, models.CASCADE, related_name="rows")
    file = models.ForeignKey(AssignmentFile, models.CASCADE, null=True, related_name="lines")
    position = models.IntegerField()
    line = models.IntegerField(null=True)
    ext_key = models.CharField(_("Ext Key"), max_length=200)
    person = models.CharField(_("User"), max_length=200)
    number = models.CharField(_("Number"), max_length=200)
    key = models.CharField(max_length=5)
    name = models.CharField(max_length=150)
    identity = models.UUIDField(null=True)
    e164 = models.CharField(max_length=16)
    shape = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    state = models.CharField(_("Outcome"), max_length=8, choices=RowState.choices, default=RowState.WAITING)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=150, default="")
    extension_id = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="bulk_row_position_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="bulk_row_state_known"),
        ]
        indexes = [models.Index(fields=["file"], name="bulk_row_file")]

    def __str__(self) -> str:
        return f"{self.ext_key} {self.person}"

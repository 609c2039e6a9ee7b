"""Long work: one row, visible to its owner, with steps and progress (JOB-01)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.jobs.models.lease import Leased


class JobState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    SCHEDULED = "scheduled", _("Scheduled")
    RUNNING = "running", _("In progress")
    WAITING = "waiting", _("Waiting")
    SUCCEEDED = "succeeded", _("Completed")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    UNDONE = "undone", _("Removed")


class StepState(models.TextChoices):
    PENDING = "pending", _("To do")
    RUNNING = "running", _("In progress")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Removed")


OPEN_STATES = (JobState.QUEUED, JobState.SCHEDULED, JobState.RUNNING, JobState.WAITING)


class JobQuerySet(models.QuerySet):
    def open(self) -> "JobQuerySet":
        """Jobs that have not ended."""
        return self.filter(state__in=OPEN_STATES)


class Job(Leased):
    """`kind` names a registered job; `schema` is where it runs; `payload` holds ids, never secrets.

    `key` holds off a second job of the same kind for the same thing while one is open. `message` is for people,
    `cause` is technical and for operators only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    schema = models.CharField(max_length=63)
    queue = models.CharField(max_length=20, default="default")
    key = models.CharField(max_length=120, blank=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    undoing = models.BooleanField(default=False)
    owner_schema = models.CharField(max_length=63, default="public")
    owner_id = models.BigIntegerField(null=True)
    owner_name = models.CharField(max_length=150, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    cause = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["queue", "run_at"],
                name="job_due",
                condition=Q(state__in=["queued", "scheduled", "running", "waiting"]),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.UniqueConstraint(
                fields=["schema", "kind", "key"],
                name="job_key_open",
                condition=Q(state__in=["queued", "scheduled", "running", "waiting"]) & ~Q(key=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_ended(self) -> bool:
        return self.state not in OPEN_STATES


class Step(models.Model):
    """The journal: written before and after each step, committed with the step's own effects."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="steps")
    ordinal = models.IntegerField()
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.PENDING)
    attempts = models.IntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    detail = models.CharField(max_length=300, blank=True)
    cause = models.TextField(blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["job", "ordinal"], name="step_ordinal_unique"),
            models.UniqueConstraint(fields=["job", "name"], name="step_name_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.job_id}"

"""Small work, written in the transaction of whoever needs it."""

from django.db import models
from django.db.models import Q

from portal.jobs.models.lease import Leased


class OutboxQuerySet(models.QuerySet):
    def waiting(self) -> "OutboxQuerySet":
        """Neither done nor given up."""
        return self.filter(done_at=None, failed_at=None)

    def given_up(self) -> "OutboxQuerySet":
        return self.exclude(failed_at=None)


class Outbox(Leased):
    """One named task to run in `schema`, at least once. `done_at` marks the end, `failed_at` that it was given up."""

    task = models.CharField(max_length=80)
    kwargs = models.JSONField(default=dict)
    schema = models.CharField(max_length=63)
    queue = models.CharField(max_length=20, default="default")
    key = models.CharField(max_length=120, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["queue", "run_at"], name="outbox_due", condition=Q(done_at=None) & Q(failed_at=None))
        ]
        constraints = [
            # Coalesced work: one waiting row per key; a row already leased does not count, because it may be half done.
            models.UniqueConstraint(
                fields=["schema", "task", "key"],
                name="outbox_key_waiting",
                condition=Q(done_at=None) & Q(failed_at=None) & Q(fence=0) & ~Q(key=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} in {self.schema}"

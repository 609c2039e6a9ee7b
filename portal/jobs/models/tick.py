"""When each piece of periodic work is due next."""

from django.db import models


class Tick(models.Model):
    """One row per entry of the schedule. Kept in the database, so that neither Redis nor a clock step doubles work."""

    task = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.task} at {self.next_at:%Y-%m-%d %H:%M:%S}"

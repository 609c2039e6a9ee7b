"""Work that exactly one worker may hold at a time."""

from django.db import models


class Leased(models.Model):
    """A lease with a fencing number: every claim raises `fence`, and a commit with an older number is refused."""

    fence = models.BigIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    attempts = models.IntegerField(default=0)
    run_at = models.DateTimeField()

    class Meta:
        abstract = True

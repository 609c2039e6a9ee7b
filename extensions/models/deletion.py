"""What was deleted lately, kept so that it can be brought back for ten minutes (UXP-07)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class Deletion(models.Model):
    """The rows of one deletion as the database held them, and the references that were changed with it.

    `rows` is a list of {table, row}; `changes` a list of {table, pk, before, after}, the last two a few columns.
    Secrets stay encrypted.
    """

    clone = Clone.EMPTY

    label = models.CharField(_("What"), max_length=160)
    rows = models.JSONField()
    changes = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("When"))
    undone_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["at"], name="deletion_by_time")]

    def __str__(self) -> str:
        return self.label

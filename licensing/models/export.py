"""A file that was asked for and is made in the background (EXP-05)."""

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class ExportKind(models.TextChoices):
    EXTENSIONS = "extensions", _("Provisioned extensions")
    NUMBERS = "numbers", _("Available number licenses")
    LIST = "list", _("List")


class PreparedExport(models.Model):
    """`content` is empty until the file is made; it goes again when `until` is over. Only `by` may fetch it.

    A list's file is what the page at `path` exports for the query string `query`.
    """

    clone = Clone.EMPTY

    kind = models.CharField(max_length=10, choices=ExportKind.choices)
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=300, blank=True)
    query = models.TextField(max_length=4000, blank=True)
    rows = models.IntegerField(default=0)
    content = models.BinaryField(default=b"")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    until = models.DateTimeField(null=True)  # empty until it is made

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def what(self) -> str | Promise:
        """What it holds, in the language of whoever reads it then; a list is called as its file."""
        return self.name if self.kind == ExportKind.LIST else ExportKind(self.kind).label

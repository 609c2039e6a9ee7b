"""What the configuration check found the last time it ran (LNT-01)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class Severity(models.TextChoices):
    ERROR = "error", _("Broken")
    WARNING = "warning", _("Should be looked at")
    HINT = "hint", _("Could be better")


class Finding(models.Model):
    """One problem with one object; written anew by each run. `code` names the check, `subject` the object's key."""

    clone = Clone.EMPTY

    code = models.CharField(max_length=40)
    severity = models.CharField(_("Severity"), max_length=7, choices=Severity.choices)
    subject = models.CharField(max_length=60)  # what the check's repair needs to find the object again
    name = models.CharField(_("Where"), max_length=160)
    url = models.CharField(max_length=200, blank=True)
    text = models.CharField(_("What"), max_length=300)
    found_at = models.DateTimeField(_("Found"))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["code", "subject"], name="finding_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

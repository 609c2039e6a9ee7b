"""What the configuration check found the last time it ran (LNT-01)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.sentences import Sentence


class Severity(models.TextChoices):
    ERROR = "error", _("Broken")
    WARNING = "warning", _("Should be looked at")
    HINT = "hint", _("Could be better")


class Finding(models.Model):
    """One problem with one object; written anew by each run. `code` names the check, `subject` the object's key.

    `name` and `text` are in the language of the program, to be sorted and searched; `said` holds what is more than a
    name as sentences without a language (portal.core.sentences), drawn by `name_words` and `text_words` for the reader.
    """

    clone = Clone.EMPTY

    code = models.CharField(max_length=40)
    severity = models.CharField(_("Severity"), max_length=7, choices=Severity.choices)
    subject = models.CharField(max_length=60)  # what the check's repair needs to find the object again
    name = models.CharField(_("Where"), max_length=160)
    url = models.CharField(max_length=200, blank=True)
    text = models.CharField(_("What"), max_length=300)
    said = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("Found"))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["code", "subject"], name="finding_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    @property
    def name_words(self) -> str:
        """What people call the object, in the reader's language."""
        return str(Sentence.read(self.said["name"])) if "name" in self.said else self.name

    @property
    def text_words(self) -> str:
        """What is wrong, in the reader's language."""
        return str(Sentence.read(self.said["text"])) if "text" in self.said else self.text

"""General parameters of the queues: edited as a draft, then published (REG-26)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class Release(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class QueueParameters(models.Model):
    """Two rows: what is being edited, and what the queues use."""

    clone = Clone.ROWS

    release = models.CharField(max_length=10, choices=Release.choices)
    callback_folder_email = models.EmailField(_("Callback Folder e-mail address"), blank=True)
    callback_attempts = models.IntegerField(
        _("Attempts to call back"), default=3, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    callback_expires_hours = models.IntegerField(
        _("Callback requests expire after (hours)"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
    )
    announce_position = models.BooleanField(_("Tell callers their position"), default=True)
    changed_at = models.DateTimeField(_("Changed"), null=True)
    published_at = models.DateTimeField(_("Published"), null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release"], name="queue_parameters_release_unique")]

    def __str__(self) -> str:
        return f"queue parameters ({self.release})"

"""Values of inheritable settings: one row for each level that says something (platform above, extension below)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class Level(models.TextChoices):
    """From the outermost to the innermost; an inner one wins unless an outer one has locked the setting."""

    PLATFORM = "platform", _("Platform")  # not a row here: copied onto the tenant's own row
    TEMPLATE = "template", _("Service template")
    TENANT = "tenant", _("Company")
    TEAM = "team", _("Team")
    EXTENSION = "extension", _("Extension")


class SettingValue(models.Model):
    """What one level says about one setting of `extensions.settings.registry`.

    Rows of the level TEMPLATE come with the clone and stay, so that Reset in a tenant leads back to them.
    """

    clone = Clone.ROWS
    clone_where = "extension_id IS NULL"
    clone_needs = ("team", "schedule", "rule_set", "announcement", "destination")

    level = models.CharField(max_length=10, choices=Level.choices)
    team = models.ForeignKey("extensions.Team", models.CASCADE, null=True, related_name="settings")
    extension = models.ForeignKey("extensions.Extension", models.CASCADE, null=True, related_name="settings")
    key = models.CharField(_("Setting"), max_length=60)
    value = models.JSONField(_("Value"), null=True)  # shape and units: the setting's own form field
    schedule = models.ForeignKey("extensions.Schedule", models.RESTRICT, null=True, related_name="uses")
    rule_set = models.ForeignKey("extensions.OutgoingRuleSet", models.RESTRICT, null=True, related_name="uses")
    announcement = models.ForeignKey("extensions.AudioFile", models.RESTRICT, null=True, related_name="uses")
    destination = models.OneToOneField("extensions.Destination", models.CASCADE, null=True, related_name="setting")
    locked = models.BooleanField(_("Locked"), default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["key", "level", "team", "extension"], nulls_distinct=False, name="setting_once_per_level"
            ),
            models.CheckConstraint(
                condition=Q(level__in=["template", "tenant"], team=None, extension=None)
                | Q(level="team", team__isnull=False, extension=None)
                | Q(level="extension", team=None, extension__isnull=False),
                name="setting_level_fits_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.level})"

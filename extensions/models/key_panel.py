"""Keys with lamps: the panel of an extension, and templates for many (BLF-01, BLF-02, BLF-05)."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class KeyKind(models.TextChoices):
    LINE = "line", _("Line")
    PRESENCE = "presence", _("Colleague (lamp, call, pick up)")
    SPEED_DIAL = "speed_dial", _("Speed dial of the list")
    CUSTOM_DIAL = "custom_dial", _("Number")
    PARKING = "parking", _("Parking slot")
    TEAM_LOGIN = "team_login", _("Log in and out of a team")
    STATUS = "status", _("Change status")
    VOICEMAIL = "voicemail", _("Voicemail")
    FEATURE = "feature", _("Feature code")


# Which column of Key says what a kind points at; the other kinds point at nothing of the tenant's.
KEY_POINTERS: dict[KeyKind, str] = {
    KeyKind.PRESENCE: "extension",
    KeyKind.SPEED_DIAL: "speed_dial",
    KeyKind.PARKING: "slot",
    KeyKind.TEAM_LOGIN: "team",
    KeyKind.STATUS: "status",
    KeyKind.FEATURE: "feature",
}


def _pointer_fits() -> Q:
    found = Q()
    for kind in KeyKind:
        wanted: dict[str, Any] = {f"{name}__isnull": name != KEY_POINTERS.get(kind) for name in KEY_POINTERS.values()}
        found |= Q(kind=kind.value, **wanted)
    return found


class KeyPanel(Versioned):
    """Keys in order. With an extension it is that extension's; without one it is a template with a name.

    A panel linked to a template shows the template's keys; one that was copied keeps its own and can be compared.
    """

    clone = Clone.ROWS
    clone_where = "extension_id IS NULL"

    extension = models.OneToOneField("extensions.Extension", models.CASCADE, null=True, related_name="key_panel")
    name = models.CharField(_("Name"), max_length=60, blank=True)  # of templates
    model = models.CharField(_("Telephone model"), max_length=40, blank=True)  # whose layout a template was drawn for
    modules = models.IntegerField(  # that a template was drawn for
        _("Expansion modules"), default=0, validators=[MinValueValidator(0), MaxValueValidator(6)]
    )
    template = models.ForeignKey("self", models.RESTRICT, null=True, related_name="used_by")
    linked = models.BooleanField(_("Follows the template"), default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(Lower("name"), condition=Q(extension=None), name="key_template_name_unique"),
            models.CheckConstraint(
                condition=Q(extension__isnull=False) | (~Q(name="") & Q(template=None)),
                name="key_panel_own_or_template",
            ),
            models.CheckConstraint(condition=Q(linked=False) | Q(template__isnull=False), name="key_panel_link"),
            models.CheckConstraint(condition=Q(modules__gte=0, modules__lte=6), name="key_panel_modules_range"),
        ]

    def __str__(self) -> str:
        return str(self.extension) if self.extension_id else self.name


class Key(models.Model):
    """One key; `position` counts from 0 over pages and expansion modules. An empty label follows the target's name."""

    clone = Clone.ROWS
    clone_needs = ("extension", "team", "slot", "speed_dial", "status", "feature")

    panel = models.ForeignKey(KeyPanel, models.CASCADE, related_name="keys")
    position = models.IntegerField()
    kind = models.CharField(_("Kind"), max_length=11, choices=KeyKind.choices)
    label = models.CharField(_("Label"), max_length=30, blank=True)
    extension = models.ForeignKey("extensions.Extension", models.RESTRICT, null=True, related_name="watched_by")
    team = models.ForeignKey("extensions.Team", models.RESTRICT, null=True, related_name="keys")
    slot = models.ForeignKey("extensions.ParkingSlot", models.RESTRICT, null=True, related_name="keys")
    speed_dial = models.ForeignKey("extensions.SpeedDial", models.RESTRICT, null=True, related_name="keys")
    status = models.ForeignKey("extensions.AgentStatus", models.RESTRICT, null=True, related_name="keys")
    feature = models.ForeignKey("extensions.FeatureCode", models.RESTRICT, null=True, related_name="keys")
    number = models.CharField(_("Number"), max_length=16, blank=True)
    locked = models.BooleanField(_("People may not change it"), default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "position"], name="key_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(kind__in=KeyKind.values), name="key_kind_known"),
            models.CheckConstraint(condition=Q(position__gte=0), name="key_position_counts"),
            models.CheckConstraint(
                condition=Q(kind="custom_dial", number__regex=r"^(\+[0-9]{3,15}|[0-9]{3,5})$")
                | ~Q(kind="custom_dial") & Q(number=""),
                name="key_number_fits_kind",
            ),
            models.CheckConstraint(condition=_pointer_fits(), name="key_pointer_fits_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.position + 1}: {self.kind}"

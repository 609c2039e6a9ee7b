"""Shared parking: calls wait in a slot until somebody takes them (PRK-01 to PRK-03)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class ParkingReturn(models.TextChoices):
    PARKER = "parker", _("Whoever parked the call")
    DESTINATION = "destination", _("Somewhere else")


class ParkingLot(Versioned):
    """The one lot of a tenant: its number parks a call, its slots are a contiguous range."""

    clone = Clone.ROWS

    number = models.CharField(_("Number that parks"), max_length=5)
    timeout = models.IntegerField(
        _("Seconds until a call returns"), default=900, validators=[MinValueValidator(15), MaxValueValidator(3600)]
    )
    returns_to = models.CharField(
        _("Then it returns to"), max_length=11, choices=ParkingReturn.choices, default=ParkingReturn.PARKER
    )
    destination = models.OneToOneField("extensions.Destination", models.SET_NULL, null=True, related_name="parking_lot")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="parking_lot_is_one"),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{3,5}$"), name="parking_number_shape"),
            models.CheckConstraint(condition=Q(timeout__gte=15, timeout__lte=3600), name="parking_timeout_range"),
        ]

    def __str__(self) -> str:
        return self.number


class ParkingSlot(models.Model):
    clone = Clone.ROWS

    lot = models.ForeignKey(ParkingLot, models.CASCADE, related_name="slots")
    number = models.CharField(_("Slot"), max_length=5)
    label = models.CharField(_("Label"), max_length=30, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["number"], name="parking_slot_once"),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{3,5}$"), name="parking_slot_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}".strip()

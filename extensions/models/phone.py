"""Desk telephones by MAC address (PRV-02; serving their configuration comes with PRV-01)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class Phone(Versioned):
    """`mac` is twelve small hexadecimal digits; `model` is a code of `extensions.phone_models`."""

    clone = Clone.EMPTY

    mac = models.CharField(_("MAC address"), max_length=12)
    model = models.CharField(_("Model"), max_length=40)
    extension = models.ForeignKey("extensions.Extension", models.SET_NULL, null=True, related_name="phones")
    modules = models.IntegerField(
        _("Expansion modules"), default=0, validators=[MinValueValidator(0), MaxValueValidator(6)]
    )
    place = models.CharField(_("Place"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("Added"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["mac"], name="phone_mac_once"),
            models.CheckConstraint(condition=Q(mac__regex=r"^[0-9a-f]{12}$"), name="phone_mac_shape"),
            models.CheckConstraint(condition=Q(modules__gte=0, modules__lte=6), name="phone_modules_range"),
        ]

    def __str__(self) -> str:
        return ":".join(self.mac[at : at + 2] for at in range(0, 12, 2)).upper()

"""The tenant's outside telephone numbers, and whom they ring."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from tenants.models import NumberKind


class OutsideNumber(models.Model):
    """A number (E.164) that the tenant has; with an `extension` it rings there, and needs a number licence (LIC-12).

    That no other tenant has it is the business of the platform's register (`RegisteredNumber`).
    """

    clone = Clone.EMPTY

    e164 = models.CharField(_("Number"), max_length=16)
    kind = models.CharField(_("Type"), max_length=10, choices=NumberKind.choices, default=NumberKind.GEOGRAPHIC)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    extension = models.OneToOneField(
        "extensions.Extension", models.SET_NULL, null=True, related_name="outside_number", verbose_name=_("Assigned to")
    )
    assigned_at = models.DateTimeField(_("Assigned"), null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["e164"], name="outside_number_unique"),
            models.CheckConstraint(condition=Q(e164__regex=r"^\+[1-9][0-9]{5,14}$"), name="outside_number_shape"),
        ]

    def __str__(self) -> str:
        return self.e164

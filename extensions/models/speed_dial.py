"""Speed dials: short codes for numbers, shared or personal (SPD-01, SPD-02)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class SpeedDial(Versioned):
    """`*0` to `*99`. Without an extension it is everybody's; a personal one with the same code wins."""

    clone = Clone.ROWS
    clone_where = "extension_id IS NULL"

    extension = models.ForeignKey("extensions.Extension", models.CASCADE, null=True, related_name="speed_dials")
    code = models.CharField(_("Code"), max_length=3)
    label = models.CharField(_("Label"), max_length=60)
    number = models.CharField(_("Number"), max_length=16)  # E.164, or an internal number

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["extension", "code"], nulls_distinct=False, name="speed_dial_code_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^\*[0-9]{1,2}$"), name="speed_dial_code_shape"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^(\+[0-9]{3,15}|[0-9]{3,5})$"), name="speed_dial_number_shape"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

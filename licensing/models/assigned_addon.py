"""Which add-ons an extension has (LIC-07)."""

from django.db import models
from django.db.models import Q

from portal.core.cloning import Clone


class AssignedAddon(models.Model):
    """`quantity` licences of the add-on `pool` (its code is the column `sku`) are used by the extension."""

    clone = Clone.EMPTY

    extension = models.ForeignKey("extensions.Extension", models.CASCADE, related_name="addons")
    pool = models.ForeignKey("licensing.Pool", models.PROTECT, to_field="sku", db_column="sku", related_name="+")
    quantity = models.IntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["extension", "pool"], name="assigned_addon_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="assigned_addon_at_least_one"),
        ]

    def __str__(self) -> str:
        return self.pool_id

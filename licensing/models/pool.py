"""How many licences of each sort a tenant has, and how many of them are in use."""

from django.db import models
from django.db.models import F, Q

from portal.core.cloning import Clone


class Pool(models.Model):
    """`sku` is a code of the catalogue. `bought` None: the sort is not counted.

    Triggers keep `used` in step with the rows that use a licence (extensions, add-ons, assigned numbers) and write the
    ledger, whatever path those rows come by; the constraints are the judge. No service counts by itself.
    """

    clone = Clone.ROWS
    clone_where = (
        "sku = 'phone_system' AND used = 0"  # a template's extensions are not counted; nothing is bought there
    )

    sku = models.CharField(max_length=40, unique=True)
    bought = models.IntegerField(null=True)
    used = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(used__gte=0), name="pool_used_not_negative"),
            models.CheckConstraint(condition=Q(bought=None) | Q(used__lte=F("bought")), name="pool_used_within_bought"),
        ]

    def __str__(self) -> str:
        return self.sku

    @property
    def available(self) -> int | None:
        """How many are free; None where the sort is not counted."""
        return None if self.bought is None else self.bought - self.used

"""One row for every change of a count (LIC-13)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class Counter(models.TextChoices):
    BOUGHT = "bought", _("Bought")
    USED = "used", _("In use")


class Reason(models.TextChoices):
    """Why a count changed. The first three are what the triggers write where nobody says more."""

    EXTENSIONS = "extensions", _("Extensions made or deleted")
    ADDONS = "addons", _("Add-ons chosen")
    NUMBERS = "numbers", _("Numbers assigned or released")
    BULK = "bulk", _("Bulk assignment")
    START = "start", _("Included in the package")
    BOUGHT = "bought", _("Bought")
    CANCELLED = "cancelled", _("Cancelled")
    LIMIT = "limit", _("Changed by the provider")


class LedgerEntry(models.Model):
    """`balance` is the count after the change. `extension` is the number of the one extension concerned, if it was one.

    The database writes these rows with the change itself, and lets nobody change or delete them.
    """

    clone = Clone.EMPTY

    sku = models.CharField(_("License"), max_length=40)
    counter = models.CharField(_("Count"), max_length=6, choices=Counter.choices)
    change = models.IntegerField(_("Change"))
    balance = models.IntegerField(_("Afterwards"), null=True)
    reason = models.CharField(_("Why"), max_length=10, choices=Reason.choices)
    extension = models.CharField(_("Extension"), max_length=5, blank=True)
    by = models.CharField(_("Who"), max_length=150, blank=True)
    at = models.DateTimeField(_("When"))

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["sku", "-id"], name="ledger_by_sku")]

    def __str__(self) -> str:
        return f"{self.sku} {self.change:+}"

"""What can be licensed, and what it costs a month."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SkuKind(models.TextChoices):
    BASE = "base", _("Base license")
    ADDON = "addon", _("Add-on")
    NUMBER = "number", _("Number license")


class Sku(models.Model):
    """One sort of licence. `base` is the code of the base licence that it hangs on.

    `many`: an extension may have several (LIC-10). `requires`: codes without which it makes no sense (LIC-11), or
    `mobile_number` for the extension's own mobile number.
    """

    code = models.SlugField(_("Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("Type"), max_length=6, choices=SkuKind.choices)
    base = models.CharField(_("Belongs to"), max_length=40, blank=True)
    many = models.BooleanField(_("Several for each extension"), default=False)
    requires = models.JSONField(_("Needs"), default=list, blank=True)
    position = models.IntegerField(_("Place"), default=0)
    is_active = models.BooleanField(_("Offered"), default=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["code"], name="sku_code_unique"),
            models.CheckConstraint(condition=Q(kind__in=SkuKind.values), name="sku_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Price(models.Model):
    """What one licence costs a calendar month, in minor units of the currency."""

    sku = models.ForeignKey(Sku, models.CASCADE, related_name="prices")
    currency = models.CharField(_("Currency"), max_length=3)
    monthly_minor = models.IntegerField(_("A month"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["sku", "currency"], name="price_once_per_currency"),
            models.CheckConstraint(condition=Q(monthly_minor__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_currency_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.sku_id} {self.currency}"

"""The commercial side of a tenant."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Customer(models.Model):
    """One customer has one tenant."""

    tenant = models.OneToOneField("tenants.Tenant", models.CASCADE, related_name="customer")
    name = models.CharField(_("Name"), max_length=150)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, blank=True)  # ISO 4217; blank: the platform's
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

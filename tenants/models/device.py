"""Telephones of all tenants: an address belongs to one of them (PRV-02, ARCHITECTURE section 3)."""

from django.db import models
from django.db.models import Q


class DeviceRegistration(models.Model):
    """A MAC address in use by a tenant. Triggers on the tenants' tables of telephones write these rows, so that no path
    can go round them; this table's unique index is the judge between tenants, who see only their own rows.
    """

    mac = models.CharField(max_length=12)
    tenant = models.ForeignKey("tenants.Tenant", models.CASCADE, related_name="devices")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["mac"], name="device_registration_mac_once"),
            models.CheckConstraint(condition=Q(mac__regex=r"^[0-9a-f]{12}$"), name="device_registration_mac_shape"),
        ]

    def __str__(self) -> str:
        return self.mac

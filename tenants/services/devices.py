"""Whether telephones may be registered here, asked without telling whose they are (PRV-02)."""

from collections.abc import Collection

from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from tenants.models import DeviceRegistration


class RegisteredElsewhere(DomainError):
    """Another tenant of this platform has the telephone. Which one is nobody's business."""

    def __init__(self, *, field: str = "mac") -> None:
        super().__init__(_("This telephone belongs to another customer of your provider."), field=field)


def registered_elsewhere(macs: Collection[str]) -> set[str]:
    """Those of `macs` (twelve small hexadecimal digits) that another tenant has; nothing is kept.

    A tenant sees only its own registrations, so it tries to register them all and takes it back: the unique index
    lets through what nobody has.
    """
    own = set(DeviceRegistration.objects.filter(mac__in=macs, tenant=connection.tenant).values_list("mac", flat=True))
    wanted = sorted(set(macs) - own)
    if not wanted:
        return set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO public.tenants_deviceregistration (mac, tenant_id) "
            "SELECT mac, %s FROM unnest(%s::text[]) AS mac "
            "ON CONFLICT DO NOTHING RETURNING mac",
            [connection.tenant.pk, wanted],
        )
        free = {mac for (mac,) in cursor.fetchall()}
        transaction.set_rollback(True)
    return set(wanted) - free


def registered_instead(*, field: str = "mac") -> dict[str, DomainError]:
    """What it means that the registry refuses a device which `registered_elsewhere` let pass; for `refusing`."""
    return {"device_registration_mac_once": RegisteredElsewhere(field=field)}

"""Which outside number rings which extension (LIC-12, EXT-09): at most one for each, and a number licence for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.events import ExtensionChanged
from extensions.models import Extension, OutsideNumber
from extensions.services.configuration import configuration_changed
from licensing.capacity import claim, lock_pools
from licensing.services.needs import demand_needs
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.events import emit
from tenants.skus import NUMBER


class NumberGone(DomainError):
    """The number rings somebody else, or is not the tenant's any more."""


@transaction.atomic
def change_number(*, extension: Extension, number: OutsideNumber | None, by: User, at: datetime) -> Extension:
    """Let `number` ring `extension`, instead of the one that rang it before, or none; returns the extension.

    Raises NotEnoughLicences and NumberGone on `number`, and Refusals where an add-on needs the number (LIC-11).
    """
    lock_pools([NUMBER])
    locked = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    wanted = [number.pk] if number is not None else []
    rows = OutsideNumber.objects.filter(pk__in=wanted) | OutsideNumber.objects.filter(extension=locked)
    held = {row.pk: row for row in rows.order_by("pk").select_for_update(of=("self",))}
    before = next((row for row in held.values() if row.extension_id == locked.pk), None)
    if number is not None and before is not None and number.pk == before.pk:
        return locked
    if before is not None:
        _set(before, None, None)
    if number is not None:
        chosen = held.get(number.pk)
        if chosen is None or chosen.extension_id is not None:
            raise NumberGone(_("Somebody else was given this number a moment ago. Choose another."), field="number")
        claim({NUMBER: 1}, field="number")
        _set(chosen, locked, at)
    demand_needs([locked.pk])
    emit(ExtensionChanged(extension_id=locked.pk, by_id=by.pk))
    configuration_changed(by=by)
    return locked


def _set(row: OutsideNumber, extension: Extension | None, at: datetime | None) -> None:
    row.extension, row.assigned_at = extension, at
    late = NumberGone(_("This extension was given a number a moment ago. Please look again."), field="number")
    with refusing({"extensions_outsidenumber_extension_id_key": late}):
        row.save(update_fields=["extension", "assigned_at"])

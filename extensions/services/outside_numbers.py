"""A tenant's own rows of its outside numbers, when the platform gives and takes them. Named in TENANT_NUMBERS."""

from collections.abc import Sequence

from extensions.models import OutsideNumber
from extensions.services.configuration import configuration_changed
from extensions.services.deletion.records import record_rows
from portal.audit.models import Verb


def take_in(numbers: Sequence[tuple[str, str, str]]) -> None:
    """Add (E.164, kind, country) to the active tenant's numbers; they ring nobody yet."""
    # audit: written below, from the rows that were inserted
    made = OutsideNumber.objects.bulk_create(OutsideNumber(e164=e, kind=k, country=c) for e, k, c in numbers)
    record_rows(OutsideNumber, [row.pk for row in made], Verb.POST)
    configuration_changed(by=None)


def hand_back(numbers: Sequence[str]) -> tuple[str, str] | None:
    """Take numbers away from the active tenant; returns (number, extension) of one that still rings, and takes none."""
    rows = OutsideNumber.objects.filter(e164__in=numbers).order_by("pk").select_for_update(of=("self",))
    held = list(rows.select_related("extension").defer("extension__sip_password"))
    ringing = next(((row.e164, row.extension.number) for row in held if row.extension), None)
    if ringing is not None:
        return ringing
    ids = [row.pk for row in held]
    record_rows(OutsideNumber, ids, Verb.DELETE)
    # audit: written above, from the same rows
    OutsideNumber.objects.filter(pk__in=ids).delete()
    configuration_changed(by=None)
    return None

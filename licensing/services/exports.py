"""The two files behind “Download”: at once, or in the background when they are long (EXP-01 to EXP-05)."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from extensions.models import Extension, OutsideNumber
from extensions.selectors import OutsideNumberOf
from licensing.headings import NUMBERS, PROVISIONED
from licensing.models import ExportKind, PreparedExport
from licensing.selectors import AddonNames
from portal.accounts.models import User
from portal.core.csv import lines
from portal.jobs.outbox import enqueue

AT_ONCE = 5000  # rows; more are made in the background
LASTS = timedelta(hours=24)
TASK = "licensing.make_export"
SUFFIXES = {ExportKind.EXTENSIONS: "provisioned_extension", ExportKind.NUMBERS: "available_number"}
HEADINGS = {ExportKind.EXTENSIONS: PROVISIONED, ExportKind.NUMBERS: NUMBERS}

Row = tuple[object, ...]


def file_name(kind: ExportKind, *, organisation: uuid.UUID, at: datetime) -> str:
    """The name that source 002 gives: the organisation's UUID, the time (UTC), what it holds."""
    return f"{organisation}_{at.astimezone(UTC):%Y%m%d%H%M%S}_license_phonesystem_{SUFFIXES[kind]}"


def heading(kind: ExportKind) -> list[str]:
    """The first line: the fields of source 002, in every language the same."""
    return HEADINGS[kind]


def count(kind: ExportKind) -> int:
    """How many rows the file has now."""
    return (Extension if kind is ExportKind.EXTENSIONS else OutsideNumber).objects.count()


def rows(kind: ExportKind) -> Iterator[Row]:
    """The rows, by one query. One for each provisioned extension, or for each outside number."""
    if kind is ExportKind.EXTENSIONS:
        found = Extension.objects.order_by("number").annotate(
            outside=OutsideNumberOf("pk"),
            person=Coalesce(NullIf("user__display_name", Value("")), "user__username", Value("")),
            addon_names=AddonNames("pk"),
        )
        yield from found.values_list("number", "outside", "person", "addon_names").iterator(chunk_size=5000)
        return
    numbers = OutsideNumber.objects.order_by("e164").select_related("extension").defer("extension__sip_password")
    for row in numbers.iterator(chunk_size=5000):
        state = _("Assigned") if row.extension else _("Available")
        yield row.e164, row.get_kind_display(), row.country, state, str(row.extension or "")


def text_of(kind: ExportKind) -> tuple[str, int]:
    """The file of this kind as it is now, and how many rows it has."""
    made = list(lines(heading(kind), rows(kind)))
    return "".join(made), len(made) - 1


@transaction.atomic
def ask_for_export(*, kind: ExportKind, by: User, at: datetime) -> PreparedExport:
    """Have the file made in the background; `by` is written to when it is there."""
    name = file_name(kind, organisation=connection.tenant.uuid, at=at)
    asked = PreparedExport.objects.create(kind=kind, name=name, by=by, asked_at=at)
    enqueue(TASK, export_id=asked.pk)
    return asked


@transaction.atomic
def forget_exports(*, at: datetime) -> int:
    """Throw away files whose time is over; returns how many."""
    # audit: downloads themselves are in the log
    gone, _each = PreparedExport.objects.filter(until__lte=at).delete()
    return gone

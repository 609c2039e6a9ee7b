"""Reads about what the configuration check found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.db.models.functions import JSONObject

from extensions.models import Configuration, Finding, Severity
from portal.core.chips import Chip

_LOOKS = {
    Severity.ERROR: ("failed", "alert-octagon"),
    Severity.WARNING: ("warning", "alert-triangle"),
    Severity.HINT: ("neutral", "info-circle"),
}


@dataclass(frozen=True, slots=True)
class LastRun:
    """When the check ran last (None: never), whether something was changed since, and what it found.

    `found` counts the findings by severity, the worst first, without those that have none.
    """

    at: datetime | None
    outdated: bool
    found: list[tuple[Severity, int]]


def findings() -> QuerySet[Finding]:
    """Everything found, with `rank`: the place of its severity, the worst first."""
    whens = [When(severity=one.value, then=Value(place)) for place, one in enumerate(Severity)]
    return Finding.objects.annotate(rank=Case(*whens, default=Value(9), output_field=IntegerField()))


def last_run() -> LastRun:
    """When the check ran last, whether it still says everything, and how much it found; one query."""
    counted = Finding.objects.order_by().values("severity").annotate(total=Count("pk"))
    pairs = counted.values_list(JSONObject(severity="severity", total="total"))
    row: Any = Configuration.objects.annotate(found=ArraySubquery(pairs)).get(pk=1)
    totals = {one["severity"]: one["total"] for one in row.found}
    outdated = row.checked_at is not None and row.version != row.checked_version
    return LastRun(row.checked_at, outdated, [(one, totals[one.value]) for one in Severity if one.value in totals])


def severity_chip(severity: Any) -> Chip:
    """How a severity looks."""
    found = Severity(severity)
    return Chip(found.label, *_LOOKS[found])

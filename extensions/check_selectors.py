"""Reads about what the configuration check found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from extensions.models import Configuration, Finding, Severity
from portal.core.chips import Chip

_LOOKS = {
    Severity.ERROR: ("failed", "alert-octagon"),
    Severity.WARNING: ("warning", "alert-triangle"),
    Severity.HINT: ("neutral", "info-circle"),
}


@dataclass(frozen=True, slots=True)
class LastRun:
    """When the check ran last (None: never), and whether something was changed since."""

    at: datetime | None
    outdated: bool


def findings() -> QuerySet[Finding]:
    """Everything found, with `rank`: the place of its severity, the worst first."""
    whens = [When(severity=one.value, then=Value(place)) for place, one in enumerate(Severity)]
    return Finding.objects.annotate(rank=Case(*whens, default=Value(9), output_field=IntegerField()))


def last_run() -> LastRun:
    """When the check ran last, and whether it still says everything."""
    row = Configuration.objects.get(pk=1)
    return LastRun(row.checked_at, row.checked_at is not None and row.version != row.checked_version)


def found_by_severity() -> list[tuple[Severity, int]]:
    """How many findings of each severity there are, the worst first, without those that have none."""
    counted = dict(Finding.objects.order_by().values_list("severity").annotate(Count("pk")))
    return [(one, counted[one.value]) for one in Severity if counted.get(one.value)]


def severity_chip(severity: Any) -> Chip:
    """How a severity looks."""
    found = Severity(severity)
    return Chip(found.label, *_LOOKS[found])

"""A finding of the configuration check, with the tenant's marker in its name."""

from typing import Any

from django.db import connection
from django.utils import timezone

from extensions.models import Finding, Severity
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    facts = {
        "severity": Severity.HINT.value,
        "name": MARKERS[connection.schema_name],
        "text": "Odd.",
        "found_at": timezone.now(),
    }
    found = Finding.objects.get_or_create(code="no_telephone", subject="0", defaults=facts)[0]
    return {("extensions:check_repair", "pk"): found.pk}

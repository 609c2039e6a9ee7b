"""A file that somebody waits for, and an extension with licences, for the access matrix."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from extensions.models import Extension
from licensing.models import PreparedExport
from portal.accounts.models import User
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    return {
        ("licensing:", "number"): Extension.objects.order_by("pk").first().number,
        ("licensing:export", "pk"): _export().pk,
        ("licensing:download", "kind"): "extensions",
    }


def _export() -> PreparedExport:
    now, person = timezone.now(), User.objects.order_by("pk").first()
    facts = {"asked_at": now, "until": now + timedelta(hours=1), "content": MARKERS[connection.schema_name].encode()}
    return PreparedExport.objects.get_or_create(by=person, kind="extensions", name="export", defaults=facts)[0]

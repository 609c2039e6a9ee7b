"""An assignment template with a file and a row, for the access matrix."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from licensing.models import AssignmentFile, AssignmentRow, AssignmentTemplate
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    """A draft whose texts hold the tenant's marker."""
    marker, number = MARKERS[connection.schema_name], 7000 + int(connection.schema_name.removeprefix("t"))
    facts = {"name": marker[:100], "created_at": timezone.now(), "total": 1, "pk": number}
    template, _new = AssignmentTemplate.objects.get_or_create(uuid=UUID(int=number), defaults=facts)
    about = {"name": marker[:100], "kind": "name", "rows": 1, "uploaded_at": timezone.now()}
    file, _new = AssignmentFile.objects.get_or_create(pk=number, template=template, defaults=about)
    cells = {"ext_key": "299", "person": marker[:150], "number": "", "key": "299", "name": marker[:150], "e164": ""}
    row, _new = AssignmentRow.objects.get_or_create(
        pk=number, template=template, defaults={"position": 1, "line": 2, "file": file, **cells}
    )
    return {
        ("licensing:bulk_", "uuid"): template.uuid,
        ("licensing:bulk_remove_file", "pk"): file.pk,
        ("licensing:bulk_remove_user", "pk"): row.pk,
        ("licensing:bulk_sample", "kind"): "name",
    }

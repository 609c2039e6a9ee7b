"""Looking at the rows of a template: before it is started, when it starts, and for each row typed by hand."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from extensions.services.numbers import emergency_numbers
from licensing.bulk.rules import ALL_ROWS, ROW
from licensing.models.bulk import AssignmentTemplate

_KEEP = f"""{ALL_ROWS},
kept AS (
  UPDATE {ROW} AS row SET problems = c.found_now, user_id = c.meant
  FROM checked c WHERE row.id = c.id AND (c.found_now <> c.before OR c.meant IS DISTINCT FROM c.user_before))
SELECT (SELECT count(*) FROM {ROW} WHERE template_id = %(template)s), count(*) FILTER (WHERE found_now <> '[]')
FROM checked"""  # noqa: S608 - our own names


@transaction.atomic
def check_rows(template: AssignmentTemplate) -> AssignmentTemplate:
    """Compare every row with the company as it is now and keep what was found; two statements for any number of rows.

    Returns the template with `total`, `wrong` and `checked_at` as they are now. Rows that have their outcome keep it.
    """
    with connection.cursor() as cursor:
        # Rows that were streamed in a moment ago are not in the planner's statistics: it would take them for a few and
        # compare each with each.
        cursor.execute("SELECT set_config('enable_nestloop', 'off', true)")
        cursor.execute(_KEEP, facts(template))
        template.total, template.wrong = cursor.fetchone()
        cursor.execute("SELECT set_config('enable_nestloop', 'on', true)")
    template.checked_at = timezone.now()
    # audit: a count of what was uploaded, which is in the log
    AssignmentTemplate.objects.filter(pk=template.pk).update(
        total=template.total, wrong=template.wrong, checked_at=template.checked_at
    )
    return template


def facts(template: AssignmentTemplate) -> dict[str, Any]:
    """What the rules need beside the rows: parameters of their SQL."""
    return {
        "template": template.pk,
        "emergency": sorted(emergency_numbers()),
        "addons": template.addons,
    }

"""What the pages of bulk assignments show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Count, Func, OuterRef, QuerySet, Subquery, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.bulk.checking import facts
from licensing.bulk.needs import Need, needs_of, offered_addons
from licensing.bulk.rules import ALL_ROWS, ROW
from licensing.models import AssignmentRow, AssignmentTemplate, BulkState, Pool, RowState
from portal.core.sentences import Sentence
from tenants.models import Sku

# One trip to the database; what the planner is told (see check_rows) ends with it, whatever happens.
_DRY = f"""SELECT set_config('enable_nestloop', 'off', false); {ALL_ROWS}
SELECT count(*), count(*) FILTER (WHERE found_now <> '[]'), count(*) FILTER (WHERE found_now = '[]' AND r.e164 <> ''),
       min(r.key) FILTER (WHERE found_now = '[]'), max(r.key) FILTER (WHERE found_now = '[]')
FROM checked c JOIN {ROW} r ON r.id = c.id; SELECT set_config('enable_nestloop', 'on', false)"""  # noqa: S608 - our own names

_ADDON_NAMES = """
    ARRAY(SELECT name FROM tenants_sku WHERE code IN (SELECT jsonb_array_elements_text(addons)) ORDER BY position)
"""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a run would do as things are now: nothing of it is written (BLK-25)."""

    total: int
    wrong: int
    numbers: int
    first: str
    last: str
    needs: list[Need]

    @property
    def right(self) -> int:
        return self.total - self.wrong

    def addons(self, template: AssignmentTemplate) -> list[str]:
        """What the template's add-ons are called."""
        return [need.name for need in self.needs if need.code in template.addons]

    @property
    def short(self) -> list[Need]:
        """The licences of which there are too few."""
        return [need for need in self.needs if need.short]


def dry_run(template: AssignmentTemplate) -> DryRun:
    """Look at everything as the run would, and write nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_DRY, facts(template))
        cursor.nextset()
        total, wrong, numbers, first, last = cursor.fetchone()
    return DryRun(
        total, wrong, numbers, first or "", last or "", needs_of(template, users=total - wrong, numbers=numbers)
    )


def addon_choices() -> list[tuple[str, str]]:
    """Code and name of each add-on that can be chosen, with how many are available."""
    free = {pool.sku: pool.available for pool in Pool.objects.all()}
    return [(sku.code, _with_count(sku, free.get(sku.code, 0))) for sku in offered_addons().order_by("position")]


def templates_with_addon_names() -> QuerySet[AssignmentTemplate]:
    """Assignment templates, each with `addon_names`: what its add-ons are called, in the order of the catalogue."""
    names = RawSQL(_ADDON_NAMES, (), output_field=ArrayField(TextField()))  # noqa: S611 - nothing that anybody typed
    return AssignmentTemplate.objects.annotate(addon_names=names)


def with_numbers(templates: QuerySet[AssignmentTemplate]) -> QuerySet[AssignmentTemplate]:
    """Each with `numbers`: how many of its rows without problems name an outside number."""
    rows = AssignmentRow.objects.filter(template=OuterRef("pk"), problems=[]).exclude(e164="").order_by()
    counted = rows.values(n=Func("pk", function="COUNT"))
    return templates.annotate(numbers=Coalesce(Subquery(counted), 0))


def report_rows(template: AssignmentTemplate) -> QuerySet[AssignmentRow]:
    """The rows of a template."""
    return AssignmentRow.objects.filter(template=template)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is; `counts` by outcome. `rate` is users a second, `left` seconds to go, both None when unknown."""

    template: AssignmentTemplate
    counts: dict[str, int]
    rate: float | None
    left: int | None

    @property
    def done(self) -> int:
        return self.template.total - self.counts[RowState.WAITING]

    @property
    def is_running(self) -> bool:
        return self.template.state == BulkState.IN_PROGRESS or self.template.undo == "undoing"

    @property
    def message(self) -> str:
        """Why it failed, in the reader's language."""
        return str(Sentence.read(self.template.message)) if self.template.message else ""

    @property
    def slices(self) -> list[dict[str, Any]]:
        """The donut: for each outcome its share of the ring, in hundredths, and where it begins."""
        found, start = [], 0.0
        for state in RowState:
            count = self.counts[state]
            share = 100 * count / max(1, self.template.total)
            if share:
                drawn = {"share": f"{share:.2f}", "rest": f"{100 - share:.2f}", "turn": f"{25 - start:.2f}"}
                found.append({"state": state.value, "count": count, **drawn})
                start += share
        return found


def progress_of(template: AssignmentTemplate, now: datetime | None = None) -> Progress:
    """How far the run of `template` is; one query."""
    found = dict(
        report_rows(template).order_by().values_list("state").annotate(n=Count("pk")).values_list("state", "n")
    )
    counts = {state.value: found.get(state.value, 0) for state in RowState}
    rate = left = None
    if template.state == BulkState.IN_PROGRESS and template.started_at:
        passed = ((now or timezone.now()) - template.started_at).total_seconds()
        done = template.total - counts[RowState.WAITING]
        if done and passed > 0:
            rate = done / passed
            left = round(counts[RowState.WAITING] / rate)
    return Progress(template, counts, rate, left)


def _with_count(sku: Sku, free: int | None) -> str:
    if free is None:
        return sku.name
    return _("%(name)s – %(n)d available") % {"name": sku.name, "n": free}

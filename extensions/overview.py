"""One extension at a glance: who has it, what it does with calls now, what hangs on it (EXT-04). Four queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, JSONObject

from extensions.callflow.first import First, first_answer_of
from extensions.callflow.hours import HoursResult, hours_at
from extensions.models import (
    AgentStatus,
    CallException,
    Destination,
    DestinationKind,
    Extension,
    Key,
    Phone,
    SettingValue,
    StatusKind,
    Team,
)
from extensions.models.destination import POINTERS
from extensions.schedule_selectors import facts_of, schedules
from extensions.selectors import addon_names
from extensions.services.deletion.survey import counts_of_uses
from extensions.settings.catalogue.hours import BREAKS, EXEMPT, HOURS
from extensions.settings.subjects import Subject
from extensions.snapshot.facts import ExceptionFacts, ExtensionFacts, ScheduleFacts, Snapshot, StatusFacts
from extensions.snapshot.holding import Holding
from extensions.snapshot.hours import destination_facts
from extensions.snapshot.one import alone, around, holding_of
from extensions.snapshot.sayings import load_sayings


def whole_extensions() -> QuerySet[Any]:
    """Extensions with everything that the overview tells of each, in one query."""
    own = {"extension": OuterRef("pk")}
    teams = Team.objects.filter(memberships__extension=OuterRef("pk")).order_by("name", "pk")
    phones = Phone.objects.filter(**own).order_by("pk")
    exceptions = CallException.objects.filter(Q(extension=OuterRef("pk")) | Q(extension=None))
    keys = Key.objects.filter(
        Q(panel__extension=OuterRef("pk")) | Q(panel__used_by__extension=OuterRef("pk"), panel__used_by__linked=True)
    )
    return Extension.objects.select_related(
        "user", "home_team", "mailbox__greeting", "presence__status", "presence__by", "key_panel__template",
        "outside_number",
    ).annotate(
        addon_names=addon_names(),
        available=Subquery(AgentStatus.objects.filter(kind=StatusKind.AVAILABLE).values("label")[:1]),
        joined=ArraySubquery(teams.values(row=JSONObject(pk="pk", name="name"))),
        telephones=ArraySubquery(phones.values(row=JSONObject(id="pk", mac="mac", model="model", place="place"))),
        exception_rows=ArraySubquery(exceptions.order_by("position", "pk").values(row=_exception_columns())),
        key_count=Coalesce(Subquery(keys.order_by().values(one=F("pk") * 0).annotate(n=Count("position", distinct=True))
                                    .values("n")), 0),
        used_by=counts_of_uses(Extension),
    )  # fmt: skip


@dataclass(frozen=True)
class Overview:
    """`settings` is what holds for the extension; `schedules` those that bear on it, by id."""

    extension: Any
    settings: Holding
    status: StatusFacts
    schedules: dict[int, ScheduleFacts]
    exceptions: dict[int | None, tuple[ExceptionFacts, ...]]
    destinations: list[Destination]
    at: datetime

    @cached_property
    def hours(self) -> HoursResult | None:
        """What the hours say now; None where no schedule holds."""
        schedule = self.schedule
        if schedule is None:
            return None
        breaks = self.schedules.get(self.settings[BREAKS].value or 0)
        return hours_at(schedule, self.at, breaks=breaks, exempt=bool(self.settings[EXEMPT].value))

    @property
    def schedule(self) -> ScheduleFacts | None:
        """The office hours that hold."""
        return self.schedules.get(self.settings[HOURS].value or 0)

    @cached_property
    def facts(self) -> ExtensionFacts:
        """The extension as the evaluation of calls reads it."""
        own = self.exceptions.get(self.extension.pk, ())
        return alone(self.extension, settings=self.settings, status=self.status, exceptions=own)

    @cached_property
    def snapshot(self) -> Snapshot:
        """What surrounds it, by name."""
        return around(
            self.facts,
            schedules=self.schedules,
            exceptions=self.exceptions.get(None, ()),
            destinations=self.destinations,
            at=self.at,
        )

    @cached_property
    def call(self) -> First:
        """What becomes of a call from outside now."""
        return first_answer_of(self.snapshot, self.facts, self.at)


def overview_of(extension: Any, *, at: datetime) -> Overview:
    """The overview of a row of `whole_extensions()`; three more queries, or one where no schedule holds."""
    joins = [f"destination__{pointer}" for pointer in POINTERS.values()]
    rows = list(
        SettingValue.objects.filter(Subject(extension=extension).rows()).select_related(
            "team", "destination__mailbox__extension", *joins
        )
    )
    settings = holding_of(extension, load_sayings(rows))
    exceptions, targets = _exceptions(extension.exception_rows)
    wanted = {settings[HOURS].value, settings[BREAKS].value, *(row["schedule"] for row in extension.exception_rows)}
    ids = wanted - {None}
    return Overview(
        extension=extension,
        settings=settings,
        status=_status(extension, at),
        schedules=facts_of(schedules().filter(pk__in=ids)) if ids else {},
        exceptions=exceptions,
        destinations=[*(row.destination for row in rows if row.destination), *targets],
        at=at,
    )


def _status(extension: Any, at: datetime) -> StatusFacts:
    row = getattr(extension, "presence", None)
    if row is None or not row.status.enabled or row.until is not None and row.until <= at:
        return StatusFacts(StatusKind.AVAILABLE, extension.available, True, True)
    status = row.status
    return StatusFacts(StatusKind(status.kind), status.label, status.rings_team, status.takes_queue)


def _exceptions(
    rows: Iterable[dict[str, Any]],
) -> tuple[dict[int | None, tuple[ExceptionFacts, ...]], list[Destination]]:
    """Those of the extension and those of the company (None), and where they lead."""
    found: dict[int | None, tuple[ExceptionFacts, ...]] = {}
    targets = []
    for row in rows:
        to = _destination(row)
        targets += [to] if to else []
        one = ExceptionFacts(row["label"], row["prefix"], row["schedule"], row["when_open"], destination_facts(to))
        found[row["extension"]] = (*found.get(row["extension"], ()), one)
    return found, targets


def _destination(row: dict[str, Any]) -> Destination | None:
    if not row["kind"]:
        return None
    kind = DestinationKind(row["kind"])
    made = Destination(kind=kind, number=row["number"] or "")
    if kind in POINTERS and row["target"]:
        model: Any = Destination._meta.get_field(POINTERS[kind]).related_model
        setattr(made, POINTERS[kind], model(**row["target"]))
    return made


def _exception_columns() -> JSONObject:
    plain = {name: name for name in ("label", "prefix", "schedule", "when_open", "extension")}
    named = Coalesce(*(_if(f"destination__{pointer}", columns) for pointer, columns in _NAMES.items()))
    return JSONObject(**plain, kind="destination__kind", number="destination__number", target=named)


_NAMES = {
    "extension": ("number", "directory_name"),
    "team": ("name", "number", "strategy", "ring_seconds"),
    "mailbox": ("number", "name", "extension_id"),
    "conference": ("number", "name", "most"),
    "announcement": ("name",),
}


def _if(pointer: str, columns: tuple[str, ...]) -> Any:
    facts = JSONObject(id=f"{pointer}_id", **{name: f"{pointer}__{name}" for name in columns})
    return Case(When(**{f"{pointer}__isnull": False, "then": facts}))

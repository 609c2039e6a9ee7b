"""The hours of a week as rows of from–to boxes: what is typed there is the truth, painting only fills them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.models import IntervalKind
from extensions.services.schedules.week import DAY, MOST, Span, Week, faults_of

_TIME = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])")
_READ = MOST + 2  # one more than allowed is seen, and refused with words


@dataclass(frozen=True, slots=True)
class Slot:
    """One pair of boxes, as typed. `name` is the start of the names of its boxes."""

    name: str
    kind: IntervalKind
    weekday: int
    place: int
    starts: str = ""
    ends: str = ""
    next_day: bool = False
    fault: str = ""

    @property
    def filled(self) -> bool:
        return bool(self.starts or self.ends or self.next_day)

    def span(self) -> Span | None:
        """What it says; None where a time is missing or unreadable."""
        starts, ends = _minutes(self.starts), _minutes(self.ends)
        if starts is None or ends is None or starts >= DAY:
            return None
        return Span(self.weekday, starts, ends + DAY if self.next_day else ends, self.kind)


@dataclass(frozen=True, slots=True)
class DayRow:
    """One weekday of the form: for open hours and for breaks the boxes shown at once, and those behind “More”."""

    weekday: int
    label: Any
    kinds: list["KindRow"]


@dataclass(frozen=True, slots=True)
class KindRow:
    kind: IntervalKind
    label: Any
    shown: list[Slot]
    more: list[Slot]


class WeekTyped:
    """All boxes of a week as somebody typed them, with what is wrong in each."""

    def __init__(self, slots: list[Slot]) -> None:
        filled = [(place, slot) for place, slot in enumerate(slots) if slot.filled]
        spans = [(place, slot.span()) for place, slot in filled]
        readable = [(place, span) for place, span in spans if span is not None]
        wrong = {place: _("Give both times, like 09:00 and 17:30.") for place, span in spans if span is None}
        for number, sentence in faults_of([span for _place, span in readable]).items():
            wrong.setdefault(readable[number][0], sentence)
        self.slots = [replace(slot, fault=wrong.get(place, "")) for place, slot in enumerate(slots)]
        self.week = Week(tuple(sorted(span for _place, span in readable)))
        self.faults = len(wrong)

    @classmethod
    def read(cls, data: Mapping[str, Any], name: str) -> "WeekTyped":
        """From a posted form."""
        slots = []
        for slot in _empty(name):
            typed = [str(data.get(f"{slot.name}-{part}", "")).strip() for part in ("from", "until")]
            ticked = bool(data.get(f"{slot.name}-next"))
            slots.append(replace(slot, starts=typed[0], ends=typed[1], next_day=ticked))
        return cls(slots)

    @classmethod
    def of(cls, week: Week, name: str) -> "WeekTyped":
        """From a stored week."""
        slots = []
        for slot in _empty(name):
            spans = week.of(slot.kind, slot.weekday)
            slots.append(_filled(slot, spans[slot.place]) if slot.place < len(spans) else slot)
        return cls(slots)

    def days(self) -> list[DayRow]:
        """The rows of the form: four pairs of boxes for each kind, more only where more was typed."""
        return [DayRow(day, WEEKDAYS[day], [self._of(kind, day) for kind in IntervalKind]) for day in range(7)]

    def _of(self, kind: IntervalKind, weekday: int) -> KindRow:
        own = [slot for slot in self.slots if slot.kind == kind and slot.weekday == weekday]
        shown = [slot for slot in own if not slot.place or slot.filled]
        more = [slot for slot in own if slot not in shown and slot.place < MOST]
        return KindRow(kind, kind.label, shown, more)


class WeekWidget(forms.Widget):
    """Rows of boxes, one for each weekday; `templates/schedules/_week_fields.html`."""

    template_name = "schedules/_week_fields.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        typed = value if isinstance(value, WeekTyped) else WeekTyped.of(value or Week(), name)
        return {**super().get_context(name, None, attrs), "days": typed.days()}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> WeekTyped:
        return WeekTyped.read(data, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class WeekField(forms.Field):
    """Cleans to a Week; every fault stands beside its own boxes, too."""

    widget = WeekWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("Hours"), required=False, **kwargs)

    def clean(self, value: Any) -> Week:
        if value.faults:
            raise forms.ValidationError(_("Some hours need another look: see the days that are marked."))
        return value.week  # type: ignore[no-any-return]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or Week()) != data.week)


def with_copied_day(data: Any, name: str, source: int, targets: list[int]) -> Any:
    """Posted data in which the days `targets` say what the day `source` says."""
    changed = data.copy()
    for slot in _empty(name):
        if slot.weekday in targets:
            origin = slot.name.replace(f"-{slot.weekday}-", f"-{source}-")
            for part in ("from", "until", "next"):
                changed.pop(f"{slot.name}-{part}", None)
                if data.get(f"{origin}-{part}"):
                    changed[f"{slot.name}-{part}"] = data[f"{origin}-{part}"]
    return changed


def _empty(name: str) -> Iterator[Slot]:
    for kind in IntervalKind:
        for day in range(7):
            for place in range(_READ):
                yield Slot(f"{name}-{kind.value}-{day}-{place}", kind, day, place)


def _filled(slot: Slot, span: Span) -> Slot:
    past = span.ends >= DAY
    ends = span.ends - DAY if past else span.ends
    return replace(slot, starts=_clock(span.starts), ends=_clock(ends), next_day=past)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minutes(text: str) -> int | None:
    found = _TIME.fullmatch(text)
    minute = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    return minute if minute <= DAY else None

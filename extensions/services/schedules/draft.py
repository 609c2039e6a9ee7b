"""A holiday before it is saved, and what may be wrong with it (SCH-05)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from extensions.models import HolidayKind
from extensions.services.destinations import Target

SHORTEST, LONGEST = 4, 60  # characters of a holiday's name
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class HolidayDraft:
    """A holiday before it is saved. `starts` and `ends` are minutes of the day, both None for the whole day."""

    name: str
    kind: HolidayKind = HolidayKind.DATE
    first_day: date | None = None
    last_day: date | None = None
    month: int | None = None
    weekday: int | None = None
    nth: int | None = None
    recurring: bool = False
    starts: int | None = None
    ends: int | None = None
    target: Target | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of the row; what does not belong to the kind is left empty, and a rule comes back every year."""
        dated, rule = self.kind is not HolidayKind.RULE, self.kind is HolidayKind.RULE
        return {
            "name": self.name,
            "kind": self.kind.value,
            "first_day": self.first_day if dated else None,
            "last_day": self.last_day if self.kind is HolidayKind.RANGE else None,
            "month": self.month if rule else None,
            "weekday": self.weekday if rule else None,
            "nth": self.nth if rule else None,
            "recurring": self.recurring or rule,
            "starts": self.starts,
            "ends": self.ends,
        }


def name_fault(name: str) -> str:
    """What is wrong with a holiday's name, or an empty text."""
    if SHORTEST <= len(name) <= LONGEST:
        return ""
    return _("Use %(least)d to %(most)d characters.") % {"least": SHORTEST, "most": LONGEST}


def faults_of(draft: HolidayDraft) -> dict[str, str]:
    """What is wrong with a draft, by field."""
    found = {"name": name_fault(draft.name), **_day_faults(draft)}
    if (draft.starts is None) != (draft.ends is None):
        found["ends" if draft.ends is None else "starts"] = _("Say both times, or none for the whole day.")
    elif draft.starts is not None and draft.ends is not None and draft.ends <= draft.starts:
        found["ends"] = _("The end must be after the start.")
    return {field: sentence for field, sentence in found.items() if sentence}


def _day_faults(draft: HolidayDraft) -> dict[str, str]:
    if draft.kind is HolidayKind.RULE:
        asked = {"month": draft.month, "weekday": draft.weekday, "nth": draft.nth}
        return {name: _("Choose one.") for name, value in asked.items() if value is None}
    if draft.first_day is None:
        return {"first_day": _("Choose the day.")}
    if draft.first_day.year not in YEARS:
        return {"first_day": _("Choose a day between 2000 and 2100.")}
    return _range_faults(draft, draft.first_day) if draft.kind is HolidayKind.RANGE else {}


def _range_faults(draft: HolidayDraft, first: date) -> dict[str, str]:
    if draft.last_day is None:
        return {"last_day": _("Choose the last day.")}
    if draft.last_day < first:
        return {"last_day": _("The last day must not be before the first.")}
    return {"last_day": _("At most one year.")} if (draft.last_day - first).days > 365 else {}

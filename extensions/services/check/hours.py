"""What is odd about schedules and holidays; the same rules mark them on their own pages (SCH-10)."""

from collections import defaultdict
from collections.abc import Iterator
from functools import reduce

from django.urls import reverse

from extensions.services.check.problems import Problem, Survey
from extensions.services.schedules.problems import problems_of
from portal.core.sentences import Sentence

MOST = 5  # sentences told of one schedule


def schedules_without_hours(survey: Survey) -> Iterator[Problem]:
    """Schedules that are never open."""
    return _of_schedules(survey, "empty_week")


def overlapping_hours(survey: Survey) -> Iterator[Problem]:
    """Schedules in which hours of one kind overlap; one problem for each schedule."""
    return _of_schedules(survey, "overlap")


def past_holidays(survey: Survey) -> Iterator[Problem]:
    """One-off holidays that are over; each once, for however many schedules it counted."""
    told = set()
    for one in problems_of(survey.snapshot):
        if one.code == "past_holiday" and one.holiday_id not in told:
            told.add(one.holiday_id)
            url = reverse("extensions:holiday_edit", args=[one.holiday_id])
            yield Problem(str(one.holiday_id), one.schedule, one.text, url)


def _of_schedules(survey: Survey, code: str) -> Iterator[Problem]:
    found: dict[tuple[int, str], list[Sentence]] = defaultdict(list)
    for one in problems_of(survey.snapshot):
        if one.code == code:
            found[one.schedule_id, one.schedule].append(one.text)
    for (pk, name), texts in found.items():
        yield Problem(str(pk), name, _together(texts), reverse("extensions:schedule_edit", args=[pk]))


def _together(texts: list[Sentence]) -> Sentence:
    """The first few sentences as one; the schedule's own page says all."""
    return reduce(lambda before, one: Sentence("%(before)s %(one)s", {"before": before, "one": one}), texts[:MOST])

"""Reads about call controls that feed screens."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, QuerySet
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from extensions.models import (
    AgentStatus,
    BlockedCaller,
    CallException,
    CallTest,
    CallTestState,
    Configuration,
    Extension,
    OutgoingRuleSet,
    Team,
)


def failing_call_tests(*, extension: Extension | None = None, team: Team | None = None) -> QuerySet[CallTest]:
    """Kept call tests that end differently now; with an extension or a team only those whose call passes it."""
    found = CallTest.objects.filter(state=CallTestState.FAILED).order_by("name", "pk")
    if extension is not None:
        return found.filter(touched__contains=[["extension", extension.pk]])
    return found.filter(touched__contains=[["team", team.pk]]) if team is not None else found


@dataclass(frozen=True, slots=True)
class Profile:
    """A status in use: each has its own profile."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class FailedTest:
    """A kept test that ends differently now."""

    pk: int
    name: str
    found_words: str


@dataclass(frozen=True, slots=True)
class Framed:
    """Somebody whose call controls are shown (None: the company), the profiles, and failed tests that pass them."""

    owner: Extension | Team | None
    profiles: list[Profile]
    failing: list[FailedTest]


def framed(*, number: str | None = None, team: int | None = None) -> Framed:
    """What stands around a page of call controls, in one query. Raises Http404 where extension or team are not there.

    `number` is an extension's; without it and without `team` the company is meant.
    """
    rows: QuerySet[Any] = Configuration.objects.filter(pk=1)
    if number is not None:
        rows = Extension.objects.filter(number=number).select_related("home_team", "presence__status")
    elif team is not None:
        rows = Team.objects.filter(pk=team)
    found = get_object_or_404(rows.annotate(profiles_in_use=_profiles(), tests_failing=_failing()))
    owner = None if isinstance(found, Configuration) else found
    key = [("extension" if number is not None else "team"), found.pk]
    failing = [one for one in found.tests_failing if owner is None or key in one.pop("touched")]
    named = [FailedTest(one["pk"], one["name"], one["found_words"]) for one in failing[:5]]
    return Framed(owner, [Profile(**one) for one in found.profiles_in_use], named)


def _profiles() -> ArraySubquery:
    rows = AgentStatus.objects.filter(enabled=True).order_by("position", "pk")
    return ArraySubquery(rows.values(one=JSONObject(kind="kind", label="label")))


def _failing() -> ArraySubquery:
    facts = JSONObject(pk="pk", name="name", found_words="found_words", touched="touched")
    return ArraySubquery(failing_call_tests().values(one=facts))


def blocked_callers(extension: Extension | None) -> QuerySet[BlockedCaller]:
    """The list of an extension, or of the company."""
    return BlockedCaller.objects.filter(extension=extension)


def call_exceptions(extension: Extension | None) -> QuerySet[CallException]:
    """The exceptions of an extension, or of the company, in order, with everything that is shown of them."""
    pointers = ("extension", "team", "mailbox__extension", "conference", "announcement")
    related = [f"destination__{pointer}" for pointer in pointers]
    rows = CallException.objects.filter(extension=extension)
    return rows.select_related("schedule", "destination", *related).order_by("position", "pk")


def rule_sets() -> QuerySet[Any]:
    """Every set of rules, with how many rules it has and how often it is used."""
    return OutgoingRuleSet.objects.annotate(
        rule_count=Count("rules", distinct=True), use_count=Count("uses", distinct=True)
    )

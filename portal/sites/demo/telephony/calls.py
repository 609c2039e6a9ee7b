"""Call controls of a demonstration company: two sets of rules, blocked callers, an exception, forwards, five tests."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from extensions.models import DestinationKind, Extension, OutgoingRuleSet, Schedule, Team
from extensions.services.calls.blocked import block_caller
from extensions.services.calls.exceptions import ExceptionFacts, add_exception
from extensions.services.calls.kept_tests import Question, keep_call_test
from extensions.services.calls.rules import RuleFacts, add_rule, create_rule_set
from extensions.services.destinations import Target
from extensions.services.settings import change_settings
from extensions.settings.catalogue.calls import MAIN_NUMBER
from extensions.settings.catalogue.recording import RecordingMode
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from portal.sites.demo.telephony.characters import character
from portal.sites.demo.telephony.habits import COUNTRY, Habits, Lines, habits

ALWAYS = RecordingMode.ALWAYS.value
BOTH_WAYS = ("recording.incoming", "recording.outgoing")


def furnish(*, by: User, at: datetime) -> None:
    """Set up the call controls inside the active tenant; after its extensions, teams and schedules."""
    desks = list(Extension.objects.order_by("number", "pk"))
    if len(desks) < 3:  # noqa: PLR2004 - the calls below go between three desks
        return
    told = habits()
    own, wide = (_rules(*told.rules, False, by), _rules(*told.wide, True, by))
    first = Team.objects.get(name=character().crews[0].name)
    main = Target(DestinationKind.TEAM, first)
    change_settings(subject=COMPANY, values={"outgoing.rules": own, MAIN_NUMBER: main}, by=by)
    for desk in desks[told.wide_for : told.wide_for + 1]:
        change_settings(subject=Subject(extension=desk), values={"outgoing.rules": wide}, by=by)
    for blocking in told.blocked:
        block_caller(extension=None, blocking=blocking, by=by)
    _forwards(told, desks, by)
    change_settings(subject=Subject(team=first), values={"recording.incoming": ALWAYS}, by=by)
    change_settings(subject=Subject(extension=desks[1]), values=dict.fromkeys(BOTH_WAYS, ALWAYS), by=by)
    label, caller = told.exception
    facts = ExceptionFacts(label, caller, Schedule.objects.order_by("name").first(), True, None)
    add_exception(extension=desks[0], facts=facts, by=by)
    _tests(told, desks, by, at)


def _rules(name: str, lines: Lines, allow_by_default: bool, by: User) -> OutgoingRuleSet:
    made = create_rule_set(name=name, allow_by_default=allow_by_default, by=by)
    own = connection.tenant.country
    for match, value, allow, note in lines:
        if (match, value) != (COUNTRY, own):
            add_rule(rule_set=made, facts=RuleFacts(match, str(value), allow, note), by=by)
    return made


def _forwards(told: Habits, desks: list[Extension], by: User) -> None:
    for place, key, target, seconds in told.forwards:
        if max(place, target) < len(desks):
            values: dict[str, Any] = {key: True, f"{key}.to": Target(DestinationKind.EXTENSION, desks[target])}
            values |= {f"{key}.seconds": seconds} if seconds else {}
            change_settings(subject=Subject(extension=desks[place]), values=values, by=by)


def _tests(told: Habits, desks: list[Extension], by: User, at: datetime) -> None:
    noon = at.replace(hour=12, minute=0, second=0, microsecond=0)
    weekday = noon - timedelta(days=noon.weekday() - 1)  # the Tuesday of that week
    for name, caller, place, days in told.tests:
        who = caller if isinstance(caller, str) else desks[caller].number if caller < len(desks) else ""
        if place < len(desks):
            question = Question(who, desks[place].number, weekday + timedelta(days=days))
            keep_call_test(name=name, question=question, by=by, at=at)

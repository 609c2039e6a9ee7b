"""Call controls of a demonstration company: two sets of rules, blocked callers, an exception, forwards, five tests."""

from datetime import datetime, timedelta

from django.db import connection

from extensions.models import (
    BlockAction,
    BlockDirection,
    BlockMatch,
    CallClass,
    DestinationKind,
    Extension,
    OutgoingMatch,
    OutgoingRuleSet,
    Schedule,
)
from extensions.services.calls.blocked import Blocking, block_caller
from extensions.services.calls.exceptions import ExceptionFacts, add_exception
from extensions.services.calls.kept_tests import Question, keep_call_test
from extensions.services.calls.rules import RuleFacts, add_rule, create_rule_set
from extensions.services.destinations import Target
from extensions.services.settings import change_settings
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User

Lines = tuple[tuple[OutgoingMatch, str, bool, str], ...]
CLASS, COUNTRY, PREFIX = OutgoingMatch.CLASS, OutgoingMatch.COUNTRY, OutgoingMatch.PREFIX
OFFICE: Lines = (
    (CLASS, CallClass.PREMIUM, False, "Nobody needs these"),
    (CLASS, CallClass.INTERNAL, True, ""),
    (CLASS, CallClass.LOCAL, True, ""),
    (CLASS, CallClass.NATIONAL, True, ""),
    (CLASS, CallClass.MOBILE, True, ""),
    (COUNTRY, "IE", True, "Head office of our supplier"),
)
INTERNATIONAL: Lines = (
    (CLASS, CallClass.PREMIUM, False, "Nobody needs these"),
    (PREFIX, "+881", False, "Satellite telephones"),
    (PREFIX, "+882", False, "Satellite telephones"),
    (CLASS, CallClass.INTERNATIONAL, True, ""),
)
BLOCKED = (
    Blocking(BlockMatch.NUMBER, "+442079460999", BlockDirection.IN, BlockAction.REJECT, "Rang forty times in a day"),
    Blocking(BlockMatch.PREFIX, "+88213", BlockDirection.BOTH, BlockAction.REJECT, "Satellite fraud, spring"),
    Blocking(BlockMatch.ANONYMOUS, "", BlockDirection.IN, BlockAction.VOICEMAIL, "May leave a message"),
)
BOSS, CUSTOMER = "+447700900102", "+442079461234"


def furnish(*, by: User, at: datetime) -> None:
    """Set up the call controls inside the active tenant; after its extensions, teams and schedules."""
    desks = list(Extension.objects.order_by("number", "pk"))
    if len(desks) < 3:  # noqa: PLR2004 - the calls below go between three desks
        return
    office = _rules("Office", OFFICE, False, by)
    wide = _rules("International", INTERNATIONAL, True, by)
    change_settings(subject=COMPANY, values={"outgoing.rules": office}, by=by)
    change_settings(subject=Subject(extension=desks[1]), values={"outgoing.rules": wide}, by=by)
    for blocking in BLOCKED:
        block_caller(extension=None, blocking=blocking, by=by)
    _forwards(desks, by)
    facts = ExceptionFacts("The boss on the mobile", BOSS, Schedule.objects.order_by("name").first(), True, None)
    add_exception(extension=desks[0], facts=facts, by=by)
    _tests(desks, by, at)


def _rules(name: str, lines: Lines, allow_by_default: bool, by: User) -> OutgoingRuleSet:
    made = create_rule_set(name=name, allow_by_default=allow_by_default, by=by)
    own = connection.tenant.country
    for match, value, allow, note in lines:
        if (match, value) != (COUNTRY, own):
            add_rule(rule_set=made, facts=RuleFacts(match, str(value), allow, note), by=by)
    return made


def _forwards(desks: list[Extension], by: User) -> None:
    """The second desk forwards to the first while away; the first hands over when busy."""
    away, busy = "forward.away.external.no_answer", "forward.busy.external.busy"
    to = Target(DestinationKind.EXTENSION, desks[2])
    values = {away: True, f"{away}.to": to, f"{away}.seconds": 15}
    change_settings(subject=Subject(extension=desks[1]), values=values, by=by)
    change_settings(subject=Subject(extension=desks[0]), values={busy: True, f"{busy}.to": to}, by=by)


def _tests(desks: list[Extension], by: User, at: datetime) -> None:
    noon = at.replace(hour=12, minute=0, second=0, microsecond=0)
    weekday = noon - timedelta(days=noon.weekday() - 1)  # the Tuesday of that week
    questions = (
        ("A customer calls the front desk", Question(CUSTOMER, desks[0].number, weekday)),
        ("The boss calls the front desk", Question(BOSS, desks[0].number, weekday)),
        ("A customer calls on Saturday", Question(CUSTOMER, desks[0].number, weekday + timedelta(days=4))),
        ("Somebody without a number calls", Question("", desks[1].number, weekday)),
        ("Colleagues reach each other", Question(desks[1].number, desks[2].number, weekday)),
    )
    for name, question in questions:
        keep_call_test(name=name, question=question, by=by, at=at)

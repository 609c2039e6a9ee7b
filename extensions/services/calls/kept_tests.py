"""Kept call tests: “somebody calls X at time T, and this must happen”, run again after every change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.callflow.callers import caller_of
from extensions.callflow.path import call_path
from extensions.callflow.statuses import with_everybody_available
from extensions.callflow.steps import Path
from extensions.models import CallTest, CallTestState, Configuration
from extensions.snapshot.facts import Snapshot
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.phone_numbers import NotANumber
from portal.core.versions import lock_version

MOST = 500
_RESULT = ("state", "found", "found_words", "touched", "ran_at")


class NameTaken(DomainError):
    """Another test has this name."""


class TooManyTests(DomainError):
    """More than can be run after every change."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a test asks: a caller (empty: anonymous), what is dialled, and when (aware)."""

    caller: str
    dialled: str
    at: datetime


@transaction.atomic
def keep_call_test(*, name: str, question: Question, by: User, at: datetime) -> CallTest:
    """Keep a question with what happens now as what must happen. Raises NameTaken, NotANumber and TooManyTests."""
    if CallTest.objects.count() >= MOST:
        raise TooManyTests(_("There may be at most %(most)d kept tests.") % {"most": MOST})
    row = CallTest(created_by=by)
    _ask(row, name, question)
    return _save(_expect(row, _path(_everybody(at), question), at))


@transaction.atomic
def edit_call_test(
    *, test: CallTest, name: str, question: Question, version: int | None, by: User, at: datetime
) -> CallTest:
    """Change a test; what happens now becomes what must happen. Raises as `keep_call_test`, and ChangedMeanwhile."""
    row = lock_version(CallTest, test.pk, version)
    _ask(row, name, question)
    return _save(_expect(row, _path(_everybody(at), question), at))


@transaction.atomic
def accept_call_test(*, test: CallTest, by: User, at: datetime) -> CallTest:
    """Take what happens now for right from now on."""
    row = lock_version(CallTest, test.pk, None)
    return _save(_expect(row, _path(_everybody(at), question_of(row)), at))


@transaction.atomic
def delete_call_test(*, test: CallTest, by: User) -> None:
    """Forget a test."""
    test.delete()


@transaction.atomic
def run_call_tests(*, at: datetime, only: Iterable[int] | None = None) -> int:
    """Run all kept tests (or those with the ids `only`) on the configuration as it is; returns how many differ now.

    Everybody counts as available. Safe to run twice.
    """
    rows = list(CallTest.objects.select_for_update().filter(**({} if only is None else {"pk__in": list(only)})))
    if not rows:
        return 0
    snapshot = _everybody(at)
    for row in rows:
        _judge(row, snapshot, at)
    CallTest.objects.bulk_update(rows, _RESULT)  # audit: results of runs are left out of the log
    if only is None:
        # audit: a counter
        Configuration.objects.filter(pk=1).update(tested_version=snapshot.version)
    return sum(row.state == CallTestState.FAILED for row in rows)


def question_of(test: CallTest) -> Question:
    """What a kept test asks."""
    return Question(test.caller, test.dialled, test.at)


def _everybody(at: datetime) -> Snapshot:
    return with_everybody_available(take_snapshot(at=at))


def _path(snapshot: Snapshot, question: Question) -> Path:
    try:
        caller = caller_of(snapshot, question.caller)
    except NotANumber as fault:
        raise NotANumber(str(fault), field="caller") from fault
    return call_path(snapshot, caller, question.dialled, question.at)


def _ask(row: CallTest, name: str, question: Question) -> None:
    row.name, row.caller, row.dialled, row.at = name, question.caller, question.dialled, question.at


def _expect(row: CallTest, path: Path, at: datetime) -> CallTest:
    row.expected, row.expected_words = path.key, path.words
    row.touched = []
    _found(row, path, at)
    return row


def _judge(row: CallTest, snapshot: Snapshot, at: datetime) -> None:
    try:
        _found(row, _path(snapshot, question_of(row)), at)
    except NotANumber as fault:  # the extension that called is gone
        row.state, row.ran_at = CallTestState.FAILED, at
        row.found, row.found_words = "nobody", str(fault)


def _found(row: CallTest, path: Path, at: datetime) -> None:
    row.found, row.found_words, row.ran_at = path.key, path.words, at
    row.state = CallTestState.PASSED if path.key == row.expected else CallTestState.FAILED
    passed = {(place.topic.value, place.id) for place in path.touched} | {tuple(one) for one in row.touched}
    row.touched = [list(one) for one in sorted(passed)][:50]


def _save(row: CallTest) -> CallTest:
    with refusing({"call_test_name_unique": NameTaken(_("Another test has this name."), field="name")}):
        row.save()
    return row

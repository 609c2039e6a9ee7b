"""Running the check, and mending what it found (LNT-01)."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from extensions.models import Configuration, Extension, Finding
from extensions.services.check.catalogue import CHECKS, Check
from extensions.services.check.problems import Problem, Survey
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.core.sentences import Sentence, in_source_language
from portal.jobs.outbox import enqueue

BATCH = 2000
AT_ONCE = 1500  # extensions that are looked at while somebody waits
TASK = "extensions.check_configuration"


class NoRepair(DomainError):
    """This cannot be mended by one click."""


@transaction.atomic
def run_check(*, at: datetime) -> int:
    """Look at everything and write all findings anew; returns how many there are. Safe to run twice, also at once."""
    survey = Survey(take_snapshot(at=at))
    found = [_finding(check, problem, at) for check in CHECKS.values() for problem in check.find(survey)]
    with connection.cursor() as cursor:  # two runs at once: the later one writes when the first has committed
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('check'), hashtext(%s))", [connection.schema_name])
    Finding.objects.all().delete()
    Finding.objects.bulk_create(found, batch_size=BATCH)  # audit: exempt, written anew by each run
    # audit: when the check ran is no change of the configuration
    Configuration.objects.filter(pk=1).update(checked_at=at, checked_version=survey.snapshot.version)
    return len(found)


@transaction.atomic
def check_now(*, at: datetime) -> int | None:
    """Run the check because somebody asked. In a large tenant it is left to a worker: then the answer is None."""
    if Extension.objects.count() > AT_ONCE:
        enqueue(TASK, key="asked")
        return None
    return run_check(at=at)


@transaction.atomic
def repair_finding(*, finding: Finding, by: User, at: datetime) -> str:
    """Mend what `finding` reports and forget it; returns what to say then.

    Raises NoRepair where its check has none, and what the repair itself refuses.
    """
    check = CHECKS.get(finding.code)
    if check is None or check.repair is None:
        raise NoRepair(_("This needs a person: follow the link of the finding."))
    check.repair.mend(finding.subject, by, at)
    finding.delete()
    return str(check.repair.done)


def _finding(check: Check, problem: Problem, at: datetime) -> Finding:
    return Finding(
        code=check.code,
        severity=check.severity.value,
        subject=problem.subject,
        name=in_source_language(problem.name)[:160],
        url=problem.url,
        text=in_source_language(problem.text)[:300],
        said={"text": problem.text.stored(), **_name(problem)},
        found_at=at,
    )


def _name(problem: Problem) -> dict[str, Any]:
    """The object's name where it is a sentence; a plain name is the same in every language."""
    return {"name": problem.name.stored()} if isinstance(problem.name, Sentence) else {}

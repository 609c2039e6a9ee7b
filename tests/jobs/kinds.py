"""Kinds of jobs and tasks that only the tests of the engine have. Real processes load them through `tests.jobs.worker`.

Their effects are rows of one plain table, so that a test can count what really happened.
"""

import time
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from portal.core.errors import DomainError
from portal.jobs.context import Context
from portal.jobs.models import Job
from portal.jobs.registry import JobKind, StepKind, job_kind, task

TABLE = "public.test_effects"


class Refusal(DomainError):
    """What was asked for cannot be."""


def make_table() -> None:
    """The table of effects."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (id serial PRIMARY KEY, what text NOT NULL)")
        cursor.execute(f"GRANT ALL ON {TABLE}, public.test_effects_id_seq TO PUBLIC")


def happen(what: str) -> None:
    """One effect."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (what) VALUES (%s)", [what])


def take_back(what: str) -> None:
    """Undo an effect."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE what = %s", [what])


def effects() -> list[str]:
    """Everything that happened, in order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT what FROM {TABLE} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


class Say(StepKind):
    """Says its name, in the schema it finds itself in. `payload["fail"]` maps step names to what goes wrong."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.title = name.capitalize()

    def apply(self, context: Context) -> str:
        happen(f"{self.name} in {connection.schema_name}")
        time.sleep(context.payload.get("seconds", 0))
        context.results[self.name] = len(context.results) + 1
        fault = context.payload.get("fail", {}).get(self.name)
        if fault == "refused":
            raise Refusal("There is no room left.")
        if (
            fault
            and context.payload.get("times", 99)
            > Job.objects.get(pk=context.job.pk).steps.get(name=self.name).attempts - 1
        ):
            raise RuntimeError("the line is dead")
        return f"said {self.name}"

    def undo(self, context: Context) -> None:
        take_back(f"{self.name} in {connection.schema_name}")


class Chunks(StepKind):
    """Works outside a transaction, in fenced chunks."""

    name = "chunks"
    title = "Chunks"
    atomic = False

    def apply(self, context: Context) -> None:
        for number in range(int(context.payload.get("chunks", 3))):
            with context.transaction():
                happen(f"chunk {number}")
            context.progress(number + 1, total=3)

    def undo(self, context: Context) -> None:
        with context.transaction():
            for number in range(3):
                take_back(f"chunk {number}")


class Told(JobKind):
    """Tells in the table what became of it."""

    title = _("Test")

    def started(self, job: Job) -> None:
        happen("started")

    def succeeded(self, job: Job) -> None:
        happen("succeeded")

    def failed(self, job: Job, cause: str) -> None:
        if job.payload.get("hook") == "broken":
            raise RuntimeError("the hook is broken")
        happen("failed")

    def undone(self, job: Job) -> None:
        happen("undone")

    def cancelled(self, job: Job) -> None:
        happen("cancelled")


@job_kind
class Platform(Told):
    kind = "test_platform"
    platform = True

    def steps(self) -> list[StepKind]:
        return [Say("one"), Say("two"), Say("three")]


@job_kind
class Tenants(Told):
    kind = "test_tenant"

    def steps(self) -> list[StepKind]:
        return [Say("one"), Say("two")]


@job_kind
class InChunks(Told):
    kind = "test_chunks"
    platform = True
    counts_steps = False

    def steps(self) -> list[StepKind]:
        return [Chunks()]


@task("test.say")
def say(*, what: str, **_: Any) -> None:
    happen(f"{what} in {connection.schema_name}")


@task("test.say_platform", platform=True)
def say_platform(*, what: str, origin: str, **_: Any) -> None:
    happen(f"{what} in {connection.schema_name} from {origin}")


@task("test.say_once", platform=True, atomic=True)
def say_once(*, what: str, **_: Any) -> None:
    happen(what)


@task("test.fail", platform=True, attempts=3)
def fail(**_: Any) -> None:
    with transaction.atomic():
        happen("half")
        raise RuntimeError("no luck")


@task("test.refuse", platform=True)
def refuse(**_: Any) -> None:
    raise Refusal("There is no room left.")

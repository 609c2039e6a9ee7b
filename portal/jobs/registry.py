"""What workers can do: tasks (`tasks.py` of an app) and kinds of jobs (`jobs.py` of an app), found at start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from portal.core.errors import DomainError
from portal.jobs.context import Context
from portal.jobs.models import Job

QUEUES = ("provision", "bulk", "mail", "default")


class UnknownWork(LookupError):
    """No task or kind of job has this name: a slip of the pen, or work recorded by another version."""


class PutOff(Exception):
    """Raised by a task or a step: not now, try again after `delay`. Counts as an attempt."""

    def __init__(self, message: str, *, delay: timedelta) -> None:
        super().__init__(message)
        self.delay = delay


class GiveUp(DomainError):
    """Raised by a task or a step: trying again is useless. The message is for people."""


@dataclass(frozen=True, slots=True)
class Task:
    """One registered task; see `task` for the meaning of the fields."""

    name: str
    run: Callable[..., Any]
    queue: str
    platform: bool
    attempts: int
    atomic: bool
    lease_seconds: float


class StepKind:
    """One step of a job. Safe to run twice.

    `atomic` steps run in one transaction with their journal entry, so that their effect happens once. The others
    (`atomic = False`) talk to the outside or work in chunks; each `with context.transaction():` inside is fenced.
    """

    name: str
    title: Any
    atomic = True

    def apply(self, context: Context) -> str | None:
        """Do it and return a detail to show, or None. DomainError: failed for good. Anything else: tried again."""
        raise NotImplementedError(f"{type(self).__qualname__}.apply")

    def undo(self, context: Context) -> None:
        """Take the effect back, also a partial one. Safe to run twice."""


class JobKind:
    """One kind of job. `platform` kinds run in the management schema as the owner, all others inside one tenant.

    The hooks run in the transaction that changes the job's state, in the management schema.
    """

    kind: str
    title: Any
    queue = "default"
    platform = False
    attempts_per_step = 4
    own_page = False  # True: people retry and cancel it on a page of its own, not on the page of jobs
    counts_steps = True  # False: the steps themselves tell the progress (`context.progress`)

    def steps(self) -> list[StepKind]:
        """The steps, in order. Their names are unique and stay the same for ever."""
        raise NotImplementedError(f"{type(self).__qualname__}.steps")

    def started(self, job: Job) -> None:
        """The first step is about to run."""

    def succeeded(self, job: Job) -> None:
        """Every step is done."""

    def failed(self, job: Job, cause: str) -> None:
        """A step was given up. `job.message` is for people, `cause` for operators. May call `undo_job`."""

    def retried(self, job: Job) -> None:
        """Somebody had a failed job tried again."""

    def undone(self, job: Job) -> None:
        """Every effect was taken back."""

    def cancelled(self, job: Job) -> None:
        """Cancelled before anything was done."""


_tasks: dict[str, Task] = {}
_kinds: dict[str, JobKind] = {}
_T = TypeVar("_T", bound=Callable[..., Any])
_K = TypeVar("_K", bound=type[JobKind])


def task(  # noqa: PLR0913 - options of a decorator, all with a default
    name: str,
    *,
    queue: str = "default",
    platform: bool = False,
    attempts: int = 10,
    atomic: bool = False,
    lease_seconds: float = 0.0,
) -> Callable[[_T], _T]:
    """Register `def f(*, some_id, **_)` under `app.verb_noun`.

    It runs inside the schema in which it was recorded, or, with `platform=True`, in the management schema as the owner;
    `origin` among its arguments is the schema that recorded it. With `atomic=True` it runs in one transaction with its
    own journal, so that its effect happens once; otherwise at least once. A task that may run for longer than the usual
    lease asks for `lease_seconds`.
    """
    if queue not in QUEUES:
        raise UnknownWork(f"{name}: there is no queue {queue!r}")

    def register(run: _T) -> _T:
        if name in _tasks and _tasks[name].run.__qualname__ != run.__qualname__:
            raise ValueError(f"two tasks are called {name}")
        _tasks[name] = Task(name, run, queue, platform, attempts, atomic, lease_seconds)
        return run

    return register


def job_kind(cls: _K) -> _K:
    """Register a kind of job (class decorator)."""
    if cls.queue not in QUEUES:
        raise UnknownWork(f"{cls.kind}: there is no queue {cls.queue!r}")
    _kinds[cls.kind] = cls()
    return cls


def task_named(name: str) -> Task:
    """The task of that name; raises UnknownWork."""
    try:
        return _tasks[name]
    except KeyError:
        raise UnknownWork(f"there is no task {name!r}") from None


def kind_named(name: str) -> JobKind:
    """The kind of job of that name; raises UnknownWork."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownWork(f"there is no kind of job {name!r}") from None


def people_act_elsewhere(kind: str) -> bool:
    """Whether this kind has a page of its own for what people do with it; also for kinds that nobody knows."""
    return kind not in _kinds or _kinds[kind].own_page


def task_leases() -> dict[str, float]:
    """The tasks that ask for a longer lease than the usual one."""
    return {name: task.lease_seconds for name, task in _tasks.items() if task.lease_seconds}


def task_names() -> list[str]:
    """Every registered task."""
    return sorted(_tasks)


def kind_names() -> list[str]:
    """Every registered kind of job."""
    return sorted(_kinds)

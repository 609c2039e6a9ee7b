"""Workers are killed and suspended; nothing is lost, nothing happens twice."""

import os
import signal

import pytest
from django.db import transaction

from portal.jobs.models import Job, JobState
from portal.jobs.services import start_job
from tests.jobs.conftest import again
from tests.jobs.kinds import effects
from tests.jobs.processes import Plant, child_of, eventually

pytestmark = pytest.mark.processes

CLEAN = ["started", "one in public", "two in public", "three in public", "succeeded"]


def start(kind: str = "test_platform", **payload: object) -> Job:
    with transaction.atomic():
        return start_job(kind=kind, title="A test", payload=payload)


def has_ended(job: Job) -> bool:
    return again(job).has_ended


@pytest.mark.feature("JOB-02")
@pytest.mark.parametrize(
    "point",
    [
        "kill:test_platform.two.before_intent",
        "kill:test_platform.two.after_intent",
        "kill:test_platform.two.after_effect",
        "killall:test_platform.two.after_commit",
        "kill:test_platform.end.after_effect",
    ],
)
def test_a_killed_worker_leaves_a_job_that_another_one_finishes(workshop: Plant, point: str) -> None:
    worker = workshop.worker(kill_at=point)
    job = start()

    if point.startswith("killall"):
        eventually(lambda: not worker.is_alive(), what="the worker was killed")
        workshop.worker()
    eventually(lambda: has_ended(job), what="the job ended")

    assert again(job).state == JobState.SUCCEEDED
    assert effects() == CLEAN
    assert again(job).fence >= 2


@pytest.mark.feature("JOB-02")
@pytest.mark.parametrize("phase", ["after_intent", "after_effect"])
def test_a_worker_that_wakes_up_too_late_changes_nothing(workshop: Plant, phase: str) -> None:
    assert _zombie(workshop, phase, application="tests.jobs.worker") == CLEAN


def test_without_the_fence_the_late_worker_does_it_twice(workshop: Plant) -> None:
    assert _zombie(workshop, "after_intent", application="tests.jobs.unfenced_worker") != CLEAN


def _zombie(workshop: Plant, phase: str, *, application: str) -> list[str]:
    """Suspend a worker in the middle, let another one finish, wake the first; returns what happened in the end."""
    first = workshop.worker(kill_at=f"stop:test_platform.two.{phase}", application=application)
    job = start()
    eventually(lambda: _is_stopped(job), what="the first worker stands still")
    sleeper = child_of(again(job).leased_by)

    workshop.worker()
    eventually(lambda: has_ended(job), what="the second worker finished")
    finished = first.finished()
    os.kill(sleeper, signal.SIGCONT)
    eventually(lambda: first.finished() > finished, what="the first worker came back to its queue")
    return effects()


def _is_stopped(job: Job) -> bool:
    holder = again(job).leased_by
    if not holder:
        return False
    with open(f"/proc/{child_of(holder)}/stat", encoding="ascii") as stat:
        return stat.read().rsplit(")", 1)[1].split()[0] == "T"

"""The queue's server may lie, die, hang or say things twice: what is recorded in the database decides."""

import os
import signal
import time

import psycopg
import pytest
from django.db import transaction

from portal.jobs import wake as waking
from portal.jobs.drain import run_due
from portal.jobs.models import JobState, Outbox
from portal.jobs.outbox import enqueue
from portal.jobs.services import start_job
from portal.jobs.wake import wake
from tests.jobs.conftest import again
from tests.jobs.kinds import effects
from tests.jobs.processes import Plant, eventually

pytestmark = pytest.mark.processes
LONGEST_WAIT_OF_A_PAGE = 1.0


@pytest.fixture(autouse=True)
def _not_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Earlier outages of other tests are forgotten."""
    monkeypatch.setattr(waking._Silence, "until", 0.0)  # noqa: SLF001


def say(what: str) -> float:
    """Record one task and commit; returns how long that took."""
    began = time.monotonic()
    with transaction.atomic():
        enqueue("test.say_once", what=what)
    return time.monotonic() - began


@pytest.mark.feature("JOB-02")
def test_work_recorded_while_the_server_is_away_is_done_when_it_is_back(workshop: Plant) -> None:
    workshop.worker()
    say("before")
    eventually(lambda: effects() == ["before"], what="the first task")

    workshop.broker.kill()
    took = say("meanwhile")
    workshop.broker.start()

    assert took < LONGEST_WAIT_OF_A_PAGE
    assert eventually(lambda: "meanwhile" in effects(), what="the second task") < 30
    assert effects() == ["before", "meanwhile"]


def test_a_server_that_hangs_holds_up_one_page_for_a_moment_and_the_next_not_at_all(workshop: Plant) -> None:
    say("a connection is open")
    os.kill(workshop.broker.process.pid, signal.SIGSTOP)
    try:
        first, second = say("one"), say("two")
    finally:
        os.kill(workshop.broker.process.pid, signal.SIGCONT)

    assert first < LONGEST_WAIT_OF_A_PAGE + 0.5
    assert second < 0.3


@pytest.mark.feature("JOB-02")
def test_the_same_message_five_times_has_one_effect(workshop: Plant) -> None:
    workshop.broker.kill()
    say("hello")
    workshop.broker.start()
    for _number in range(5):
        workshop.send("jobs.wake", queue="default")

    workshop.worker(options=("-c", "2"))
    eventually(lambda: effects() != [], what="the task")
    time.sleep(1)

    assert effects() == ["hello"]


@pytest.mark.feature("JOB-01")
def test_forged_messages_start_nothing_and_harm_nobody(workshop: Plant) -> None:
    worker = workshop.worker()
    for name, arguments in (
        ("test.say", {"what": "boo"}),
        ("jobs.wake", {"queue": "pg_catalog"}),
        ("jobs.wake", {"nonsense": 1}),
        ("celery.map", {"task": "jobs.sweep", "it": []}),
        ("celery.backend_cleanup", {}),
        ("tenants.count_extensions", {"origin": "t2"}),
    ):
        workshop.send(name, **arguments)

    say("honest")
    eventually(lambda: effects() == ["honest"], what="the honest task")
    eventually(lambda: "may not be started by a message" in worker.said(), what="the refusal")

    assert worker.is_alive()
    assert "unregistered task" in worker.said()
    assert "there is no queue 'pg_catalog'" in worker.said()


@pytest.mark.feature("JOB-02")
def test_a_worker_that_is_stopped_gives_the_rest_of_its_job_back(workshop: Plant) -> None:
    worker = workshop.worker()
    with transaction.atomic():
        job = start_job(kind="test_platform", title="Slow", payload={"seconds": 0.8})
    eventually(lambda: again(job).state == JobState.RUNNING, what="the job began")

    worker.terminate()
    took = eventually(lambda: not worker.is_alive(), what="the worker ended")

    left = again(job)
    assert took < 10
    assert (left.state, left.leased_until) == (JobState.QUEUED, None)
    workshop.worker()
    eventually(lambda: again(job).state == JobState.SUCCEEDED, what="another worker went on")
    assert effects() == ["started", "one in public", "two in public", "three in public", "succeeded"]


def test_a_worker_of_threads_refuses_to_start(workshop: Plant) -> None:
    worker = workshop.worker(options=("-c", "1", "--pool", "threads"))

    eventually(lambda: not worker.is_alive(), what="the refusal")
    assert "prefork only" in worker.said()


def test_coalesced_work_is_not_begun_before_the_change_that_asked_for_it_is_committed(own_database: str) -> None:
    with transaction.atomic():
        enqueue("test.say_once", key="apply", what="first")
    with psycopg.connect(own_database) as other:
        # Another request changes something and asks for the same work, which coalesces; it has not committed yet.
        name = "\x1f".join(("public", "test.say_once", "apply"))
        other.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [name])
        assert run_due("default") == 0
        other.rollback()

    assert Outbox.objects.get(task="test.say_once").fence == 0


def test_waking_is_quick_when_the_server_answers(workshop: Plant) -> None:
    wake("default")
    began = time.monotonic()
    for _number in range(20):
        wake("default")

    assert time.monotonic() - began < LONGEST_WAIT_OF_A_PAGE

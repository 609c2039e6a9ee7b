"""Fixtures of the engine's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.jobs.models import Job
from tests.jobs import kinds
from tests.jobs.processes import Plant, plant


@pytest.fixture
def ledger(db: None) -> None:
    """The table that holds what jobs and tasks did, inside the test's transaction."""
    kinds.make_table()


def again(job: Job) -> Job:
    """The job as the database has it now."""
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def workshop(own_database: str, tmp_path: Path) -> Iterator[Plant]:
    """A database of this test's own with the table of effects, a queue server, and workers on request."""
    kinds.make_table()
    with plant(tmp_path) as found:
        yield found

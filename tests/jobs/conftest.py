"""Fixtures of the engine's tests."""

import pytest

from portal.jobs.models import Job
from tests.jobs import kinds


@pytest.fixture
def ledger(db: None) -> None:
    """The table that holds what jobs and tasks did, inside the test's transaction."""
    kinds.make_table()


def again(job: Job) -> Job:
    """The job as the database has it now."""
    return Job.objects.get(pk=job.pk)

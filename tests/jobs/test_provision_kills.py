"""A few of the kills that `bin/prove provision` does at every step, with shortened leases."""

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.jobs.models import JobState
from tenants.models import RequestState
from tenants.services.requests.running import recover
from tests.jobs.processes import Plant, eventually
from tests.proofs.provisioning import faults_of_absent, faults_of_ready, job_of, order, state_of

pytestmark = pytest.mark.processes


@pytest.fixture
def operator(workshop: Plant) -> User:
    return User.objects.get(username__startswith="olivia@")


@pytest.mark.feature("JOB-02", "REG-24")
@pytest.mark.parametrize(
    "point",
    [
        "kill:provision.reserve.after_effect",
        "kill:provision.clone.after_effect",
        "kill:provision.administrator.after_intent",
        "kill:provision.welcome.after_commit",
    ],
)
def test_a_worker_killed_while_it_makes_a_tenant_is_followed_by_one_that_finishes(
    workshop: Plant, operator: User, point: str
) -> None:
    workshop.worker(kill_at=point)
    request = order(operator, "kenton", timezone.now())

    eventually(lambda: job_of(request).has_ended, what="the job ended")

    assert list(faults_of_ready(request)) == []
    assert job_of(request).fence >= 2


@pytest.mark.feature("REG-25")
def test_a_worker_killed_while_it_takes_an_attempt_back_leaves_nothing_in_the_end(
    workshop: Plant, operator: User
) -> None:
    failing = workshop.worker(application="tests.proofs.failing_worker")
    request = order(operator, "kenton", timezone.now())
    eventually(lambda: state_of(request) == RequestState.FAILED, what="the failure")
    failing.kill()
    workshop.worker(kill_at="kill:provision.undo-clone.after_effect")

    recover(request=request, by=operator, at=timezone.now())
    eventually(lambda: job_of(request).state == JobState.UNDONE, what="everything taken back")

    assert list(faults_of_absent(request)) == []

"""The pages about jobs, on both hosts."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.jobs.drain import run_everything_due
from portal.jobs.models import Job, JobState
from portal.jobs.services import start_job
from tenants.door import inside
from tests.jobs.conftest import again

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def failed(alpha, owner) -> Job:
    """A job of alpha, started by its owner, that failed."""
    with inside(alpha):
        job = start_job(
            kind="test_tenant", title="Count ⟦alpha-marker⟧", payload={"fail": {"two": "refused"}}, owner=owner
        )
    run_everything_due()
    return again(job)


@pytest.mark.feature("JOB-01")
def test_the_owner_of_a_tenant_sees_its_jobs_with_steps_and_words(browser_of, owner, alpha, failed) -> None:
    browser = browser_of(owner, alpha)

    shown = browser.get("/jobs/").content.decode()
    page = browser.get(f"/jobs/{failed.pk}/").content.decode()

    assert failed.title in shown
    assert "Failed" in shown
    assert "There is no room left." in page
    assert "Retry" in page
    assert "Traceback" not in page


def test_operators_see_every_job_and_its_technical_cause(browser_of, oscar, management, failed) -> None:
    browser = browser_of(oscar, management)

    assert failed.title in browser.get("/ops/jobs/?state=failed").content.decode()
    assert "Traceback" in browser.get(f"/ops/jobs/{failed.pk}/").content.decode()


def test_another_tenant_sees_nothing_of_it(browser_of, stranger, beta, failed) -> None:
    browser = browser_of(stranger, beta)

    assert "alpha-marker" not in browser.get("/jobs/").content.decode()
    assert browser.get(f"/jobs/{failed.pk}/").status_code == 404
    assert browser.post(f"/jobs/{failed.pk}/retry/").status_code == 404


def test_an_end_user_sees_only_their_own_jobs(browser_of, agent, alpha, failed) -> None:
    browser = browser_of(agent, alpha)

    assert failed.title not in browser.get("/jobs/").content.decode()
    assert browser.get(f"/jobs/{failed.pk}/").status_code == 404
    assert browser.post(f"/jobs/{failed.pk}/retry/").status_code == 403


@pytest.mark.feature("JOB-01")
def test_the_owner_of_a_tenant_lets_a_failed_job_go_on(browser_of, owner, alpha, failed) -> None:
    Job.objects.filter(pk=failed.pk).update(payload={})

    answer = browser_of(owner, alpha).post(f"/jobs/{failed.pk}/retry/")
    run_everything_due()

    assert answer.status_code == 302
    assert again(failed).state == JobState.SUCCEEDED


def test_a_waiting_job_is_cancelled_by_its_tenant(browser_of, owner, alpha, failed) -> None:
    Job.objects.filter(pk=failed.pk).update(state=JobState.SCHEDULED, run_at=timezone.now() + timezone.timedelta(1))

    browser_of(owner, alpha).post(f"/jobs/{failed.pk}/cancel/")
    run_everything_due()

    assert again(failed).state == JobState.UNDONE


def test_a_completed_job_says_why_it_cannot_be_retried(browser_of, olivia, management, failed) -> None:
    Job.objects.filter(pk=failed.pk).update(state=JobState.SUCCEEDED)

    answer = browser_of(olivia, management).post(f"/ops/jobs/{failed.pk}/retry/", follow=True)

    assert "Completed" in answer.content.decode()
    assert again(failed).state == JobState.SUCCEEDED


def test_the_progress_is_fetched_again_until_the_job_has_ended(browser_of, olivia, management) -> None:
    job = start_job(kind="test_platform", title="Long", payload={})
    browser = browser_of(olivia, management)

    running = _fragment(browser, job)
    run_everything_due()
    ended = _fragment(browser, job)

    assert "hx-get" in running
    assert "<html" not in running
    assert "hx-get" not in ended


def test_the_list_needs_the_same_queries_for_1_row_and_a_page(browser_of, owner, alpha, failed) -> None:
    browser = browser_of(owner, alpha)
    browser.get("/jobs/")
    few = _queries(browser)

    for number in range(45):
        Job.objects.create(kind="test_tenant", title=f"Job {number}", schema="t2", run_at=timezone.now())

    assert _queries(browser) == few
    assert few <= 8


def _fragment(browser: Client, job: Job) -> str:
    return browser.get(f"/ops/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()


def _queries(browser: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/jobs/").status_code == 200
    return len([query for query in queries if not query["sql"].startswith(("SET ", "SAVEPOINT", "RELEASE"))])

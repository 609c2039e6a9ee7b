"""The whole way on real parts: the engine runs the job, here in this process."""

from datetime import datetime

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.jobs.drain import run_everything_due
from portal.jobs.models import Job, Mail, Step
from tenants.door import inside
from tenants.models import NameClaim, RegistrationDraft, RequestState, SubscriptionRequest, TemplateVersion, Tenant
from tenants.services.requests.drafts import choose_template, save_contact, save_tenant
from tenants.services.requests.running import recover, retry, start_now
from tenants.services.requests.submit import submit_request
from tenants.services.steps.settings import ApplySettings
from tests.tenants.registration.conftest import CONTACT, KENTON, PASSWORD

R = RequestState


def order(person: User, at: datetime) -> SubscriptionRequest:
    version = TemplateVersion.objects.get(template__is_default=True)
    choose_template(by=person, version_id=version.pk)
    save_tenant(by=person, values=KENTON, password=PASSWORD)
    save_contact(by=person, typed=CONTACT)
    return submit_request(draft=RegistrationDraft.objects.get(user=person), by=person, at=at, address="192.0.2.7")


def person(name: str) -> User:
    return User.objects.prefetch_related("roles").get(username__startswith=f"{name}@")


@pytest.fixture
def _a_step_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outer edge: as if the database refused the fourth step whatever is tried."""

    def fail(_step: object, _context: object) -> None:
        raise RuntimeError("disk quota exceeded on node 7")

    monkeypatch.setattr(ApplySettings, "apply", fail)
    monkeypatch.setattr("tenants.jobs.Provision.attempts_per_step", 1)


@pytest.mark.feature("REG-14")
@pytest.mark.feature("REG-22")
@pytest.mark.feature("REG-24")
def test_a_request_becomes_a_tenant_whose_administrator_has_the_chosen_password(own_database: str) -> None:
    request = order(person("prospect"), timezone.now())

    run_everything_due()

    request.refresh_from_db()
    assert request.state == R.COMPLETED, Job.objects.values_list("cause", flat=True)
    assert request.tenant.name == "KentonElectronics"
    with inside(request.tenant):
        administrator = User.objects.get(username="prpkeAdmin@kenton-electronics.com")
        assert administrator.check_password(PASSWORD)
    assert Mail.objects.filter(template="request_completed", recipient=request.contact_email).count() == 1
    assert not Step.objects.filter(job_id=request.job_id).exclude(state="done").exists()


@pytest.mark.feature("REG-25")
@pytest.mark.usefixtures("_a_step_that_fails")
def test_a_failed_request_goes_on_where_it_failed(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    request = order(person("prospect"), timezone.now())
    run_everything_due()
    request.refresh_from_db()
    assert request.state == R.FAILED

    monkeypatch.undo()
    retry(request=request, by=person("olivia"), at=timezone.now())
    run_everything_due()

    request.refresh_from_db()
    assert request.state == R.COMPLETED
    assert Step.objects.get(job_id=request.job_id, name="reserve").attempts <= 1
    assert Mail.objects.filter(template="request_failed").count() == 1


@pytest.mark.feature("REG-25")
@pytest.mark.usefixtures("_a_step_that_fails")
def test_a_recovered_request_leaves_nothing_and_can_be_started_again(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(Tenant.objects.values_list("schema_name", flat=True))
    request = order(person("prospect"), timezone.now())
    run_everything_due()

    request.refresh_from_db()
    recover(request=request, by=person("olivia"), at=timezone.now())
    run_everything_due()

    request.refresh_from_db()
    assert request.state == R.APPROVED
    assert set(Tenant.objects.values_list("schema_name", flat=True)) == before
    assert not NameClaim.objects.filter(value="kentonelectronics").exists()

    monkeypatch.undo()
    start_now(request=request, by=person("olivia"), at=timezone.now())
    run_everything_due()
    request.refresh_from_db()
    assert request.state == R.COMPLETED

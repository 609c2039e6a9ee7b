"""What a request does when its job reports: mails go out once, the hash is blanked, the cause stays inside."""

from datetime import datetime, timedelta

import pytest

from portal.accounts.models import User
from portal.jobs.mail.envelope import unseal
from portal.jobs.models import Mail, Outbox
from tenants.models import Platform, RequestState, SubscriptionRequest
from tenants.services.requests import finish
from tests.tenants.registration.conftest import PASSWORD, RequestMaker

R = RequestState


def mails(template: str) -> list[Mail]:
    return list(Mail.objects.filter(template=template))


def body(mail: Mail) -> str:
    return unseal(mail.sealed, schema=mail.schema).body


@pytest.mark.feature("REG-22")
@pytest.mark.feature("NTF-01")
def test_success_tells_the_contact_once_how_to_get_in(request_by: RequestMaker, prospect: User, at: datetime) -> None:
    request = request_by(prospect)

    for _number in range(3):
        finish.completed(request, at + timedelta(minutes=1))

    request.refresh_from_db()
    (mail,) = mails("request_completed")
    assert mail.recipient == "anna@kenton-electronics.com"
    assert "kenton-electronics.localhost" in body(mail)
    assert "prpkeAdmin@kenton-electronics.com" in body(mail)
    assert "Callback Folder" in body(mail)
    assert PASSWORD not in body(mail)
    assert (request.state, request.password) == (R.COMPLETED, "")
    assert request.finished_at == at + timedelta(minutes=1)


@pytest.mark.feature("REG-23")
@pytest.mark.feature("NTF-01")
def test_failure_tells_the_contact_once_what_to_do_next(request_by: RequestMaker, prospect: User, at: datetime) -> None:
    Platform.objects.update(support_email="help@trunkline.example", support_phone="+65 6999 0000")
    request = request_by(prospect)

    for _number in range(3):
        finish.failed(request, "Traceback: relation t9.accounts_user does not exist", at)

    request.refresh_from_db()
    (mail,) = mails("request_failed")
    assert request.reference in body(mail)
    assert "help@trunkline.example" in body(mail)
    assert "Traceback" not in body(mail) + request.message
    assert not request.moves.filter(reason__contains="Traceback").exists()
    assert request.state == R.FAILED
    assert request.password


@pytest.mark.feature("REG-23")
def test_a_retry_that_fails_again_does_not_mail_again_but_a_new_attempt_does(
    request_by: RequestMaker, prospect: User, at: datetime
) -> None:
    request = request_by(prospect)
    finish.failed(request, "cause", at)

    SubscriptionRequest.objects.filter(pk=request.pk).update(state=R.PROVISIONING)
    finish.failed(request, "cause", at)
    assert len(mails("request_failed")) == 1

    finish.recovered(request, at)
    SubscriptionRequest.objects.filter(pk=request.pk).update(state=R.PROVISIONING)
    finish.failed(request, "cause", at)
    assert len(mails("request_failed")) == 2


@pytest.mark.feature("REG-25")
def test_a_recovered_request_is_kept_and_waits(request_by: RequestMaker, prospect: User, at: datetime) -> None:
    request = request_by(prospect)
    finish.failed(request, "cause", at)

    for _number in range(2):
        finish.recovered(request, at)

    request.refresh_from_db()
    assert (request.state, request.finished_at) == (R.APPROVED, None)
    assert request.moves.filter(after=R.APPROVED, before=R.FAILED).count() == 1


@pytest.mark.feature("REG-21")
@pytest.mark.parametrize("end", ["completed", "failed"])
def test_the_next_in_line_is_looked_for_when_one_ends(
    end: str, request_by: RequestMaker, prospect: User, at: datetime
) -> None:
    request = request_by(prospect)

    finish.completed(request, at) if end == "completed" else finish.failed(request, "cause", at)

    assert Outbox.objects.filter(task="tenants.start_due_requests", schema="public").count() == 1

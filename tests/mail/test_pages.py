"""The mail log and the texts, as operators see them (NTF-02, NTF-03)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.core.mail import send_template
from portal.jobs.models import Mail, MailState, MailText, Outbox
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
LINK = "https://alpha.localhost/secret-link-77"
TEXT = "/ops/mail/texts/registration_known/en/"


@pytest.fixture
def failed(management: Tenant) -> Mail:
    send_template("registration_known", to=["jane@alpha.example"], context={"url": LINK})
    mail = Mail.objects.latest("id")
    mail.state, mail.attempts, mail.last_error = MailState.FAILED, 3, "550 no such user"
    mail.save()
    return mail


@pytest.fixture
def desk(browser_of: Browser, management: Tenant, olivia: User) -> Client:
    """Olivia's browser on the management host."""
    return browser_of(olivia, management)


@pytest.mark.feature("NTF-03")
def test_the_log_shows_recipient_mail_state_and_attempts_but_no_link(desk: Client, failed: Mail) -> None:
    page = desk.get("/ops/mail/").content.decode()
    detail = desk.get(f"/ops/mail/{failed.pk}/").content.decode()

    for fact in ("jane@alpha.example", "this address signs in already", "Failed", ">3<"):
        assert fact in page
    assert "550 no such user" in detail
    assert "secret-link-77" not in page + detail


@pytest.mark.feature("NTF-03")
def test_the_log_names_the_tenant_that_sent_a_mail(desk: Client, failed: Mail, alpha: Tenant) -> None:
    Mail.objects.filter(pk=failed.pk).update(schema=alpha.schema_name)

    rows = desk.get("/ops/mail/?export=csv").getvalue().decode().splitlines()

    assert rows[1].endswith(f",{alpha.name}")


@pytest.mark.feature("NTF-03")
def test_a_failed_mail_can_be_sent_again_and_a_sent_one_not(desk: Client, failed: Mail) -> None:
    before = Outbox.objects.count()

    again = desk.post(f"/ops/mail/{failed.pk}/resend/")

    failed.refresh_from_db()
    assert again.status_code == 302
    assert failed.state == MailState.QUEUED
    assert Outbox.objects.count() == before + 1
    failed.state, failed.sealed = MailState.SENT, ""
    failed.save()
    page = desk.post(f"/ops/mail/{failed.pk}/resend/", follow=True).content.decode()
    assert "cannot be sent again" in page


@pytest.mark.parametrize(("status", "shown"), [("failed", True), ("sent", False)])
def test_the_log_is_filtered_by_state(desk: Client, failed: Mail, status: str, shown: bool) -> None:
    assert (b"jane@alpha.example" in desk.get(f"/ops/mail/?status={status}").content) is shown


def test_who_may_see_and_who_may_send(
    browser_of: Browser, management: Tenant, oscar: User, rita: User, failed: Mail
) -> None:
    assert browser_of(oscar, management).get("/ops/mail/").status_code == 200
    assert browser_of(oscar, management).post(f"/ops/mail/{failed.pk}/resend/").status_code == 403
    assert browser_of(oscar, management).post(f"{TEXT}edit/", {"subject": "x", "body": "y"}).status_code == 403
    assert browser_of(rita, management).get("/ops/mail/").status_code == 403
    assert browser_of(None, management).get("/ops/mail/").status_code == 302


def test_the_mail_log_does_not_exist_on_a_tenants_host(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    client = browser_of(owner, alpha)

    assert client.get("/mail/").status_code == 404
    assert client.get("/ops/mail/").status_code == 404


@pytest.mark.feature("NTF-02")
def test_a_text_is_edited_previewed_and_taken_back(desk: Client, management: Tenant) -> None:
    form = desk.get(f"{TEXT}edit/").content.decode()
    look = desk.post(f"{TEXT}look/", {"subject": "Dear friend", "body": "Go to {{url}}"}).content.decode()
    saved_early = MailText.objects.exists()

    saved = desk.post(f"{TEXT}edit/", {"subject": "Dear friend", "body": "Go to {{url}}"})

    assert "{{url}}" in form
    assert "Go to https://example.com/" in look
    assert not saved_early
    assert saved.status_code == 302
    assert b"Dear friend" in desk.get(TEXT).content
    assert b"Your own" in desk.get("/ops/mail/texts/").content
    desk.post(f"{TEXT}restore/")
    assert not MailText.objects.exists()


@pytest.mark.feature("NTF-02")
@pytest.mark.parametrize("verb", ["edit", "look"])
def test_a_wrong_placeholder_comes_back_beside_its_field_with_what_was_typed(
    desk: Client, management: Tenant, verb: str
) -> None:
    response = desk.post(f"{TEXT}{verb}/", {"subject": "Hello", "body": "Use {{password}} now"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "is not known in this mail" in page
    assert "Use {{password}} now" in page


@pytest.mark.feature("NTF-02")
def test_a_test_mail_goes_to_whoever_asks(desk: Client, olivia: User) -> None:
    desk.post(f"{TEXT}test/")

    assert Mail.objects.filter(recipient=olivia.email, template="registration_known").exists()


def test_the_html_version_allows_inline_styles_and_nothing_else(desk: Client, management: Tenant) -> None:
    response = desk.get(f"{TEXT}html/")
    policy = response["Content-Security-Policy"]

    assert "style-src 'unsafe-inline'" in policy
    assert "script-src 'none'" in policy
    assert b"<table" in response.content


@pytest.mark.parametrize("address", ["/ops/mail/texts/nothing/en/", "/ops/mail/texts/registration_known/xx/"])
def test_an_unknown_mail_or_language_is_not_there(desk: Client, management: Tenant, address: str) -> None:
    assert desk.get(address).status_code == 404


def test_the_log_needs_the_same_queries_for_1_row_and_a_page(desk: Client, failed: Mail) -> None:
    desk.get("/ops/mail/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/ops/mail/")
    for number in range(45):
        send_template("registration_known", to=[f"person{number}@alpha.example"], context={"url": LINK})

    with CaptureQueriesContext(connection) as many:
        desk.get("/ops/mail/")

    assert len(few) == len(many)

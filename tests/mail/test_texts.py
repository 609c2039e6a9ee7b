"""What the mails say, and what a provider may say instead (NTF-01, NTF-02)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from portal.accounts.models import User
from portal.core.mail import OwnText, built_in_text, render, samples, send_template
from portal.core.mails import MAILS, MailKind
from portal.jobs.mail.texts import UnknownPlaceholder, restore_text, save_text
from portal.jobs.models import MailText
from tenants.models import Tenant

FOLDER = Path(settings.BASE_DIR) / "templates" / "mail"
KINDS = sorted(MAILS.values(), key=lambda kind: kind.name)


def name_of(kind: MailKind) -> str:
    return kind.name


@pytest.fixture(autouse=True)
def _read_in_memory(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.feature("NTF-02")
@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_every_mail_has_a_subject_and_two_twins_that_use_every_variable(kind: MailKind, management: Tenant) -> None:
    values = {name: f"value-of-{name}" for name in kind.variables} | {
        name: variable.sample for name, variable in kind.variables.items() if isinstance(variable.sample, int)
    }

    found = render(kind.name, context=values)

    assert found.subject
    assert "\n" not in found.subject
    for text in (found.text, found.html):
        missing = [name for name, value in values.items() if str(value) not in text]
        assert not missing, f"{kind.name} does not tell {missing}"
    assert "{{" not in found.text + found.html + found.subject
    assert "{%" not in found.text + found.html


def test_every_file_belongs_to_a_mail_in_the_list() -> None:
    frames = {"base", "own"}
    names = {file.name.split(".")[0] for file in FOLDER.iterdir() if not file.name.startswith("_")}

    assert names - frames == set(MAILS)


@pytest.mark.feature("NTF-01")
def test_a_completed_request_tells_how_to_get_in_and_no_password(management: Tenant) -> None:
    send_template("request_completed", to=["jane@kenton.example"], context=samples(MAILS["request_completed"]))

    message = mail.outbox[0]
    assert message.to == ["jane@kenton.example"]
    assert "KentonElectronics" in message.subject
    for fact in ("prpkeAdmin@kenton-electronics.com", "https://example.com/", "Callback Folder", "first extension"):
        assert fact in message.body
    assert "Next steps" in message.body


@pytest.mark.feature("NTF-01")
def test_a_failed_request_tells_what_to_do_next(management: Tenant) -> None:
    send_template("request_failed", to=["jane@kenton.example"], context=samples(MAILS["request_failed"]))

    body = mail.outbox[0].body
    for fact in ("What to do next", "R-2026-000042", "support@example.com", "status page"):
        assert fact in body


def test_an_unknown_support_contact_leaves_no_gap(management: Tenant) -> None:
    context = samples(MAILS["request_failed"]) | {"support_email": "", "support_phone": ""}

    found = render("request_failed", context=context)

    assert "Questions?" not in found.text + found.html
    assert "\n\n\n" not in found.text


@pytest.mark.parametrize("context", [{}, {"url": "x"}, {"url": "x", "days": 7, "password": "y"}])
def test_a_sender_that_forgets_or_invents_a_variable_is_told_at_once(management: Tenant, context: dict) -> None:
    with pytest.raises(ValueError, match="registration_confirm"):
        send_template("registration_confirm", to=["a@b.example"], context=context)


def test_values_are_escaped_in_html_and_cannot_break_the_subject(management: Tenant) -> None:
    context = samples(MAILS["request_completed"]) | {"tenant_name": "<b>Bold</b>\nBcc: all@example.com"}

    found = render("request_completed", context=context)

    assert "<b>Bold</b>" not in found.html
    assert "<b>Bold</b>" in found.text
    assert found.subject == "Your tenant <b>Bold</b> Bcc: all@example.com is ready"


def test_moments_are_told_in_words_with_their_zone(management: Tenant) -> None:
    context = samples(MAILS["support_session_opened"]) | {"ends_at": timezone.now()}

    assert "(UTC)" in render("support_session_opened", context=context).text


@pytest.mark.feature("NTF-02")
def test_a_providers_own_text_is_sent_instead_in_both_twins(olivia: User) -> None:
    save_text(
        name="registration_known", language="en", subject="Hi from {{company}}", by=olivia,
        body="Sign in at {{ url }} <now>.\n\nBye",
    )  # fmt: skip

    send_template("registration_known", to=["a@b.example"], context={"url": "https://x.example/login/"}, language="en")

    message = mail.outbox[0]
    html = message.alternatives[0].content
    assert message.subject == f"Hi from {settings.PORTAL_COMPANY}"
    assert "Sign in at https://x.example/login/ <now>." in message.body
    assert '<a href="https://x.example/login/"' in html
    assert "&lt;now&gt;" in html


@pytest.mark.feature("NTF-02")
def test_a_language_without_text_falls_back_to_the_default_language_and_then_to_the_file(olivia: User) -> None:
    built_in = render("registration_known", context={"url": "u"}, language="de").subject
    save_text(name="registration_known", language="en", subject="English", body="{{url}}", by=olivia)

    own = render("registration_known", context={"url": "u"}, language="de")
    restore_text(name="registration_known", language="en")
    again = render("registration_known", context={"url": "u"}, language="de")

    assert (own.subject, own.language) == ("English", "en")
    assert again.subject == built_in


@pytest.mark.feature("NTF-02")
@pytest.mark.parametrize("text", ["{{password}}", "{{ url|safe }}", "{{ settings.SECRET_KEY }}", "{{}}"])
@pytest.mark.parametrize("field", ["subject", "body"])
def test_an_unknown_placeholder_is_refused_beside_its_field(olivia: User, field: str, text: str) -> None:
    texts = {"subject": "Hello", "body": "Hello"} | {field: f"See {text}"}

    with pytest.raises(UnknownPlaceholder) as refusal:
        save_text(name="registration_known", language="en", by=olivia, **texts)

    assert list(refusal.value.errors) == [field]
    assert "{{url}}" in refusal.value.errors[field]
    assert not MailText.objects.exists()


def test_template_language_in_an_own_text_is_not_run(management: Tenant) -> None:
    own = OwnText("Hi", "{% now 'Y' %} {# c #} {{ url }}")

    assert "{% now 'Y' %} {# c #} u" in render("registration_known", context={"url": "u"}, own=own).text


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_the_built_in_text_can_be_edited_as_placeholders_and_says_the_same(kind: MailKind, olivia: User) -> None:
    text = built_in_text(kind, "en")
    save_text(name=kind.name, language="en", subject=text.subject, body=text.body, by=olivia)

    own = render(kind.name, context=samples(kind), language="en")
    restore_text(name=kind.name, language="en")
    built_in = render(kind.name, context=samples(kind), language="en")

    assert own.subject == built_in.subject
    assert own.text == built_in.text
    assert not re.search(r"90000\d", text.body)


def test_a_tenant_reads_the_providers_texts_and_cannot_write_them(olivia: User, inside_alpha: Tenant) -> None:
    assert render("registration_known", context={"url": "u"}).subject
    with pytest.raises(Exception, match="permission denied"):
        MailText.objects.create(template="registration_known", language="en", subject="x", body="y")

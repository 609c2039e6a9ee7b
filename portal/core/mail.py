"""Sending a mail: one call with the template's name and its variables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import override

from portal.core.mails import COMPANY, MAILS, MailKind, Variable

# Names the template in the mail log; the backend takes it off before the mail leaves.
TEMPLATE_HEADER = "X-Portal-Template"
_FRAME = "--"  # the line of `mail/base.txt` under which the frame's own words stand
PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail as it will be read. `language` is the one that was found."""

    subject: str
    text: str
    html: str
    language: str


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a provider wrote instead of the built-in text, with `{{variable}}` placeholders."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes
    mimetype: str


def send_template(  # noqa: PLR0913 - what a mail may have
    name: str,
    *,
    to: Sequence[str],
    context: Mapping[str, Any],
    language: str = "",
    attachments: Sequence[Attachment] = (),
    message_id: str = "",
) -> None:
    """Send the mail `name` to every address in `to`, as one message each.

    `context` gives exactly the variables listed in `portal.core.mails` (ValueError otherwise), and may give `company`.
    It is written in `language`, else in the default one. `message_id` is the mail's own id where its sender must find
    it again in the mail log. It belongs to the caller's transaction; a job delivers it.
    """
    mail = render(name, context=context, language=language)
    for address in to:
        headers = {TEMPLATE_HEADER: name, **({"Message-ID": message_id} if message_id else {})}
        message = EmailMultiAlternatives(mail.subject, mail.text, to=[address], headers=headers)
        message.attach_alternative(mail.html, "text/html")
        for one in attachments:
            message.attach(one.name, one.content, one.mimetype)
        message.send()


def render(name: str, *, context: Mapping[str, Any], language: str = "", own: OwnText | None = None) -> Rendered:
    """The mail `name` as it would be sent; `own` previews a text that is not saved yet."""
    kind = MAILS[name]
    wrong = sorted((set(context) - {"company"}) ^ set(kind.variables))
    if wrong:
        raise ValueError(f"mail {name}: missing or unknown variables {', '.join(wrong)}")
    for code in dict.fromkeys([language or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE]):
        found = own or import_string(settings.PORTAL_MAIL_TEXTS)(name, code)
        if found:
            with override(code):
                return _from_own(found, _values(context), code)
    with override(language or settings.LANGUAGE_CODE):
        return _from_files(name, _values(context), language or settings.LANGUAGE_CODE)


def placeholders(kind: MailKind) -> dict[str, Variable]:
    """Every `{{variable}}` that a provider's text of this mail may use."""
    return {**kind.variables, "company": COMPANY}


def samples(kind: MailKind) -> dict[str, Any]:
    """Variables for a preview."""
    return {name: variable.sample for name, variable in kind.variables.items()}


def built_in_text(kind: MailKind, language: str) -> OwnText:
    """The built-in text as a provider would have written it: variables as placeholders, without the frame."""
    stands_for: dict[str, Any] = {name: f"{{{{{name}}}}}" for name in kind.variables}
    # A count decides between singular and plural, so it must be a number while the text is made.
    counts = {
        name: 900_001 + n for n, name in enumerate(kind.variables) if isinstance(kind.variables[name].sample, int)
    }
    with override(language):
        mail = _from_files(kind.name, {**stands_for, **counts, "company": "{{company}}"}, language)
    subject, body = mail.subject, mail.text.rsplit(f"\n{_FRAME}\n", 1)[0].strip()
    for name, number in counts.items():
        subject, body = (text.replace(str(number), f"{{{{{name}}}}}") for text in (subject, body))
    return OwnText(subject, body)


def _values(context: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: _moment(value) if isinstance(value, datetime) else value for name, value in context.items()}
    return {"company": settings.PORTAL_COMPANY, **values}


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({local.tzname()})"


def _from_files(name: str, values: dict[str, Any], language: str) -> Rendered:
    subject, text, html = (render_to_string(f"mail/{name}.{end}", values) for end in ("subject.txt", "txt", "html"))
    return Rendered(_one_line(subject), _tidy(text), html, language)


def _from_own(own: OwnText, values: dict[str, Any], language: str) -> Rendered:
    body = _filled(own.body, values)
    text = render_to_string("mail/own.txt", {**values, "body": body})
    html = render_to_string("mail/own.html", {**values, "body": body})
    return Rendered(_one_line(_filled(own.subject, values)), _tidy(text), html, language)


def _filled(text: str, values: Mapping[str, Any]) -> str:
    """Placeholders only, no template language: who writes mails must not run code."""
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy(text: str) -> str:
    """No rows of empty lines where a template left something out."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

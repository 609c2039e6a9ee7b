"""Texts that the provider wrote: finding, saving, taking back (NTF-02)."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import DomainError, Refusals
from portal.core.mail import PLACEHOLDER, OwnText, placeholders, samples, send_template
from portal.core.mails import MAILS
from portal.jobs.models import MailText

if TYPE_CHECKING:
    from portal.accounts.models import User


class UnknownPlaceholder(Refusals):
    """The text asks for something that this mail does not know."""


class NoAddress(DomainError):
    """Whoever asks for a test mail has no e-mail address."""


def own_text(name: str, language: str) -> OwnText | None:
    """The provider's text of a mail in exactly this language, or None."""
    found = MailText.objects.filter(template=name, language=language).values_list("subject", "body").first()
    return OwnText(*found) if found else None


def check_text(*, name: str, subject: str, body: str) -> None:
    """Raises UnknownPlaceholder, by field, unless every placeholder is one of the mail's."""
    known = placeholders(MAILS[name])
    allowed = ", ".join(f"{{{{{variable}}}}}" for variable in known)
    errors = {}
    for field, text in (("subject", subject), ("body", body)):
        wrong = [word for word in PLACEHOLDER.findall(text) if word not in known]
        if wrong:
            errors[field] = _("“%(word)s” is not known in this mail. Use: %(allowed)s.") % {
                "word": f"{{{{{wrong[0]}}}}}",
                "allowed": allowed,
            }
    if errors:
        raise UnknownPlaceholder(errors)


@transaction.atomic
def save_text(*, name: str, language: str, subject: str, body: str, by: "User") -> MailText:
    """Send this text from now on. Raises UnknownPlaceholder."""
    check_text(name=name, subject=subject, body=body)
    text = MailText.objects.select_for_update().filter(template=name, language=language).first()
    text = text or MailText(template=name, language=language)
    text.subject, text.body, text.changed_by = subject, body, str(by)
    text.save()
    return text


@transaction.atomic
def restore_text(*, name: str, language: str) -> None:
    """Send the built-in text again."""
    text = MailText.objects.select_for_update().filter(template=name, language=language).first()
    if text is not None:
        text.delete()


@transaction.atomic
def send_test(*, name: str, language: str, to: str) -> None:
    """Send the mail with made-up values to `to`. Raises NoAddress."""
    if not to:
        raise NoAddress(_("Your sign-in has no e-mail address."))
    send_template(name, to=[to], context=samples(MAILS[name]), language=language)

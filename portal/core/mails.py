"""The one list of mails that the portal sends, with the variables of each (NTF-01, NTF-02).

A provider may rewrite each text with `{{variable}}`; the same variables stand in the files under `templates/mail/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Variable:
    """What stands for it in the list of placeholders, and in a preview."""

    meaning: Any
    sample: Any


@dataclass(frozen=True, slots=True)
class MailKind:
    """`name` is the template's file name; `variables` are what its sender must give."""

    name: str
    title: Any
    variables: Mapping[str, Variable]


_PERSON = Variable(_("Name of the person who is written to"), "Jane Doe")
_TENANT = Variable(_("Name of the tenant"), "KentonElectronics")
_REFERENCE = Variable(_("Reference of the request"), "R-2026-000042")
_LOGON = Variable(_("Logon"), "prpkeAdmin@kenton-electronics.com")
_SUPPORT_EMAIL = Variable(_("Support e-mail address; may be empty"), "support@example.com")
_SUPPORT_PHONE = Variable(_("Support telephone; may be empty"), "+44 20 7946 0000")
COMPANY = Variable(_("Your company"), "Trunkline")


def _url(meaning: Any) -> Variable:
    return Variable(meaning, "https://example.com/…")


_ALL = (
    MailKind(
        "registration_confirm",
        _("Registration: confirm the e-mail address"),
        {
            "url": _url(_("Link that confirms the address")),
            "days": Variable(_("Days for which the link works"), 7),
        },
    ),
    MailKind(
        "registration_known",
        _("Registration: this address signs in already"),
        {"url": _url(_("Sign-in page"))},
    ),
    MailKind(
        "request_completed",
        _("Request completed"),
        {
            "contact_name": _PERSON,
            "tenant_name": _TENANT,
            "reference": _REFERENCE,
            "url": _url(_("Address of the tenant")),
            "logon": _LOGON,
            "support_email": _SUPPORT_EMAIL,
            "support_phone": _SUPPORT_PHONE,
        },
    ),
    MailKind(
        "request_failed",
        _("Request failed"),
        {
            "contact_name": _PERSON,
            "tenant_name": _TENANT,
            "reference": _REFERENCE,
            "status_url": _url(_("Status page of the request")),
            "support_email": _SUPPORT_EMAIL,
            "support_phone": _SUPPORT_PHONE,
        },
    ),
    MailKind(
        "request_rejected",
        _("Request rejected"),
        {
            "contact_name": _PERSON,
            "tenant_name": _TENANT,
            "reference": _REFERENCE,
            "reason": Variable(_("Reason that the operator gave"), "The company could not be verified."),
            "support_email": _SUPPORT_EMAIL,
            "support_phone": _SUPPORT_PHONE,
        },
    ),
    MailKind(
        "password_link",
        _("Set your password"),
        {
            "name": _PERSON,
            "logon": _LOGON,
            "host": Variable(_("Where the person signs in"), "ke.example.com"),
            "url": _url(_("Link that sets the password")),
            "hours": Variable(_("Hours for which the link works"), 24),
        },
    ),
    MailKind(
        "password_reset",
        _("Forgotten password"),
        {
            "name": _PERSON,
            "logon": _LOGON,
            "url": _url(_("Link that sets a new password")),
            "minutes": Variable(_("Minutes for which the link works"), 60),
        },
    ),
    MailKind(
        "voicemail_pin",
        _("New PIN of a voicemail box"),
        {
            "box": Variable(_("Number and name of the voicemail box"), "101 Jane Doe"),
            "url": _url(_("Link that shows the PIN once")),
            "hours": Variable(_("Hours for which the link works"), 24),
        },
    ),
    MailKind(
        "voicemail_message",
        _("New voicemail message"),
        {
            "box": Variable(_("Number and name of the voicemail box"), "101 Jane Doe"),
            "caller": Variable(_("Number and name of the caller"), "+44 20 7946 0123 Harbour Supplies"),
            "at": Variable(_("When the message was left"), "21 November 2026, 10:00"),
            "length": Variable(_("Length in minutes and seconds"), "0:42"),
            "sound": Variable(
                _("Says whether the message is attached; empty for a notice only"), _("The message is attached.")
            ),
            "url": _url(_("Page with the messages of the box")),
        },
    ),
    MailKind(
        "emergency_call",
        _("Emergency call"),
        {
            "number": Variable(_("The emergency number that was dialled"), "112"),
            "extension": Variable(_("Extension number"), "101"),
            "name": Variable(_("Directory name of the extension"), "Jane Doe"),
            "place": Variable(_("Where the telephone stands; may be empty"), "Main Street 1, second floor"),
            "at": Variable(_("When it was dialled"), "21 November 2026, 10:00"),
        },
    ),
    MailKind(
        "ownership_offered",
        _("Ownership offered"),
        {
            "name": _PERSON,
            "tenant": _TENANT,
            "giver": Variable(_("Who is the owner now"), "Jane Doe"),
            "url": _url(_("Page on which the offer is accepted or declined")),
            "days": Variable(_("Days for which the offer holds"), 7),
        },
    ),
    MailKind(
        "extension_welcome",
        _("Welcome to your extension"),
        {
            "name": _PERSON,
            "number": Variable(_("Extension number"), "101"),
            "tenant": _TENANT,
            "url": _url(_("Link that shows the set-up data once")),
            "hours": Variable(_("Hours for which the link works"), 24),
        },
    ),
    MailKind(
        "reservation_ends",
        _("The reservation of a number ends"),
        {
            "number": Variable(_("The outside number"), "+65 6123 4567"),
            "tenant": _TENANT,
            "until": Variable(_("When the reservation ends"), "21 November 2026, 10:00"),
        },
    ),
    MailKind(
        "export_ready",
        _("A file is ready"),
        {
            "name": _PERSON,
            "what": Variable(_("What the file holds"), _("Provisioned extensions")),
            "rows": Variable(_("How many rows it has"), 12000),
            "url": _url(_("Link that downloads the file, after signing in")),
            "hours": Variable(_("Hours for which the link works"), 24),
        },
    ),
    MailKind(
        "bulk_ended",
        _("A bulk assignment has ended"),
        {
            "name": _PERSON,
            "assignment": Variable(_("Name of the assignment"), "Night crew"),
            "state": Variable(_("How it ended"), _("Completed")),
            "total": Variable(_("How many users it had"), 15000),
            "assigned": Variable(_("How many users were assigned"), 14990),
            "failed": Variable(_("How many users could not be assigned"), 10),
            "skipped": Variable(_("How many users were left out"), 0),
            "url": _url(_("Page with the report")),
        },
    ),
    MailKind(
        "support_session_opened",
        _("Support session opened"),
        {
            "name": _PERSON,
            "tenant": _TENANT,
            "actor": Variable(_("Who came in"), "Olivia Operator"),
            "reason": Variable(_("Reason that they gave"), "Callers hear no announcement"),
            "started_at": Variable(_("When the session began"), "21 November 2026, 10:00"),
            "ends_at": Variable(_("When the session ends at the latest"), "21 November 2026, 10:30"),
        },
    ),
)
MAILS: Mapping[str, MailKind] = {kind.name: kind for kind in _ALL}

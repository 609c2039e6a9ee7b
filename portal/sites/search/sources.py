"""Where the search looks, on each host."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models import Contact
from extensions.models import (
    ConferenceRoom,
    Extension,
    HolidayCalendar,
    Mailbox,
    Phone,
    Schedule,
    SpeedDial,
    Team,
)
from portal.accounts.models import User
from portal.permissions import Perm
from portal.sites.search.hits import Source
from tenants.models import ServiceTemplate, SubscriptionRequest, Tenant

NOTHING = Value("")
Find = Callable[[str], QuerySet]


def _extensions(text: str) -> QuerySet:
    return Extension.objects.filter(
        Q(number__startswith=text) | Q(directory_name__icontains=text) | Q(email__icontains=text)
    )


def _people(text: str) -> QuerySet:
    return User.objects.people().filter(
        Q(display_name__icontains=text) | Q(username__icontains=text) | Q(email__icontains=text)
    )


def _phones(text: str) -> QuerySet:
    digits = "".join(sign for sign in text.lower() if sign in "0123456789abcdef")
    found = Q(place__icontains=text)
    return Phone.objects.filter(found | Q(mac__contains=digits) if len(digits) > 2 else found)


def _tenants(text: str) -> QuerySet:
    fits = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(upn_suffix__icontains=text)
    if text.isascii() and text.isdecimal() and len(text) < 9:
        fits |= Q(instance_number=int(text))
    return Tenant.objects.listed().filter(fits)


def _requests(text: str) -> QuerySet:
    return SubscriptionRequest.objects.filter(
        Q(reference__icontains=text) | Q(name__icontains=text) | Q(contact_email__icontains=text)
    )


def _numbered(model: Any) -> Find:
    def find(text: str) -> QuerySet:
        return model._default_manager.filter(Q(number__startswith=text) | Q(name__icontains=text))  # noqa: SLF001

    return find


def _named(model: Any) -> Find:
    def find(text: str) -> QuerySet:
        return model._default_manager.filter(name__icontains=text)  # noqa: SLF001

    return find


def _speed_dials(text: str) -> QuerySet:
    return SpeedDial.objects.filter(Q(label__icontains=text) | Q(code=text) | Q(number__contains=text), extension=None)


def _one(name: str) -> Callable[[str], str]:
    return lambda key: reverse(name, args=[key])


def _list(name: str) -> Callable[[str], str]:
    return lambda key: f"{reverse(name)}?q={key}"


TENANT: tuple[Source, ...] = (
    Source(_("Extension"), "phone", Perm.EXTENSION_READ, _extensions, F("number"),
           Concat("number", Value(" "), "directory_name"), F("email"), _one("extensions:detail")),
    Source(_("Team"), "users-group", Perm.TEAM_READ, _numbered(Team), F("pk"), F("name"), F("number"),
           _one("extensions:team")),
    Source(_("User"), "user", Perm.USER_READ, _people, F("pk"), F("display_name"), F("username"),
           _one("accounts:user")),
    Source(_("Telephone"), "device-landline-phone", Perm.PHONE_READ, _phones, F("pk"), F("mac"), F("place"),
           _one("extensions:phone")),
    Source(_("Shared voicemail box"), "record-mail", Perm.VOICEMAIL_READ,
           lambda text: _numbered(Mailbox)(text).filter(extension=None), F("pk"),
           Concat("number", Value(" "), "name"), F("email"), _one("extensions:mailbox")),
    Source(_("Schedule"), "calendar-time", Perm.SCHEDULE_READ, _named(Schedule), F("pk"), F("name"), NOTHING,
           _one("extensions:schedule")),
    Source(_("Holiday calendar"), "calendar-event", Perm.SCHEDULE_READ, _named(HolidayCalendar), F("pk"), F("name"),
           NOTHING, _one("extensions:holiday_calendar")),
    Source(_("Conference room"), "users", Perm.CONFERENCE_READ, _numbered(ConferenceRoom), F("pk"),
           Concat("number", Value(" "), "name"), NOTHING, _one("extensions:conference_room")),
    Source(_("Speed dial"), "star", Perm.SPEED_DIAL_READ, _speed_dials, F("label"),
           Concat("code", Value(" "), "label"), F("number"), _list("extensions:speed_dials")),
)  # fmt: skip
MANAGEMENT: tuple[Source, ...] = (
    Source(_("Tenant"), "building", Perm.TENANT_READ, _tenants, F("instance_number"), F("name"), F("upn_suffix"),
           _one("tenants:detail")),
    Source(_("Request"), "list-check", Perm.REQUEST_READ, _requests, F("reference"), F("name"), F("reference"),
           _one("tenants:request")),
    Source(_("Contact"), "address-book", Perm.TENANT_READ,
           lambda text: Contact.objects.filter(Q(name__icontains=text) | Q(email__icontains=text)),
           F("customer__tenant__instance_number"), F("name"), F("email"), _one("tenants:detail")),
    Source(_("Template"), "template", Perm.TEMPLATE_READ, _named(ServiceTemplate), F("pk"), F("name"), F("state"),
           _one("tenants:template")),
    Source(_("User"), "user", Perm.USER_READ, _people, F("pk"), F("display_name"), F("username"),
           _one("accounts:user")),
)  # fmt: skip

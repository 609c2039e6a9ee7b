"""The left rail of both faces: one list, each entry with the permission it needs."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.permissions import Perm


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail. `url_name` is reversed in the face's own URL map.

    `words` are other names under which people look for the page in the palette.
    """

    label: Any
    url_name: str
    icon: str
    permission: Perm
    words: Any = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the rail or of the profile menu, as templates show it: in the reader's language."""

    label: str
    url: str
    icon: str
    active: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the rail, as templates show it."""

    label: str
    items: tuple[Item, ...]


Group = tuple[Any, tuple[Entry, ...]]

MANAGEMENT: tuple[Group, ...] = (
    (
        _("Customers"),
        (
            Entry(_("Overview"), "tenants:overview", "home", Perm.TENANT_READ),
            Entry(_("Tenants"), "tenants:list", "building", Perm.TENANT_READ),
            Entry(_("Requests"), "tenants:requests", "list-check", Perm.REQUEST_READ),
            Entry(_("Outside numbers"), "tenants:numbers", "phone-incoming", Perm.TENANT_READ),
            Entry(_("Templates"), "tenants:templates", "template", Perm.TEMPLATE_READ),
        ),
    ),
    (
        _("Registration"),
        (
            Entry(_("Tenant Registration"), "register:template", "clipboard-list", Perm.REQUEST_SUBMIT),
            Entry(_("My requests"), "register:requests", "list", Perm.REQUEST_SUBMIT),
        ),
    ),
    (
        _("Platform"),
        (
            Entry(_("Users"), "accounts:users", "users", Perm.USER_READ),
            Entry(_("Roles"), "accounts:roles", "shield-check", Perm.USER_READ),
            Entry(_("Audit log"), "audit:list", "history", Perm.AUDIT_READ),
            Entry(_("Jobs"), "jobs:list", "progress-check", Perm.JOB_READ),
            Entry(_("PBXs"), "pbx:list", "server", Perm.PBX_READ, _("Asterisk, trunks, channels, registrations")),
            Entry(_("Mail"), "jobs:mail", "mail", Perm.PLATFORM_READ),
            Entry(_("Settings"), "tenants:platform", "settings", Perm.PLATFORM_READ),
            Entry(_("Telephony defaults"), "platform:defaults", "adjustments", Perm.PLATFORM_WRITE),
            Entry(_("Admin guide"), "help:index", "notes", Perm.HELP_READ),
        ),
    ),
)
TENANT: tuple[Group, ...] = (
    (
        _("Today"),
        (
            Entry(_("Today"), "home", "home", Perm.EXTENSION_READ),
            Entry(
                _("My telephone"),
                "extensions:me",
                "user-circle",
                Perm.OWN_USE,
                _("my status, my forwarding, my voicemail, my keys"),
            ),
        ),
    ),
    (
        _("People"),
        (
            Entry(
                _("Live board"),
                "extensions:live",
                "activity",
                Perm.PRESENCE_READ,
                _("who is on a call, ringing, channels, calls now"),
            ),
            Entry(_("Extensions"), "extensions:list", "phone", Perm.EXTENSION_READ),
            Entry(
                _("Team status"),
                "extensions:presence",
                "user-check",
                Perm.PRESENCE_READ,
                _("who is available, busy, away"),
            ),
            Entry(
                _("Teams"),
                "extensions:teams",
                "users-group",
                Perm.TEAM_READ,
                _("ring groups, hunt groups, departments"),
            ),
            Entry(_("Users"), "accounts:users", "users", Perm.USER_READ),
            Entry(_("Roles"), "accounts:roles", "shield-check", Perm.USER_READ),
            Entry(
                _("Licences"), "licensing:licences", "license", Perm.LICENCE_READ, _("organization, add-ons, numbers")
            ),
        ),
    ),
    (
        _("Calls"),
        (
            Entry(
                _("Voicemail"),
                "extensions:mailboxes",
                "record-mail",
                Perm.VOICEMAIL_READ,
                _("answering machine, PIN, greeting, messages"),
            ),
            Entry(_("Shared parking"), "extensions:parking", "parking", Perm.PARKING_READ),
            Entry(_("Conference rooms"), "extensions:conference_rooms", "users-group", Perm.CONFERENCE_READ),
            Entry(
                _("Sounds"), "extensions:sounds", "music", Perm.AUDIO_READ, _("announcements, music on hold, greetings")
            ),
            Entry(
                _("Schedules"),
                "extensions:schedules",
                "calendar-time",
                Perm.SCHEDULE_READ,
                _("opening hours, office hours, breaks"),
            ),
            Entry(
                _("Holidays"),
                "extensions:holiday_calendars",
                "beach",
                Perm.SCHEDULE_READ,
                _("public holidays, national holidays"),
            ),
            Entry(
                _("Call controls"),
                "extensions:calls",
                "adjustments",
                Perm.CALL_CONTROL_READ,
                _("forwarding, forward calls, blocked callers, caller ID, recording"),
            ),
            Entry(
                _("Outgoing rules"),
                "extensions:rule_sets",
                "phone-outgoing",
                Perm.CALL_CONTROL_READ,
                _("restrict calls, international, premium, test a number"),
            ),
            Entry(
                _("Call flow"), "extensions:call_flow", "route", Perm.CALL_FLOW_READ, _("what happens to a call, test")
            ),
        ),
    ),
    (
        _("Phones"),
        (
            Entry(
                _("Telephones"),
                "extensions:phones",
                "device-landline-phone",
                Perm.PHONE_READ,
                _("devices, MAC address, provisioning"),
            ),
            Entry(
                _("Key templates"),
                "extensions:key_templates",
                "layout-grid",
                Perm.KEY_READ,
                _("BLF, busy lamp field, keys"),
            ),
            Entry(_("Speed dials"), "extensions:speed_dials", "star", Perm.SPEED_DIAL_READ),
        ),
    ),
    (
        _("Settings"),
        (
            Entry(
                _("Company hours"),
                "extensions:hours",
                "building",
                Perm.SETTING_UPDATE,
                _("opening hours, lunch break, global hours"),
            ),
            Entry(_("Agent status"), "extensions:agent_statuses", "mood-smile", Perm.STATUS_READ),
            Entry(_("Feature codes"), "extensions:feature_codes", "hash", Perm.SETTING_READ),
            Entry(_("Queues"), "extensions:queue_parameters", "headset", Perm.SETTING_READ),
        ),
    ),
    (
        _("Records"),
        (
            Entry(
                _("Configuration check"),
                "extensions:check",
                "stethoscope",
                Perm.CHECK_READ,
                _("problems, findings, repair"),
            ),
            Entry(_("Audit log"), "audit:list", "history", Perm.AUDIT_READ),
            Entry(_("Jobs"), "jobs:list", "progress-check", Perm.JOB_READ),
            Entry(
                _("Deleted lately"), "extensions:deletions", "trash", Perm.OWN_USE, _("undo, bring back, recycle bin")
            ),
            Entry(_("Support sessions"), "accounts:support_sessions", "user-shield", Perm.SUPPORT_READ),
            Entry(_("Admin guide"), "help:index", "notes", Perm.HELP_READ),
        ),
    ),
)


def navigation_for(request: HttpRequest) -> tuple[Section, ...]:
    """Groups and entries that this person may open; the one they are in is marked."""
    management = request.tenant.is_management
    tree = MANAGEMENT if management else TENANT
    open_to = frozenset(
        entry.permission for _label, entries in tree for entry in entries if request.user.may(entry.permission)
    )
    sections = _sections(management, open_to, get_language(), get_urlconf(), get_script_prefix())
    return _marked(sections, _active_url(sections, request.path))


def profile_menu_for(request: HttpRequest) -> tuple[Item, ...]:
    """The menu behind the profile icon, top left."""
    visits = not request.tenant.is_management and request.user.may(Perm.VISIT_OPEN)
    manages = not request.tenant.is_management and request.user.may(Perm.LICENCE_READ)
    return _profile_menu(request.user.is_guest, visits, manages, get_language(), get_urlconf(), get_script_prefix())


# The following is worked out once for each set of permissions, language and map of addresses, not for each page. What
# belongs to one person or one tenant never gets in: all they depend on is in their arguments.


@lru_cache(maxsize=500)
def _profile_menu(guest: bool, visits: bool, manages: bool, *_place: str | None) -> tuple[Item, ...]:
    entries = [(_("Manage Organization"), "licensing:licences", "building")] if manages else []
    entries.append((_("Preferences"), "accounts:preferences", "settings"))
    if not guest:
        entries += [
            (_("Password"), "account_change_password", "key"),
            (_("Two-step sign-in"), "mfa_index", "shield-lock"),
            (_("Sessions"), "usersessions_list", "devices"),
        ]
    if visits:
        entries.append((_("Register another tenant"), "accounts:visit", "building"))
    return tuple(Item(str(label), reverse(name), icon) for label, name, icon in entries)


@lru_cache(maxsize=500)
def _sections(management: bool, open_to: frozenset[Perm], *_place: str | None) -> tuple[Section, ...]:
    found = []
    for label, entries in MANAGEMENT if management else TENANT:
        items = tuple(
            Item(str(entry.label), reverse(entry.url_name), entry.icon, words=str(entry.words))
            for entry in entries
            if entry.permission in open_to
        )
        if items:
            found.append(Section(str(label), items))
    return tuple(found)


def _active_url(sections: tuple[Section, ...], path: str) -> str:
    """The longest address that `path` begins with; “/” and “/ops/” begin many."""
    addresses = [item.url for section in sections for item in section.items]
    return max((url for url in addresses if path.startswith(url) and (url != "/" or path == "/")), key=len, default="")


@lru_cache(maxsize=2000)
def _marked(sections: tuple[Section, ...], active: str) -> tuple[Section, ...]:
    """The same with the entry at `active` marked, the first one if there are two."""
    first = next((item for section in sections for item in section.items if item.url == active), None)
    return tuple(
        Section(section.label, tuple(replace(item, active=True) if item is first else item for item in section.items))
        for section in sections
    )

"""What stands in the left rail of both faces: one list for each, every entry with the permission it needs."""

from dataclasses import dataclass
from typing import Any

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
                _("Licenses"), "licensing:licences", "license", Perm.LICENCE_READ, _("organization, add-ons, numbers")
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
                _("Recorded calls"),
                "extensions:recordings",
                "player-record",
                Perm.RECORDING_PLAY,
                _("recordings, play, download"),
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

"""The one list of permissions, and the built-in roles that hold them (ROL-05).

`user.may(Perm.X)` is the only question anyone asks. A misspelt permission is an AttributeError when a module loads.
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Face(StrEnum):
    """Which host a person signs in to."""

    MANAGEMENT = "management"
    TENANT = "tenant"


class Perm(TextChoices):
    """`area:action`. The label finishes the sentence “This person may …”."""

    OWN_USE = "own:use", _("use their own sign-in")
    HELP_READ = "help:read", _("read the help pages")
    USER_READ = "user:read", _("see users and their roles")
    USER_WRITE = "user:write", _("create and change users")
    ROLE_ASSIGN = "role:assign", _("assign and remove roles")
    ROLE_CREATE = "role:create", _("create roles")
    ROLE_UPDATE = "role:update", _("change roles")
    ROLE_DELETE = "role:delete", _("delete roles")
    OWNER_TRANSFER = "owner:transfer", _("hand over ownership")
    AUDIT_READ = "audit:read", _("read the audit log")
    JOB_READ = "job:read", _("see background jobs")
    JOB_RUN = "job:run", _("retry background jobs")

    REQUEST_SUBMIT = "request:submit", _("request a new tenant")
    REQUEST_READ = "request:read", _("see every tenant request")
    REQUEST_DECIDE = "request:decide", _("approve and reject tenant requests")
    REQUEST_RUN = "request:run", _("start, retry and recover tenant requests")
    TENANT_READ = "tenant:read", _("see tenants")
    TENANT_WRITE = "tenant:write", _("change tenants")
    TENANT_SUSPEND = "tenant:suspend", _("suspend and resume tenants")
    TENANT_ENTER = "tenant:enter", _("open a support session in a tenant")
    TEMPLATE_READ = "template:read", _("see service templates")
    TEMPLATE_WRITE = "template:write", _("change service templates")
    TEMPLATE_PUBLISH = "template:publish", _("publish and retire service templates")
    ORDER_READ = "order:read", _("see what a tenant has bought, and the prices")
    ORDER_WRITE = "order:write", _("buy and cancel a tenant's licenses")
    PBX_READ = "pbx:read", _("see PBXs and what is in force on them")
    PBX_WRITE = "pbx:write", _("change PBXs and trunks, and apply again")
    PLATFORM_READ = "platform:read", _("see platform settings and the mail log")
    PLATFORM_WRITE = "platform:write", _("change platform settings")

    EXTENSION_READ = "extension:read", _("see extensions")
    EXTENSION_CREATE = "extension:create", _("create extensions")
    EXTENSION_UPDATE = "extension:update", _("change extensions")
    EXTENSION_DELETE = "extension:delete", _("delete extensions")
    TEAM_READ = "team:read", _("see teams")
    TEAM_CREATE = "team:create", _("create teams")
    TEAM_UPDATE = "team:update", _("change teams and their members")
    TEAM_DELETE = "team:delete", _("delete teams")
    PRESENCE_READ = "presence:read", _("see the status of colleagues and its history")
    PRESENCE_UPDATE = "presence:update", _("set the status of colleagues")
    LIVE_READ = "live:read", _("see all calls as they are now")
    LIVE_HANG_UP = "live:hang_up", _("end calls of colleagues")
    STATUS_READ = "status:read", _("see which agent statuses exist")
    STATUS_UPDATE = "status:update", _("decide which agent statuses exist and what they do")
    SCHEDULE_READ = "schedule:read", _("see schedules and holidays")
    SCHEDULE_CREATE = "schedule:create", _("create schedules and holidays")
    SCHEDULE_UPDATE = "schedule:update", _("change schedules and holidays")
    SCHEDULE_DELETE = "schedule:delete", _("delete schedules and holidays")
    SCHEDULE_OVERRIDE = "schedule:override", _("open or close a schedule for a while")
    CALL_CONTROL_READ = "call_control:read", _("see call controls")
    CALL_CONTROL_UPDATE = "call_control:update", _("change call controls")
    CALL_FLOW_READ = "call_flow:read", _("ask what happens to a call, and see saved call tests")
    CALL_FLOW_UPDATE = "call_flow:update", _("keep, change and run call tests")
    RECORDING_PLAY = "recording:play", _("play recorded calls")
    PARKING_READ = "parking:read", _("see the parking slots")
    PARKING_UPDATE = "parking:update", _("set up shared parking")
    VOICEMAIL_READ = "voicemail:read", _("see voicemail boxes")
    VOICEMAIL_CREATE = "voicemail:create", _("create shared voicemail boxes")
    VOICEMAIL_UPDATE = "voicemail:update", _("change voicemail boxes and reset their PINs")
    VOICEMAIL_DELETE = "voicemail:delete", _("delete voicemail boxes")
    VOICEMAIL_LISTEN = "voicemail:listen", _("hear and change messages in shared boxes and those of colleagues")
    AUDIO_READ = "audio:read", _("listen to announcements and greetings")
    AUDIO_CREATE = "audio:create", _("upload announcements and greetings")
    AUDIO_DELETE = "audio:delete", _("delete announcements and greetings")
    SPEED_DIAL_READ = "speed_dial:read", _("see shared speed dials")
    SPEED_DIAL_UPDATE = "speed_dial:update", _("change shared speed dials and those of colleagues")
    KEY_READ = "key:read", _("see keys of telephones and key templates")
    KEY_UPDATE = "key:update", _("change keys of telephones and key templates")
    PHONE_READ = "phone:read", _("see telephones")
    PHONE_CREATE = "phone:create", _("add and import telephones")
    PHONE_UPDATE = "phone:update", _("change telephones")
    PHONE_DELETE = "phone:delete", _("remove telephones")
    CONFERENCE_READ = "conference:read", _("see conference rooms")
    CONFERENCE_CREATE = "conference:create", _("create conference rooms")
    CONFERENCE_UPDATE = "conference:update", _("change conference rooms")
    CONFERENCE_DELETE = "conference:delete", _("delete conference rooms")
    CHECK_READ = "check:read", _("see what the configuration check found")
    CHECK_UPDATE = "check:update", _("run the configuration check and apply its repairs")
    SETTING_READ = "setting:read", _("see the telephone system's settings")
    SETTING_UPDATE = "setting:update", _("change the telephone system's settings")
    SETTING_PUBLISH = "setting:publish", _("publish changed settings")
    LICENCE_READ = "licence:read", _("see licenses and outside numbers")
    LICENCE_UPDATE = "licence:update", _("assign licenses, add-ons and outside numbers")
    OWN_PRESENCE = "own:presence", _("set their own status")
    OWN_CALLS = "own:calls", _("change their own forwarding")
    OWN_VOICEMAIL = "own:voicemail", _("change their own voicemail box")
    OWN_SPEED_DIAL = "own:speed_dial", _("change their own speed dials")
    OWN_KEYS = "own:keys", _("change their own telephone keys")
    OWN_DIAL = "own:dial", _("let their own telephone call a number")
    OWN_DEVICE = "own:device", _("see their own telephones and renew the password")
    SUPPORT_READ = "support:read", _("see who was inside in a support session")
    SUPPORT_END = "support:end", _("end support sessions")
    VISIT_OPEN = "visit:open", _("visit the management host to buy and cancel, and to register another tenant")


_OWN = frozenset({Perm.OWN_USE, Perm.HELP_READ})
_OWN_PHONE = frozenset(p for p in Perm if p.value.startswith("own:")) | _OWN
_STAFF = _OWN | {Perm.USER_READ, Perm.AUDIT_READ, Perm.JOB_READ}
_PLATFORM_AREAS = {"request", "tenant", "template", "order", "platform", "pbx", "user", "role", "audit", "job"}
_PLATFORM = frozenset(p for p in Perm if p.value.split(":")[0] in _PLATFORM_AREAS)
_TELEPHONY_AREAS = {
    "extension", "team", "presence", "live", "status", "schedule", "call_control", "call_flow", "recording", "parking",
    "voicemail", "audio", "speed_dial", "key", "phone", "conference", "check", "setting", "support", "visit", "licence",
}  # fmt: skip
_TELEPHONY = frozenset(p for p in Perm if p.value.split(":")[0] in _TELEPHONY_AREAS)
_TELEPHONY_READ = frozenset(p for p in _TELEPHONY - {Perm.SUPPORT_READ} if p.value.endswith(":read"))
_PEOPLE = frozenset(p for p in Perm if p.value.split(":")[0] in {"user", "role"}) | {Perm.JOB_RUN}


class BuiltinRole(TextChoices):
    """Roles that every installation has; each face is given its own."""

    OPERATOR_OWNER = "operator_owner", _("Platform owner")
    OPERATOR_ADMIN = "operator_admin", _("Platform administrator")
    OPERATOR_SUPPORT = "operator_support", _("Platform support")
    OPERATOR_BILLING = "operator_billing", _("Platform billing")
    RESELLER_ADMIN = "reseller_admin", _("Reseller administrator")
    RESELLER_SUPPORT = "reseller_support", _("Reseller support")
    VISITOR = "visitor", _("Visiting tenant administrator")
    PROSPECT = "prospect", _("Prospect")
    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Administrator")
    MANAGER = "manager", _("Team manager")
    END_USER = "end_user", _("End user")


BUILTIN_GRANTS: dict[Face, dict[BuiltinRole, frozenset[Perm]]] = {
    Face.MANAGEMENT: {
        BuiltinRole.OPERATOR_OWNER: _OWN | _PLATFORM,
        BuiltinRole.OPERATOR_ADMIN: _OWN | _PLATFORM - {Perm.PLATFORM_WRITE},
        BuiltinRole.OPERATOR_SUPPORT: _STAFF
        | {
            Perm.REQUEST_SUBMIT,
            Perm.REQUEST_READ,
            Perm.TENANT_READ,
            Perm.TENANT_ENTER,
            Perm.TEMPLATE_READ,
            Perm.ORDER_READ,
            Perm.PLATFORM_READ,
            Perm.PBX_READ,
        },
        BuiltinRole.OPERATOR_BILLING: _OWN | {Perm.TENANT_READ, Perm.ORDER_READ, Perm.ORDER_WRITE, Perm.AUDIT_READ},
        BuiltinRole.RESELLER_ADMIN: _OWN | {Perm.REQUEST_SUBMIT},
        BuiltinRole.RESELLER_SUPPORT: _OWN,
        BuiltinRole.VISITOR: frozenset(
            {Perm.OWN_USE, Perm.HELP_READ, Perm.REQUEST_SUBMIT, Perm.ORDER_READ, Perm.ORDER_WRITE}
        ),
        BuiltinRole.PROSPECT: frozenset({Perm.OWN_USE, Perm.REQUEST_SUBMIT}),
    },
    Face.TENANT: {
        BuiltinRole.OWNER: _STAFF | _OWN_PHONE | _TELEPHONY | _PEOPLE | {Perm.OWNER_TRANSFER},
        BuiltinRole.ADMIN: _STAFF | _OWN_PHONE | _TELEPHONY | _PEOPLE,
        BuiltinRole.MANAGER: _OWN_PHONE
        | _TELEPHONY_READ
        | {
            Perm.USER_READ,
            Perm.TEAM_UPDATE,
            Perm.PRESENCE_UPDATE,
            Perm.SCHEDULE_UPDATE,
            Perm.SCHEDULE_OVERRIDE,
            Perm.CALL_FLOW_UPDATE,
        },
        BuiltinRole.END_USER: _OWN_PHONE | {Perm.PRESENCE_READ},
    },
}

# Permissions that a team-scoped role gives only in its teams; everything else it gives everywhere (ROL-08, TEAM-04).
SCOPED = frozenset(
    {
        Perm.TEAM_UPDATE,
        Perm.EXTENSION_UPDATE,
        Perm.PRESENCE_UPDATE,
        Perm.SCHEDULE_UPDATE,
        Perm.SCHEDULE_OVERRIDE,
        Perm.VOICEMAIL_UPDATE,
        Perm.VOICEMAIL_LISTEN,
        Perm.KEY_UPDATE,
        Perm.RECORDING_PLAY,
    }
)
# Built-in roles that count only in the teams that somebody was given them for.
TEAM_ROLES = frozenset({BuiltinRole.MANAGER})
# The lowest role of each face: what a new user gets when nobody chose (ROL-03).
LOWEST_ROLE = {Face.MANAGEMENT: BuiltinRole.OPERATOR_BILLING, Face.TENANT: BuiltinRole.END_USER}
# What an operator may do inside a tenant: what its own administrator may, without ending others' support sessions,
# without going on to a third place (TEN-05), and without hearing what people said to each other.
SUPPORT_GRANTS = BUILTIN_GRANTS[Face.TENANT][BuiltinRole.ADMIN] - {
    Perm.SUPPORT_END,
    Perm.VISIT_OPEN,
    Perm.VOICEMAIL_LISTEN,
}
VISITOR_GRANTS = BUILTIN_GRANTS[Face.MANAGEMENT][BuiltinRole.VISITOR]

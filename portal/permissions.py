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
    PLATFORM_READ = "platform:read", _("see platform settings and the mail log")
    PLATFORM_WRITE = "platform:write", _("change platform settings")

    EXTENSION_READ = "extension:read", _("see extensions")
    EXTENSION_WRITE = "extension:write", _("create and change extensions")
    SETTING_READ = "setting:read", _("see the telephone system's settings")
    SETTING_WRITE = "setting:write", _("change the telephone system's settings")
    SETTING_PUBLISH = "setting:publish", _("publish changed settings")
    SUPPORT_READ = "support:read", _("see who was inside in a support session")
    SUPPORT_END = "support:end", _("end support sessions")
    VISIT_OPEN = "visit:open", _("visit the management host to register another tenant")


_OWN = frozenset({Perm.OWN_USE, Perm.HELP_READ})
_STAFF = _OWN | {Perm.USER_READ, Perm.AUDIT_READ, Perm.JOB_READ}
_PLATFORM_AREAS = {"request", "tenant", "template", "platform", "user", "role", "audit", "job"}
_PLATFORM = frozenset(p for p in Perm if p.value.split(":")[0] in _PLATFORM_AREAS)
_TELEPHONY = frozenset(p for p in Perm if p.value.split(":")[0] in {"extension", "setting", "support", "visit"})


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
            Perm.PLATFORM_READ,
        },
        BuiltinRole.OPERATOR_BILLING: _OWN | {Perm.TENANT_READ, Perm.AUDIT_READ},
        BuiltinRole.RESELLER_ADMIN: _OWN | {Perm.REQUEST_SUBMIT},
        BuiltinRole.RESELLER_SUPPORT: _OWN,
        BuiltinRole.VISITOR: frozenset({Perm.OWN_USE, Perm.HELP_READ, Perm.REQUEST_SUBMIT}),
        BuiltinRole.PROSPECT: frozenset({Perm.OWN_USE, Perm.REQUEST_SUBMIT}),
    },
    Face.TENANT: {
        BuiltinRole.OWNER: _STAFF | _TELEPHONY | {Perm.USER_WRITE, Perm.ROLE_ASSIGN, Perm.JOB_RUN},
        BuiltinRole.ADMIN: _STAFF | _TELEPHONY | {Perm.USER_WRITE, Perm.ROLE_ASSIGN, Perm.JOB_RUN},
        BuiltinRole.MANAGER: _OWN | {Perm.EXTENSION_READ, Perm.SETTING_READ, Perm.USER_READ},
        BuiltinRole.END_USER: _OWN,
    },
}

# The lowest role of each face: what a new user gets when nobody chose (ROL-03).
LOWEST_ROLE = {Face.MANAGEMENT: BuiltinRole.OPERATOR_BILLING, Face.TENANT: BuiltinRole.END_USER}
# What an operator may do inside a tenant: what its own administrator may, without ending others' support sessions and
# without going on to a third place (TEN-05).
SUPPORT_GRANTS = BUILTIN_GRANTS[Face.TENANT][BuiltinRole.ADMIN] - {Perm.SUPPORT_END, Perm.VISIT_OPEN}
VISITOR_GRANTS = BUILTIN_GRANTS[Face.MANAGEMENT][BuiltinRole.VISITOR]

"""States of tenants and of service templates: which moves exist (TEN-02, TPL-01)."""

from django.utils.translation import gettext_lazy as _

from portal.core.chips import set_tones
from portal.core.states import Machine
from tenants.models import NumberState, TemplateState, TenantState

# Shown wherever tenants are listed, beside instance 1 (PLT-01).
RESERVED = _("Reserved for management (not usable)")

S = TenantState
TENANT_MOVES = Machine(
    "state",
    {
        S.PROVISIONING: {S.TRIAL, S.ACTIVE},
        S.TRIAL: {S.ACTIVE, S.SUSPENDED, S.TERMINATING},
        S.ACTIVE: {S.SUSPENDED, S.TERMINATING},
        S.SUSPENDED: {S.TRIAL, S.ACTIVE, S.TERMINATING},
        S.TERMINATING: {S.TRIAL, S.ACTIVE, S.SUSPENDED, S.TERMINATED},
        S.TERMINATED: {S.PURGED},
        S.PURGED: set(),
    },
)

T = TemplateState
TEMPLATE_MOVES = Machine(
    "state",
    {
        T.DRAFT: {T.PUBLISHED, T.RETIRED},
        T.PUBLISHED: {T.PUBLISHED, T.RETIRED},
        T.RETIRED: {T.PUBLISHED},
    },
)

set_tones(
    {
        S.PROVISIONING: "progress",
        S.TRIAL: "trial",
        S.ACTIVE: "good",
        S.SUSPENDED: "suspended",
        S.TERMINATING: "warning",
        S.TERMINATED: "cancelled",
        S.PURGED: "cancelled",
    }
)
N = NumberState
set_tones(
    {
        N.AVAILABLE: "neutral",
        N.RESERVED: "scheduled",
        N.ASSIGNED: "good",
        N.QUARANTINED: "queued",
        N.PORTED_OUT: "cancelled",
    }
)
set_tones({T.DRAFT: "draft", T.PUBLISHED: "good", T.RETIRED: "cancelled"})

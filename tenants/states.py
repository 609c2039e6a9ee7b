"""States of subscription requests: which moves exist (REG-17), and how each looks."""

from portal.core.chips import set_tones
from portal.core.states import Machine
from tenants.models import RequestState

R = RequestState
REQUEST_MOVES = Machine(
    "state",
    {
        R.SUBMITTED: {R.AWAITING_APPROVAL, R.APPROVED},
        R.AWAITING_APPROVAL: {R.APPROVED, R.REJECTED, R.CANCELLED},
        R.APPROVED: {R.SCHEDULED, R.PROVISIONING, R.CANCELLED},
        R.SCHEDULED: {R.PROVISIONING, R.CANCELLED},
        R.PROVISIONING: {R.COMPLETED, R.FAILED},
        R.FAILED: {R.PROVISIONING, R.APPROVED},  # retried, or recovered: what the attempt made is gone
        R.COMPLETED: set(),
        R.REJECTED: set(),
        R.CANCELLED: set(),
    },
)
ENDED = frozenset({R.COMPLETED, R.REJECTED, R.CANCELLED})
# Nothing happens by itself any more: pages stop asking for news.
AT_REST = ENDED | {R.FAILED}

set_tones(
    {
        R.SUBMITTED: "queued",
        R.AWAITING_APPROVAL: "warning",
        R.APPROVED: "queued",
        R.SCHEDULED: "scheduled",
        R.PROVISIONING: "progress",
        R.COMPLETED: "good",
        R.FAILED: "failed",
        R.REJECTED: "cancelled",
        R.CANCELLED: "cancelled",
    }
)

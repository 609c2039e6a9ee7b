"""What an assignment template may become, which buttons each state has (BLK-16 to BLK-19), and how states look."""

from licensing.models.bulk import BulkState, RowState, UndoState
from portal.core.chips import set_tones
from portal.core.states import Machine

B, R, U = BulkState, RowState, UndoState

BULK_MOVES = Machine(
    "state",
    {
        B.DRAFT: {B.IN_PROGRESS},
        B.IN_PROGRESS: {B.COMPLETED, B.FAILED, B.CANCELLED, B.DRAFT},
        B.COMPLETED: set(),
        B.FAILED: set(),
        B.CANCELLED: set(),
    },
)
LICENCES, USERS, ASSIGN, REPORT, DUPLICATE, DELETE = "licences", "users", "assign", "report", "duplicate", "delete"
_ENDED = (LICENCES, REPORT, DUPLICATE)
BUTTONS: dict[BulkState, tuple[str, ...]] = {
    B.DRAFT: (LICENCES, USERS, ASSIGN, DUPLICATE, DELETE),
    B.IN_PROGRESS: (LICENCES, USERS, REPORT, DUPLICATE),
    B.COMPLETED: _ENDED,
    B.FAILED: _ENDED,
    B.CANCELLED: _ENDED,
}

set_tones(
    {
        B.DRAFT: "draft",
        B.IN_PROGRESS: "progress",
        B.COMPLETED: "good",
        B.FAILED: "failed",
        B.CANCELLED: "cancelled",
    }
)
set_tones({R.WAITING: "queued", R.ASSIGNED: "good", R.FAILED: "failed", R.SKIPPED: "cancelled", R.UNDONE: "cancelled"})
set_tones({U.NONE: "neutral", U.UNDOING: "progress", U.UNDONE: "cancelled"})

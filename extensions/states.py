"""The states of an extension (EXT-13), and how the states of a schedule look (SCH-06)."""

from extensions.callflow.hours import HoursState as H
from extensions.models import CallTestState
from extensions.models import ExtensionState as S
from portal.core.chips import set_tones
from portal.core.states import Machine

EXTENSION_MOVES = Machine(
    "state",
    {
        S.UNASSIGNED: {S.ACTIVE, S.SUSPENDED},
        S.ACTIVE: {S.UNASSIGNED, S.SUSPENDED},
        S.SUSPENDED: {S.ACTIVE, S.UNASSIGNED},
    },
)
set_tones({S.UNASSIGNED: "neutral", S.ACTIVE: "good", S.SUSPENDED: "suspended"})
set_tones(
    {
        H.OVERRIDE_OPEN: "good",
        H.OVERRIDE_CLOSED: "warning",
        H.OVERRIDE_SPECIAL: "warning",
        H.HOLIDAY: "scheduled",
        H.CLOSED: "neutral",
        H.BREAK: "queued",
        H.OPEN: "good",
    }
)
set_tones({CallTestState.NEW: "neutral", CallTestState.PASSED: "good", CallTestState.FAILED: "failed"})

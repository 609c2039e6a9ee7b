"""The states of an extension (EXT-13)."""

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

"""What a PBX recorded, as pages show it (CTL-07)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded call. `id` names it within its tenant; exactly one of `extension` and `team` is by whose rule it was
    recorded. `number` is the other side's, empty where it was withheld; `seconds` are those that were talked."""

    id: str
    extension: int | None
    team: int | None
    incoming: bool
    at: datetime
    number: str
    seconds: int

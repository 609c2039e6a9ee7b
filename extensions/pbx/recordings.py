"""What a PBX recorded, as pages show it (CTL-07)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

# By whose rule (extension or team), direction, seconds since 1970, number of the other side, id of the call. Without a
# group, so that it can stand in an address.
ID = r"[eg][0-9]{1,18}-[inout]{2,3}-[0-9]{1,11}-[0-9+*#]{0,40}-[0-9.]{1,64}"
_ID = re.compile(ID, re.ASCII)


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


def is_recording(id: str) -> bool:
    """Whether this may be the id of a recording; such a one is safe as the name of a file."""
    return _ID.fullmatch(id) is not None


def read_recording(id: str, seconds: int) -> Recording | None:
    """The recording that this id names, with so many seconds of talk; None for what is no id of one."""
    if not is_recording(id):
        return None
    owner, direction, epoch, number, _call = id.split("-")
    whose = int(owner[1:])
    return Recording(
        id=id,
        extension=whose if owner[0] == "e" else None,
        team=whose if owner[0] == "g" else None,
        incoming=direction == "in",
        at=datetime.fromtimestamp(int(epoch), UTC),
        number=number,
        seconds=seconds,
    )

"""The connection to a PBX as it is told in Redis: who it is, whether it holds, and since when."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class LinkState(StrEnum):
    CONNECTING = "connecting"
    CONNECTED = "connected"
    AWAY = "away"
    OFF = "off"  # an operator disabled it


@dataclass(frozen=True, slots=True)
class Link:
    """`since` is when `state` began, `heartbeat` when whoever follows the PBX was last alive."""

    pbx_id: int
    kind: str
    state: LinkState
    since: datetime
    heartbeat: datetime
    reason: str = ""

    def told(self) -> dict[str, str]:
        """As fields of a hash."""
        return {
            "kind": self.kind,
            "state": self.state.value,
            "since": f"{self.since.timestamp():.3f}",
            "heartbeat": f"{self.heartbeat.timestamp():.3f}",
            "reason": self.reason,
        }


def read_link(pbx_id: int, fields: dict[str, str]) -> Link | None:
    """The link that these fields tell of; None where there are none, or they are of another version."""
    try:
        since, heartbeat = (datetime.fromtimestamp(float(fields[name]), UTC) for name in ("since", "heartbeat"))
        state = LinkState(fields["state"])
    except (KeyError, ValueError):
        return None
    return Link(pbx_id, fields.get("kind", ""), state, since, heartbeat, fields.get("reason", ""))

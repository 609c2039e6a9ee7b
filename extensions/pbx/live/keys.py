"""Names and times of the live state in Redis.

The database's name is part of every key, so that installations, and tests that run at once, can share a server.
"""

from django.db import connections

LIVES = 60  # seconds: a tenant's live state without a heartbeat is forgotten
HEARTBEAT = 5.0  # seconds
STALE = 15.0  # seconds: without a heartbeat for longer, nobody knows any more

# Fields of a tenant's hash that are not about a thing on the PBX.
AT = "@at"  # the last heartbeat, seconds since the epoch
PBX = "@pbx"  # the id of the PBX that tells
SEPARATOR = "|"  # between the kind of a field and what it is about


def live_key(tenant: str) -> str:
    """The hash of one tenant's live state."""
    return f"{_installation()}:pbx:live:{tenant}"


def link_key(pbx_id: int) -> str:
    """The hash of what is known about the connection to a PBX; it has no time to live."""
    return f"{_installation()}:pbx:link:{pbx_id}"


def simulator_key(pbx_id: int, what: str) -> str:
    """What a simulator remembers."""
    return f"{_installation()}:pbx:simulator:{pbx_id}:{what}"


def _installation() -> str:
    return str(connections["default"].settings_dict["NAME"])

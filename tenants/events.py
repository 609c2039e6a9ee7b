"""What happened to tenants, told upwards (portal.core.events)."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True, slots=True)
class ZoneChanged(Event):
    """The days of a tenant begin at another moment. Emitted in the management schema."""

    schema: str

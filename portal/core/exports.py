"""Downloads of lists are told upwards, so that the audit log knows of them (AUD-10)."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True, slots=True)
class Exported(Event):
    """Somebody downloaded the list at `page` as `file`, limited by the filters in `query`."""

    file: str
    page: str
    query: str

"""Whoever hears or takes a sound that is not their own stands in the log (AUD-10)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model

from portal.audit.context import acting_now
from portal.audit.models import LogEntry, Verb
from portal.audit.services import record

ONE_HEARING = timedelta(hours=1)


def note_listening(  # noqa: PLR0913 - what a row of the log has
    *, table: str, message: str, data: dict[str, Any], begins: bool, at: datetime, obj: Model | None = None
) -> None:
    """Write down that whoever acts now asked for a sound; `table`, `message` and `data` as `record` takes them.

    Players ask for a sound in many parts, of which only the first one `begins` it. A later part belongs to a hearing of
    the last hour that is in the log; where there is none, it is one of its own, so that nobody hears all but the first
    byte unseen.
    """
    if begins or not _is_known(table=table, message=message, data=data, at=at):
        record(verb=Verb.GET, table=table, message=message, obj=obj, data=data)


def _is_known(*, table: str, message: str, data: dict[str, Any], at: datetime) -> bool:
    acting = acting_now().columns(connection.schema_name)
    who = {column: acting[column] for column in ("actor_id", "user_name", "acting_ref")}
    lately = LogEntry.objects.filter(timestamp__gt=at - ONE_HEARING, table=table, message=message, **who)
    return lately.filter(changes={name: [None, value] for name, value in data.items()}).exists()

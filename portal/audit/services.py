"""Events that are no row change: sign-ins, exports, job runs (AUD-10)."""

from typing import Any

from django.db import models

from portal.audit.masking import SECRET_NAMES, mask
from portal.audit.models import LogEntry, Verb
from portal.audit.words import action_of


def record(
    *,
    verb: Verb,
    table: str,
    message: str,
    obj: models.Model | None = None,
    data: dict[str, Any] | None = None,
    **columns: Any,
) -> LogEntry:
    """Write one row into the log of the active schema and return it.

    `table` and `message` are English msgids, marked with gettext_noop where they are written. `data` holds plain
    values shown under Data; names that mean a secret are shown as “changed”. `columns` replaces facts of who acts now,
    such as `user_name`.
    """
    facts = {name: mask(str(value)) if name in SECRET_NAMES else value for name, value in (data or {}).items()}
    return LogEntry.objects.write(
        obj._meta.model if obj is not None else None,  # not type(): request.user is a lazy object
        obj,
        verb=verb,
        action=action_of(verb),
        table=table,
        message=message,
        changes={name: [None, value] for name, value in facts.items()},
        **columns,
    )

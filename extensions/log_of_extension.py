"""What was done to an extension lately, by itself and by its parts: settings, add-ons, numbers, places in teams."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models.query import RawQuerySet
from django.utils.translation import gettext as _

from extensions.models import CallException, Destination, Extension, SettingValue
from extensions.services.deletion.catalogue import PARTS
from extensions.settings.spoken import spoken
from portal.audit.differences import differences
from portal.audit.models import LogEntry, Verb
from portal.audit.registry import audited_models

LATEST = 5  # changes that are told
READ = 40  # rows that they are put together from: one change may write several
NAMED = 3  # things that one change names
_LOG = LogEntry._meta.db_table
OWN, SETTING, DESTINATION = (model._meta.label_lower for model in (Extension, SettingValue, Destination))
# The expression of the index `audit_of_extension`: which extension a row of the log says it belongs to.
_OWNER = "coalesce(nullif(changes -> 'extension' ->> 1, 'None'), changes -> 'extension' ->> 0)"


@dataclass(slots=True)
class Lately:
    """One change: its newest row of the log, and what of the extension it was about."""

    entry: LogEntry
    words: list[str] = field(default_factory=list)

    @property
    def what(self) -> str:
        """“Update: First name; Forwarding: When busy”."""
        return "; ".join(self.words[:NAMED]) + (" …" if len(self.words) > NAMED else "")


def lately(extension: Extension) -> list[Lately]:
    """The last changes of `extension` and of what belongs to it, newest first; one query.

    Rows of one request are one change.
    """
    found: list[list[LogEntry]] = []
    for entry in _entries(extension):
        last = found[-1][0] if found else None
        if last is not None and entry.cid not in ("", "-", None) and entry.cid == last.cid:
            found[-1].append(entry)
        elif len(found) == LATEST:
            break
        else:
            found.append([entry])
    return [Lately(rows[0], _words(rows)) for rows in found]


def _entries(extension: Extension) -> RawQuerySet:
    return LogEntry.objects.raw(_statement(), {"pk": extension.pk, "own": OWN, "read": READ})


@lru_cache(maxsize=1)
def _statement() -> str:
    """What belongs to an extension now is found by its id: rows of the log that change one of these do not name it."""
    parts = " UNION ALL ".join(_parts())
    newest = 'ORDER BY "timestamp" DESC, id DESC LIMIT %(read)s'
    # of our own names only
    return f"""
WITH parts(model, pk) AS MATERIALIZED (SELECT %(own)s::text, %(pk)s::text UNION ALL {parts})
(SELECT entry.* FROM parts JOIN {_LOG} AS entry ON entry.model = parts.model AND entry.object_pk = parts.pk {newest})
UNION
(SELECT * FROM {_LOG} WHERE changes ? 'extension' AND {_OWNER} = %(pk)s::text AND model <> '{DESTINATION}' {newest})
{newest}"""  # noqa: S608


def _parts() -> Iterator[str]:
    watched = set(audited_models())
    for model, column in sorted(PARTS, key=lambda part: part[0]._meta.label_lower):
        if column == "extension" and model in watched:
            label, table = model._meta.label_lower, model._meta.db_table
            yield f"SELECT '{label}', id::text FROM {table} WHERE extension_id = %(pk)s"  # noqa: S608
    for owner in (SettingValue, CallException):
        yield (
            f"SELECT '{DESTINATION}', destination_id::text FROM {owner._meta.db_table} "  # noqa: S608
            "WHERE extension_id = %(pk)s AND destination_id IS NOT NULL"
        )


def _words(rows: Iterable[LogEntry]) -> list[str]:
    rows = list(rows)
    own = [entry for entry in rows if entry.model == OWN]
    if any(entry.verb == Verb.POST for entry in own):
        return [own[0].message_text]
    others = [entry for entry in rows if entry.model not in (OWN, DESTINATION)]
    told = own + (others or ([] if own else rows))
    return list(dict.fromkeys(_told(entry) for entry in told))


def _told(entry: LogEntry) -> str:
    what = entry.message_text or str(Verb(entry.verb).label)
    if entry.model == OWN:
        fields = ", ".join(one.field for one in differences(entry)) if entry.verb == Verb.PUT else ""
        return f"{what}: {fields}" if fields else what
    if entry.model == DESTINATION:
        return _("Where calls are forwarded to")
    name = entry.object_repr.rpartition(" · ")[2] if " · " in entry.object_repr else ""
    if entry.model == SETTING:
        return name or spoken(entry.object_repr.partition(" ")[0])
    return f"{what}: {entry.table_text} {name}".rstrip()

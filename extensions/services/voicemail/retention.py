"""How long messages are kept, and how full boxes are (VM-06)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from extensions.models import KnownMessage, Mailbox
from extensions.pbx.messages import Folder, Message
from extensions.services.voicemail.selectors import Limits

KEPT_DELETED_DAYS = 7  # what was deleted on a page can be got back for so long
_FORGETS = timedelta(days=KEPT_DELETED_DAYS)


Deleted = Mapping[tuple[int, str], datetime]  # box and message: since when


def note_deleted(*, boxes: Sequence[Mailbox], messages: Iterable[Message], at: datetime) -> Deleted:
    """Since when the deleted messages of these boxes are deleted: a PBX does not tell, so we remember when we saw it.

    What somebody got back is deleted no more, and begins anew when it is deleted again.
    """
    rows = KnownMessage.objects.filter(mailbox__in=boxes)
    known = {(box, id): since for box, id, since in rows.values_list("mailbox_id", "message", "deleted_at") if since}
    ours = {box.pk for box in boxes}
    lying = {(one.box, one.id) for one in messages if one.folder is Folder.DELETED and one.box in ours}
    fresh = [KnownMessage(mailbox_id=box, message=id, seen_at=at, deleted_at=at) for box, id in lying - known.keys()]
    if fresh:
        unique, moved = ["mailbox", "message"], ["deleted_at"]
        # audit: exempt, like the table
        KnownMessage.objects.bulk_create(fresh, update_conflicts=True, unique_fields=unique, update_fields=moved)
    for box, id in known.keys() - lying:
        rows.filter(mailbox_id=box, message=id).update(deleted_at=None)  # audit: exempt, like the table
    return {**dict.fromkeys(lying, at), **{key: known[key] for key in known.keys() & lying}}


def outlived(messages: Iterable[Message], limits: Limits, *, at: datetime, deleted: Deleted) -> dict[int, set[str]]:
    """Messages, by box, that are older than the company keeps them, and deleted ones nobody got back in time."""
    gone: dict[int, set[str]] = {}
    keeps = timedelta(days=limits.retention_days) if limits.retention_days else None
    for one in messages:
        lies = at - deleted.get((one.box, one.id), at)
        if keeps is not None and at - one.at > keeps or one.folder is Folder.DELETED and lies > _FORGETS:
            gone.setdefault(one.box, set()).add(one.id)
    return gone


def report_boxes(*, boxes: Sequence[Mailbox], messages: Iterable[Message], at: datetime) -> list[Mailbox]:
    """Keep how full these boxes are, in one statement; returns those whose numbers changed.

    What was deleted takes no room: it goes by itself.
    """
    seconds: dict[int, int] = {}
    count: dict[int, int] = {}
    for one in messages:
        if one.folder is not Folder.DELETED:
            seconds[one.box] = seconds.get(one.box, 0) + one.seconds
            count[one.box] = count.get(one.box, 0) + 1
    changed = []
    for box in boxes:
        now = (seconds.get(box.pk, 0), count.get(box.pk, 0))
        if (box.used_seconds, box.messages) != now:
            box.used_seconds, box.messages = now
            box.reported_at = at
            changed.append(box)
    if changed:
        # audit: a measurement, which the log leaves out
        Mailbox.objects.bulk_update(changed, ["used_seconds", "messages", "reported_at"], batch_size=2000)
    return changed

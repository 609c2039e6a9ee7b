"""How long messages are kept, and how full boxes are (VM-06)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from extensions.models import Mailbox
from extensions.pbx.messages import Folder, Message
from extensions.services.voicemail.selectors import Limits

KEPT_DELETED_DAYS = 7  # what was deleted on a page can be got back for so long


def outlived(messages: Iterable[Message], limits: Limits, *, at: datetime) -> dict[int, set[str]]:
    """Messages, by box, that are older than the company keeps them, and deleted ones nobody got back.

    A PBX does not say when a message was deleted; the days count from when it was left, but never less than
    KEPT_DELETED_DAYS for what is younger.
    """
    gone: dict[int, set[str]] = {}
    keeps = timedelta(days=limits.retention_days) if limits.retention_days else None
    for one in messages:
        age = at - one.at
        if keeps is not None and age > keeps or one.folder is Folder.DELETED and age > _forgets(keeps):
            gone.setdefault(one.box, set()).add(one.id)
    return gone


def _forgets(keeps: timedelta | None) -> timedelta:
    most = timedelta(days=KEPT_DELETED_DAYS)
    return most if keeps is None else min(most, keeps)


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

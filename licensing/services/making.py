"""Making a file in the background, and telling whoever asked (EXP-05)."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from licensing.models import ExportKind, PreparedExport
from licensing.services import exports, long_lists
from licensing.services.exports import LASTS
from licensing.services.long_lists import NoSuchList
from portal.accounts.services.passwords import own_host
from portal.core.addresses import origin_of
from portal.core.mail import send_template


@transaction.atomic
def make_export(*, export_id: int, at: datetime) -> PreparedExport | None:
    """Make the file and tell whoever asked, with a link that works for 24 hours. Made once, however often it is run."""
    asked = PreparedExport.objects.select_for_update(of=("self",)).filter(pk=export_id, until=None).first()
    if asked is None:
        return None
    try:
        text, asked.rows = _made(asked)
    except NoSuchList:
        asked.delete()  # whoever asked may not see what is in it any more
        return None
    asked.content, asked.until = text.encode(), at + LASTS
    asked.save(update_fields=["content", "rows", "until"])
    if asked.by.email:
        send_template(
            "export_ready",
            to=[asked.by.email],
            context={
                "name": str(asked.by.display_name or asked.by),
                "what": asked.what,
                "rows": asked.rows,
                "url": origin_of(own_host()) + reverse("licensing:export", args=[asked.pk]),
                "hours": int(LASTS.total_seconds() // 3600),
            },
            language=asked.by.language,
        )
    return asked


def _made(asked: PreparedExport) -> tuple[str, int]:
    if not long_lists.may_fetch(asked, asked.by):
        raise NoSuchList
    if asked.kind != ExportKind.LIST:
        return exports.text_of(ExportKind(asked.kind))
    text = long_lists.text_of(asked)
    return text, long_lists.rows_in(text)

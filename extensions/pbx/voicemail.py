"""Looking after what a PBX keeps of a tenant: messages, PINs, full boxes, and what is too old, recorded calls too
(VM-02, VM-03, VM-06, CTL-07).
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from extensions.models import KnownMessage, Mailbox
from extensions.pbx.driver import PbxDriver
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.messages import Message
from extensions.services.recordings import outlived_before
from extensions.services.voicemail.mailing import forget_gone, handed_over, mail_new_messages
from extensions.services.voicemail.phone_pin import learn_pins
from extensions.services.voicemail.retention import note_deleted, outlived, report_boxes
from extensions.services.voicemail.selectors import limits
from tenants.door import inside
from tenants.models import PbxKind, Tenant
from tenants.services.pbx.places import pbx_of


def look_after_boxes(*, tenant: Tenant, box: int | None, at: datetime) -> bool:
    """Do what is due about the messages of one box, or of all of a tenant. Safe to run again, and to be killed.

    A simulator's messages are nobody's: they are not mailed. Returns whether messages wait to be deleted until their
    mail is handed over. Raises PbxFault.
    """
    pbx = pbx_of(tenant)
    if pbx is None or not pbx.enabled:
        return False
    driver, slug = driver_of(facts_of(pbx)), tenant.schema_name
    messages = list(asyncio.run(driver.messages(slug, None if box is None else [box])))

    def hear(message: Message) -> bytes | None:
        return asyncio.run(driver.message_audio(slug, message.box, message.id))

    pins = asyncio.run(driver.pins(slug))
    with inside(tenant):
        learn_pins(pins)
        rows = Mailbox.objects.select_related("extension__user", "extension__home_team").order_by("pk")
        boxes = list(rows if box is None else rows.filter(pk=box))
        if pbx.kind != PbxKind.SIMULATOR:
            mail_new_messages(boxes=boxes, messages=messages, hear=hear, at=at)
        in_force = limits()
        gone = outlived(messages, in_force, at=at, deleted=note_deleted(boxes=boxes, messages=messages, at=at))
        for id, mailed in handed_over(boxes=boxes).items():
            gone.setdefault(id, set()).update(mailed)
        forget_gone(boxes=boxes, messages=messages)
    _remove(driver, slug, gone)
    left = [one for one in messages if one.id not in gone.get(one.box, ())]
    with inside(tenant):
        report_boxes(boxes=boxes, messages=left, at=at)
        before = outlived_before(at) if box is None else None
        full = {one.pk: in_force.is_full(one) for one in boxes}
        waits = KnownMessage.objects.filter(mailbox__in=boxes, deletes=True, message__in=[one.id for one in left])
        still = waits.exists()
    _tidy(driver, slug, before, full)
    return still


def _tidy(driver: PbxDriver, slug: str, before: datetime | None, full: Mapping[int, bool]) -> None:
    """Recordings from before that moment (None: all stay), and boxes that are full or not any more. The one needs the
    files, the other the connection, and either may be away."""
    try:
        if before is not None:
            asyncio.run(driver.forget_recordings(slug, before))
    finally:
        asyncio.run(driver.close_boxes(slug, full))


def _remove(driver: PbxDriver, slug: str, gone: Mapping[int, set[str]]) -> None:
    for box, messages in gone.items():
        asyncio.run(driver.remove_messages(slug, box, messages))

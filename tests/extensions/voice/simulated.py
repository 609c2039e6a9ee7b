"""A simulator as the PBX of everybody, and messages in boxes on it."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connections
from redis import Redis

from extensions.models import Mailbox
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.messages import Folder, Message
from extensions.pbx.simulator.driver import Simulator
from extensions.pbx.simulator.inbox import key_of, write_message
from tenants.models import AppliedState, AppliedVersion, Pbx, PbxKind, Tenant

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def simulator_for(tenant: Tenant) -> Iterator[Pbx]:
    """A simulator that serves `tenant`; what it remembered is forgotten afterwards."""
    pbx = Pbx.objects.create(name="Demo", kind=PbxKind.SIMULATOR, is_default=True)
    AppliedVersion.objects.create(tenant=tenant, pbx=pbx, state=AppliedState.APPLIED, since=AT)
    client = Redis.from_url(settings.REDIS_URL)
    yield pbx
    for key in client.scan_iter(f"{connections['default'].settings_dict['NAME']}:pbx:*"):
        client.delete(key)


def simulator(pbx: Pbx) -> Simulator:
    made = driver_of(facts_of(pbx))
    assert isinstance(made, Simulator)
    return made


def leave(pbx: Pbx, box: Mailbox, id: str, **facts: Any) -> Message:
    """A message of Dana in a box of t2."""
    usual: dict[str, Any] = {
        "box": box.pk, "id": id, "folder": Folder.NEW, "caller": "+12025550143", "caller_name": "Dana", "at": AT,
        "seconds": 5,
    }  # fmt: skip
    message = Message(**{**usual, **facts})
    kept = {key_of(box.pk, id): write_message(message)}
    asyncio.run(simulator(pbx).memory.change_messages("t2", kept))
    return message


def lying(pbx: Pbx, box: Mailbox) -> dict[str, Folder]:
    return {one.id: one.folder for one in asyncio.run(simulator(pbx).messages("t2", [box.pk]))}

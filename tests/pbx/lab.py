"""What tests do with a real Asterisk: bring a tenant, and leave messages in its boxes."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extensions.models import Extension, Mailbox
from extensions.pbx.ami.login import connect
from extensions.pbx.applying import apply_waiting, want_tenant
from extensions.pbx.asterisk.managed import AsteriskManaged
from extensions.pbx.drivers import driver_of, facts_of
from extensions.services.create import create_extension
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import AppliedVersion, Pbx, Tenant
from tests.extensions.voice.sounds import wav

NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)
_TEXT = """;
; Message Information file
;
[message]
origmailbox={box}
context=tl-box
macrocontext=
exten=s
rdnis=unknown
priority=3
callerchan=PJSIP/trunk-1-00000001
callerid={caller}
origdate=Thu Nov 26 04:00:00 AM UTC 2026
origtime={epoch}
category=
msg_id={id}
flag=
duration={seconds}
"""


def bring(tenant: Tenant) -> AppliedVersion:
    """Put a tenant's newest configuration in force."""
    pbx = want_tenant(tenant=tenant, at=NOW)
    assert pbx is not None
    apply_waiting(pbx=pbx)
    return AppliedVersion.objects.get(tenant=tenant)


def driver(pbx: Pbx) -> AsteriskManaged:
    made = driver_of(facts_of(pbx))
    assert isinstance(made, AsteriskManaged)
    return made


def wait(work: Coroutine[Any, Any, Any]) -> Any:
    """Run it to its end."""
    return asyncio.run(work)


def leave(pbx: Pbx, box: Mailbox, id: str, *, folder: str = "INBOX", seconds: int = 2, **facts: Any) -> bytes:
    """Put a message where Asterisk puts those that callers leave; its sound."""
    inbox = Path(pbx.spool_folder) / "voicemail" / "t2" / str(box.pk) / folder
    inbox.mkdir(parents=True, exist_ok=True)
    at: datetime = facts.get("at", NOW)
    caller = facts.get("caller", '"Dana" <+12025550143>')
    place = len(list(inbox.glob("msg*.txt")))
    sound = wav(seconds)
    (inbox / f"msg{place:04}.wav").write_bytes(sound)
    text = _TEXT.format(box=box.pk, caller=caller, epoch=int(at.timestamp()), id=id, seconds=seconds)
    (inbox / f"msg{place:04}.txt").write_text(text)
    return sound


def lamp(pbx: Pbx, box: Mailbox) -> tuple[int, int]:
    """New and old messages, as Asterisk tells telephones."""

    async def asked() -> tuple[int, int]:
        async with await connect(driver(pbx).account, events=False) as client:
            told = await client.action("MailboxCount", ("Mailbox", f"{box.pk}@t2"))
            return int(told.get("NewMessages")), int(told.get("OldMessages"))

    return asyncio.run(asked())


def make(tenant: Tenant, owner: User, number: str) -> Extension:
    """An extension, as a page makes it."""
    with inside(tenant):
        return create_extension(
            number=number, first_name="Mei", last_name=f"Tan {number}", email="", mobile="", by=owner, at=NOW
        )


def endpoints(pbx: Pbx) -> set[str]:
    """The names of those that the PBX has."""

    async def ask() -> set[str]:
        async with await connect(driver(pbx).account, events=False) as client:
            _response, events = await client.listing("PJSIPShowEndpoints")
            return {one.get("ObjectName") for one in events}

    return asyncio.run(ask())

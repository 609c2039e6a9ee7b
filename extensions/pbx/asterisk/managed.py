"""The Asterisk that the portal looks after: files that it writes, and the manager interface (PBX-12)."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from extensions.pbx.ami.account import Account
from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.login import connect
from extensions.pbx.asterisk import flags as flagging
from extensions.pbx.asterisk.follow import follow
from extensions.pbx.asterisk.messages import MessagesOfAsterisk
from extensions.pbx.asterisk.placing import Placed, Placing, digest_of
from extensions.pbx.asterisk.reading import MODULES, differing, part_of, reload
from extensions.pbx.asterisk.recordings import RecordingsOfAsterisk
from extensions.pbx.asterisk.spool import Spool
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.driver import Applied, Change, FileSet, Flags, NotTaken, PbxFault, PbxInfo
from extensions.pbx.drivers import PbxFacts
from extensions.pbx.events import PbxEvent, PhoneFeature
from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.values import digits, word
from extensions.pbx.render.names import endpoint
from extensions.pbx.render.tenant import render_tenant


class AsteriskManaged(MessagesOfAsterisk, RecordingsOfAsterisk):
    """One Asterisk on this machine or on a shared folder. Opens a connection for each thing that it is asked."""

    kind = "managed"

    def __init__(self, facts: PbxFacts) -> None:
        self.facts = facts
        self.account = Account(facts.host, facts.ami_port, facts.ami_user, facts.ami_secret)
        self.placing = Placing(facts.config_folder, facts.spool_folder)
        self.spool = Spool(facts.spool_folder)
        self.recorded = Path(facts.spool_folder) / "monitor" if facts.spool_folder else None
        self.attribution = Attribution({})

    def know(self, domains: Mapping[str, str]) -> None:
        """Whose events are whose."""
        self.attribution.learn(domains)

    async def probe(self) -> PbxInfo:
        """Who answers."""
        async with await connect(self.account, events=False) as client:
            settings = await client.action("CoreSettings")
            status = await client.action("CoreStatus")
            return PbxInfo(
                product="Asterisk",
                version=settings.get("AsteriskVersion")[:60],
                system_name=settings.get("SystemName")[:60],
                started_at=_moment(status.get("CoreStartupDate"), status.get("CoreStartupTime")),
                reloaded_at=_moment(status.get("CoreReloadDate"), status.get("CoreReloadTime")),
                calls=int(status.get("CoreCurrentCalls") or 0),
                skew=client.skew,
            )

    def render(self, facts: TenantFacts) -> FileSet:
        """A tenant's files."""
        return render_tenant(facts)

    async def apply(self, changes: Sequence[Change], shared: FileSet) -> Mapping[str, Applied | PbxFault]:
        """Place, read once, look, and take back what was not taken. Nothing is placed while nobody answers."""
        begun = time.monotonic()
        async with await connect(self.account, events=False) as client:
            common = frozenset(part_of(name) for name in self.placing.place_shared(shared))
            placed: dict[str, Placed] = {}
            found: dict[str, Applied | PbxFault] = {}
            for change in changes:
                try:
                    placed[change.tenant] = self.placing.place(change.tenant, change.files, change.announcements)
                except PbxFault as fault:
                    found[change.tenant] = fault
            names = common.union(*(one.names for one in placed.values()))
            read = await reload(client, names)
            wrong = await differing(client, [(one, placed[one.tenant]) for one in changes if one.tenant in placed])
            await self._take_back(client, wrong)
            self.placing.was_read(*placed)
        seconds = time.monotonic() - begun
        for change in changes:
            if change.tenant in wrong:
                words = _("The PBX did not take it and has the version before: %(what)s")
                found[change.tenant] = NotTaken(words % {"what": wrong[change.tenant]})
            elif change.tenant in placed:
                here = placed[change.tenant]
                own = tuple(name for name in read if here.names or common)
                found[change.tenant] = self._settle(change, here) or Applied(digest_of(change.files), own, seconds)
        return found

    def _settle(self, change: Change, placed: Placed) -> PbxFault | None:
        """Only now: greetings and PINs have no version before to go back to."""
        try:
            self.placing.forget_pins(change.tenant, placed)
            self.placing.greet(change.tenant, change.greetings)
        except PbxFault as fault:
            return fault
        return None

    async def _take_back(self, client: AmiClient, wrong: Mapping[str, str]) -> None:
        names: frozenset[str] = frozenset()
        for tenant in wrong:
            names |= self.placing.go_back(tenant)
        if names:
            await reload(client, names)

    async def remove(self, tenant: str) -> None:
        """Take a tenant's files away and let the PBX forget it."""
        gone = self.placing.remove(tenant)
        if gone:
            async with await connect(self.account, events=False) as client:
                await reload(client, gone & MODULES.keys())

    async def digest(self, tenant: str) -> str:
        """What is in force for a tenant."""
        files = self.placing.read(tenant)
        return digest_of(files) if files else ""

    async def set_flags(self, tenant: str, flags: Flags) -> Sequence[PhoneFeature]:
        """See `extensions.pbx.asterisk.flags`."""
        async with await connect(self.account, events=False) as client:
            return await flagging.set_flags(client, tenant, flags)

    async def pins(self, tenant: str) -> Mapping[int, str]:
        """What somebody chose in the menu of a box."""
        return self.placing.pins_of_telephones(tenant)

    async def resync_phone(self, tenant: str, number: str, event: str) -> int:
        """Ask an extension's telephones to fetch their configuration; `number` with its domain, `101@fqdn`."""
        name, _at, domain = number.partition("@")
        async with await connect(self.account, events=False) as client:
            _response, contacts = await client.listing("PJSIPShowContacts")
            asked = [one for one in contacts if one.get("Endpoint") == endpoint(name, domain)]
            if asked:
                events = (("Variable", f"Event={event}"), ("Variable", "Content-Length=0"))
                await client.action("PJSIPNotify", ("Endpoint", endpoint(name, domain)), *events)
            return len(asked)

    async def dial(self, tenant: str, address: str, number: str) -> None:
        """The dialplan takes the call for one of the extension, because only the portal can set TL_CLICK."""
        own, _at, _domain = address.partition("@")
        async with await connect(self.account, events=False) as client:
            await client.action(
                "Originate", ("Channel", f"Local/{digits(own)}@{word(tenant)}-click"), ("CallerID", digits(number)),
                ("Context", f"{word(tenant)}-internal"), ("Exten", digits(number)), ("Priority", "1"),
                ("Account", tenant), ("Timeout", "30000"), ("Variable", f"TL_CLICK={own}"), ("Async", "true"),
            )  # fmt: skip

    async def hang_up(self, tenant: str, channel: str) -> None:
        """End a leg, if it is one of this tenant."""
        async with await connect(self.account, events=False) as client:
            _response, channels = await client.listing("CoreShowChannels")
            own = [one for one in channels if one.get("Uniqueid") == channel]
            if not any(one.get("Tenantid") == tenant or one.get("AccountCode") == tenant for one in own):
                raise PbxFault(_("This call has ended."))
            await client.action("Hangup", ("Channel", own[0].get("Channel")))

    async def events(self) -> AsyncIterator[PbxEvent]:
        """Everything as it is, then every change. Tells the PBX all the while that the portal listens."""
        async with await connect(self.account) as client:
            alive = asyncio.create_task(_say_alive(client), name="portal alive")
            try:
                async with aclosing(follow(client, self.attribution)) as told:
                    async for event in told:
                        yield event
            finally:
                alive.cancel()
                await asyncio.gather(alive, return_exceptions=True)


async def _say_alive(client: AmiClient) -> None:
    """Codes that only the portal can carry out are refused when this grows old (render.dialplan.shared)."""
    while True:
        await client.action("Setvar", ("Variable", "TL_PORTAL"), ("Value", str(int(time.time()))))
        await asyncio.sleep(10)


def _moment(day: str, clock: str) -> datetime:
    """The PBX runs in UTC; a moment that it does not tell is the beginning of time."""
    try:
        return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)

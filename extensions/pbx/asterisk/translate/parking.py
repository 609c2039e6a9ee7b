"""Parked calls (PRK-04). A lot is named by its tenant."""

from datetime import timedelta

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import endpoint_of
from extensions.pbx.asterisk.translate.calls import Calls
from extensions.pbx.asterisk.translate.shapes import count_of, number_of, text_of
from extensions.pbx.asterisk.translate.subject import Handler, Lists, Subject, Told
from extensions.pbx.events import Parked, PbxEvent, SlotFree

_TAKEN = ("ParkedCall", "ParkedCallSwap")
_FREED = ("UnParkedCall", "ParkedCallTimeOut", "ParkedCallGiveUp")
_WHO = "Parkee"


class Parking(Subject):
    """Tells slots, and lets the legs of those who wait in them say so."""

    def __init__(self, calls: Calls) -> None:
        super().__init__(calls.attribution, calls.clock)
        self._calls = calls
        self.handlers: dict[str, Handler] = {
            **dict.fromkeys(_TAKEN, self._taken),
            **dict.fromkeys(_FREED, self._freed),
        }

    def begin(self, lists: Lists) -> Told:
        for message in lists.get("ParkedCalls", []):
            yield from self._taken(message)

    def _taken(self, message: Message) -> Told:
        tenant, slot = self._place(message)
        if not tenant or not slot:
            return [self.stray(message, f"{message.get('Parkinglot')} {message.get('ParkeeChannel')}")]
        already = timedelta(seconds=count_of(message.get("ParkingDuration")))
        limit = timedelta(seconds=count_of(message.get("ParkingTimeout")))
        since = self.clock.at(message) - already
        who = Parked(
            tenant=tenant,
            slot=slot,
            caller=number_of(message.get("ParkeeCallerIDNum")),
            caller_name=text_of(message.get("ParkeeCallerIDName")),
            by=self._parker(message, tenant),
            since=since,
            returns_at=since + limit if limit else None,
        )
        return [*self._leg(message, parked=True), who]

    def _freed(self, message: Message) -> Told:
        tenant, slot = self._place(message)
        if not tenant or not slot:
            return [self.stray(message, f"{message.get('Parkinglot')} {message.get('ParkeeChannel')}")]
        return [*self._leg(message, parked=False), SlotFree(tenant, slot)]

    def _place(self, message: Message) -> tuple[str | None, str]:
        stated = (message.get("Parkinglot"), message.get("ParkeeTenantid"), message.get("ParkeeAccountCode"))
        tenant = self.attribution.tenant(stated, (message.get("ParkeeChannel"),)) if stated[0] else None
        return tenant, number_of(message.get("ParkingSpace"))

    def _parker(self, message: Message, tenant: str) -> str:
        device = message.get("ParkerDialString")
        if self.attribution.tenant((), (device,)) != tenant:
            return ""
        return number_of(endpoint_of(device)[0])

    def _leg(self, message: Message, *, parked: bool) -> list[PbxEvent]:
        channel = self._calls.see(message, _WHO)
        if channel is None:
            return []
        channel.parked = parked
        return list(self._calls.tell(channel, message, _WHO))

"""Calls, leg by leg (MON-01). `Local/` channels and the PBX's own are kept out of sight."""

from collections.abc import Iterator

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.bridges import Bridges
from extensions.pbx.asterisk.translate.channels import ANSWERED, SHOWN, Channel, began_at, is_dialled
from extensions.pbx.asterisk.translate.shapes import Clock, id_of, number_of
from extensions.pbx.asterisk.translate.subject import Handler, Lists, Subject, Told
from extensions.pbx.events import LegGone, PbxEvent

MOST = 20_000  # channels; more than a machine can carry
_WAITING_ROOM = "holding_bridge"

_SEEN = ("Newchannel", "Newstate", "NewCallerid", "NewConnectedLine", "NewAccountCode", "Rename")
_SEEN_BOTH = ("DialBegin", "DialState", "DialEnd")


class Calls(Subject):
    """Keeps a channel from its first message to its Hangup; tells a leg only when something about it changed."""

    def __init__(self, attribution: Attribution, clock: Clock) -> None:
        super().__init__(attribution, clock)
        self.handlers: dict[str, Handler] = {
            **dict.fromkeys(_SEEN, self._seen),
            **dict.fromkeys(_SEEN_BOTH, self._seen_both),
            "BridgeEnter": self._entered,
            "BridgeLeave": self._left,
            "Hold": self._held,
            "Unhold": self._held,
            "Hangup": self._ended,
        }
        self._channels: dict[str, Channel] = {}
        self._bridges = Bridges()

    def begin(self, lists: Lists) -> Told:
        self._channels.clear()
        self._bridges.clear()
        listed = lists.get("CoreShowChannels", [])
        for message in listed:
            self._bridges.move(message.get("Channel"), message.get("BridgeId"))
        for message in listed:
            if (channel := self.see(message)) is not None:
                channel.bridge = id_of(message.get("BridgeId"))
                if channel.answered_at:  # by now; where nobody knows when, it counts from its beginning
                    channel.answered_at = self.clock.moment(message.get(ANSWERED)) or channel.began
                yield from self.tell(channel, message)

    def see(self, message: Message, prefix: str = "") -> Channel | None:
        """The channel that a message describes under `prefix`, as it is by now; None for one that is never shown."""
        name, unique_id = message.get(f"{prefix}Channel"), id_of(message.get(f"{prefix}Uniqueid"))
        channel = self._channels.get(unique_id)
        if channel is None:
            if not name.startswith(SHOWN) or not unique_id or len(self._channels) >= MOST:
                return None
            began = self.clock.moment(began_at(unique_id)) or self.clock.at(message)
            wanted = number_of(message.get(f"{prefix}Exten"))
            channel = Channel(unique_id, name, began, is_dialled(message), wanted)
            self._channels[unique_id] = channel
        channel.see(message, prefix, self.clock.at(message))
        return channel

    def tell(self, channel: Channel, message: Message, prefix: str = "") -> Iterator[PbxEvent]:
        """What changed about a channel for its tenant; nothing while a trunk's is nobody's yet."""
        tenant = self.attribution.of_channel(message, prefix)
        if not tenant:
            yield from self._forget(channel)
            if not channel.strayed and (tenant is None or not channel.outside):
                channel.strayed = True
                yield self.stray(message, channel.hint)
            return
        leg = channel.leg(tenant, self._bridges.conversation(channel.bridge))
        if channel.told and channel.told.tenant != tenant:
            yield from self._forget(channel)
        if leg != channel.told:
            channel.told = leg
            yield leg

    def _forget(self, channel: Channel) -> Iterator[PbxEvent]:
        if channel.told:
            yield LegGone(channel.told.tenant, channel.id)
            channel.told = None

    def _seen(self, message: Message, prefix: str = "") -> Told:
        channel = self.see(message, prefix)
        return list(self.tell(channel, message, prefix)) if channel else []

    def _seen_both(self, message: Message) -> Told:
        return [*self._seen(message), *self._seen(message, "Dest")]

    def _held(self, message: Message) -> Told:
        channel = self.see(message)
        if channel is None:
            return []
        channel.held = message.get("Event") == "Hold"
        return list(self.tell(channel, message))

    def _entered(self, message: Message) -> Told:
        waits = message.get("BridgeTechnology") == _WAITING_ROOM
        return self._move(message, "" if waits else id_of(message.get("BridgeUniqueid")))

    def _left(self, message: Message) -> Told:
        return self._move(message, "")

    def _move(self, message: Message, bridge: str) -> Told:
        told: list[PbxEvent] = []
        if self._bridges.move(message.get("Channel"), bridge):
            told += self._joined_otherwise()
        if (channel := self.see(message)) is not None:
            channel.bridge = bridge
            channel.held = (
                channel.held and not bridge
            )  # who joins a conversation talks, as when asking before a transfer
            told += self.tell(channel, message)
        return told

    def _joined_otherwise(self) -> Iterator[PbxEvent]:
        """Legs whose conversation is another one now, although nothing was said about them."""
        for channel in self._channels.values():
            if channel.told and channel.bridge:
                leg = channel.leg(channel.told.tenant, self._bridges.conversation(channel.bridge))
                if leg != channel.told:
                    channel.told = leg
                    yield leg

    def _ended(self, message: Message) -> Told:
        told: list[PbxEvent] = []
        if self._bridges.move(message.get("Channel"), ""):
            told += self._joined_otherwise()
        channel = self._channels.pop(message.get("Uniqueid"), None)
        if channel is None:
            return told
        if channel.told is None and not channel.strayed:
            return [*told, self.stray(message, channel.hint)]
        return [*told, *self._forget(channel)]

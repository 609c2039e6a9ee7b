"""What is kept of each channel, and how a message says what it is now."""

import re
from dataclasses import dataclass
from datetime import datetime

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import endpoint_of
from extensions.pbx.asterisk.translate.shapes import id_of, number_of, text_of
from extensions.pbx.events import Leg, LegState

SHOWN = "PJSIP/"  # the PBX's own channels have other technologies
DOWN, RINGING, UP = "0", "5", "6"
ANSWERED = "TlAnswered"  # a header of ours in a list of channels: since when it is up
_RESERVED = "1"
_TRUNK = re.compile(r"PJSIP/trunk-[0-9]{1,9}-[0-9a-f]{8}.*")
# Made by Dial or Queue: towards a telephone, as a list of channels says it.
_DIALLED_BY = ("AppDial", "AppDial2", "AppQueue")


@dataclass(slots=True)
class Channel:
    """One side of a call. `told` is what was told about it last, None while nothing is."""

    id: str
    name: str
    began: datetime
    dialled: bool  # made by the PBX towards somebody; otherwise somebody made it towards the PBX
    wanted: str  # the number that was dialled when it began
    call: str = ""
    state: str = DOWN
    caller: str = ""
    caller_name: str = ""
    connected: str = ""
    connected_name: str = ""
    answered_at: datetime | None = None
    bridge: str = ""
    held: bool = False
    parked: bool = False
    strayed: bool = False
    told: Leg | None = None

    @property
    def outside(self) -> bool:
        return _TRUNK.fullmatch(self.name) is not None

    @property
    def hint(self) -> str:
        """What it says about itself where it is nobody's: a trunk, with the number that was dialled."""
        return f"{self.name} {self.wanted}".strip() if self.outside else self.name

    def see(self, message: Message, prefix: str, at: datetime) -> None:
        """Take over what a message says about it; `at` is when."""
        say = message.get
        self.name = say(f"{prefix}Channel", self.name)
        self.call = id_of(say(f"{prefix}Linkedid")) or self.call
        self.state = say(f"{prefix}ChannelState", self.state)
        self.caller = number_of(say(f"{prefix}CallerIDNum"))
        self.caller_name = text_of(say(f"{prefix}CallerIDName"))
        self.connected = number_of(say(f"{prefix}ConnectedLineNum"))
        self.connected_name = text_of(say(f"{prefix}ConnectedLineName"))
        if self.state == UP and self.answered_at is None:
            self.answered_at = at

    def leg(self, tenant: str, bridge: str) -> Leg:
        """What is told about it. On the outside leg `other` is the outside party: it has no number of ours."""
        if self.outside:
            other, other_name = self.caller or (self.wanted if self.dialled else ""), self.caller_name
        else:
            other, other_name = self.connected or ("" if self.dialled else self.wanted), self.connected_name
        return Leg(
            tenant=tenant,
            id=self.id,
            call=self.call or self.id,
            number="" if self.outside else number_of(endpoint_of(self.name)[0]),
            other=other,
            other_name=other_name,
            incoming=self.dialled is not self.outside,
            outside=self.outside,
            state=self._state(),
            since=self.began,
            answered_at=self.answered_at,
            bridge="" if self.parked else bridge,  # those who wait share a bridge, but not a conversation
        )

    def _state(self) -> LegState:
        if self.parked:
            return LegState.PARKED
        if self.state == UP:
            return LegState.HOLD if self.held else LegState.UP
        return LegState.RINGING if self.state == RINGING else LegState.DIALLING


def is_dialled(message: Message) -> bool:
    """Whether the PBX made this channel; for one of a list by what runs on it, for a new one by its state."""
    if "Application" in message:
        return message.get("Application") in _DIALLED_BY
    return message.get("ChannelState") in (DOWN, _RESERVED)


def began_at(unique_id: str) -> str:
    """The seconds in a channel's id, which is `system-seconds.count`."""
    return unique_id.rpartition(".")[0].rpartition("-")[2]

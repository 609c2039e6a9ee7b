"""What a key of a panel is on a telephone: what it dials, and which lamp it watches (PHONE-SYSTEM 5.3).

The PBX has a lamp for everything that is BLF or PARK here (`extensions.pbx.render.dialplan.telephones`); states of
one's own are watched under the code, a star and one's own number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extensions.keys.in_force import KeyInForce
from extensions.models import Feature, KeyKind
from extensions.provisioning.device import DeviceKey, KeyType
from extensions.provisioning.formats.values import one_line

Meaning = tuple[KeyType, str]
OUT_OF_USE: Meaning = (KeyType.NONE, "")


@dataclass(frozen=True, slots=True)
class Meanings:
    """For the telephone of the extension `number`, which is in the teams with these ids. `codes` are those in use."""

    codes: Mapping[str, str]
    number: str
    teams: frozenset[int]

    def key(self, one: KeyInForce) -> DeviceKey:
        """The key; empty where what it stands for is out of use."""
        kind, value = self._means(one)
        if kind is KeyType.NONE:
            return DeviceKey(one.position)
        return DeviceKey(one.position, kind, one_line(one.label), value)

    def _means(self, one: KeyInForce) -> Meaning:
        key = one.key
        if one.kind is KeyKind.LINE:
            return KeyType.LINE, ""
        if key.extension is not None:  # who does not want to be watched can still be called (BLF-06)
            return (KeyType.BLF if one.visible else KeyType.SPEED), key.extension.number
        if key.slot is not None:
            return KeyType.PARK, key.slot.number
        if key.speed_dial is not None or one.kind is KeyKind.CUSTOM_DIAL:
            return KeyType.SPEED, key.speed_dial.number if key.speed_dial else key.number
        return self._switched(one.kind, key)

    def _switched(self, kind: KeyKind, key: Any) -> Meaning:
        """Keys that dial a feature code."""
        if key.feature is not None:
            lamp = key.feature.feature == Feature.NIGHT_MODE
            return ((KeyType.BLF if lamp else KeyType.SPEED), key.feature.code) if key.feature.enabled else OUT_OF_USE
        if kind is KeyKind.VOICEMAIL:
            code = self.codes.get(Feature.VOICEMAIL, "")
            return (KeyType.VOICEMAIL, code) if code else OUT_OF_USE
        if key.team is not None:
            return self._own(Feature.TEAM_LOGIN, key.team.number, watched=key.team.pk in self.teams)
        return self._own(Feature.STATUS, str(key.place or "") if key.status.enabled else "")

    def _own(self, feature: Feature, after: str, *, watched: bool = True) -> Meaning:
        """A code, what follows it, and whose state the lamp shows."""
        code = self.codes.get(feature, "")
        if not code or not after:
            return OUT_OF_USE
        return (KeyType.BLF, f"{code}{after}*{self.number}") if watched else (KeyType.SPEED, f"{code}{after}")

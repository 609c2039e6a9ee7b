"""What a telephone is told, whatever its maker (PRV-01, PHONE-SYSTEM 5). Plain facts, without a query."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from extensions.pbx.address import SipAddress
from extensions.phone_models import PhoneModel, place_of

TEMPLATE_VERSION = 1  # raise it when a family writes something else for the same telephone: all must fetch again


class KeyType(StrEnum):
    """What a key does. A family that has no word for one writes the nearest that works."""

    NONE = "none"
    LINE = "line"
    BLF = "blf"  # a lamp; pressing calls `value`, or picks up while it rings
    SPEED = "speed"  # dials `value`, without a lamp
    PARK = "park"  # the lamp of a parking slot; pressing parks there, or fetches
    VOICEMAIL = "voicemail"


WITH_LAMP = (KeyType.BLF, KeyType.PARK)


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """One key; `position` counts from 0 over pages and modules. `value` is what is dialled or watched."""

    position: int
    kind: KeyType = KeyType.NONE
    label: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One account: `<number>@<server>`, signed in as `auth_id`."""

    number: str
    auth_id: str
    password: str
    label: str
    display_name: str
    server: str
    expires: int = 600  # seconds


@dataclass(frozen=True, slots=True)
class Access:
    """Where the telephone fetches, from the second time on with `user` and `password`. `url` ends with a slash."""

    url: str
    user: str
    password: str
    minutes: int = 1440  # it looks by itself once a day

    @property
    def secure(self) -> bool:
        return self.url.startswith("https:")

    @property
    def without_scheme(self) -> str:
        """`host/p/secret`, as telephones want it whose protocol is a setting of its own."""
        return self.url.split("://", 1)[1].rstrip("/")


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a position is: `number` counts from 1 over all pages of the part, `row` on its `page`."""

    module: int  # 0: the telephone itself
    number: int
    page: int
    row: int


@dataclass(frozen=True, slots=True)
class Device:
    """One telephone. `keys` are in order of their positions, without gaps, as many as the telephone has."""

    mac: str  # twelve small hexadecimal digits
    model: PhoneModel
    modules: int
    lines: tuple[Line, ...]
    keys: tuple[DeviceKey, ...]
    sip: SipAddress
    access: Access
    admin_password: str = field(repr=False)
    voicemail: str = ""  # the number that leads to one's own box; empty where the feature is off
    pickup: str = ""  # dialled before a number to take its ringing call
    ntp: str = "pool.ntp.org"
    utc_offset: int = 0  # minutes, in winter
    summer_time: bool = False

    def seat(self, position: int) -> Seat:
        """Where the key at `position` is; the position must exist on this telephone."""
        place = place_of(position, self.model, self.modules)
        assert place is not None  # noqa: S101 - keys beyond the telephone are left out by `build`
        first = position - place.sheet.first
        part = self.model.keys(place.sheet.module - 1) if place.sheet.module else 0
        return Seat(place.sheet.module, position - part + 1, place.sheet.page, first + 1)

    def own_keys(self) -> Iterator[DeviceKey]:
        """The keys of the telephone itself."""
        return (key for key in self.keys if key.position < self.model.own_keys)

"""What is known of one maker's telephones."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from extensions.provisioning.device import Device


@dataclass(frozen=True, slots=True)
class FileKind:
    """One file that telephones ask for. `name` is made of the MAC and the model; `with_account` holds the passwords."""

    name: Callable[[Device], str]
    write: Callable[[Device], str]
    content_type: str
    with_account: bool = False


# What most makers listen to, and what is tried with a telephone of a maker that is not known.
CHECK_SYNC = "check-sync;reboot=false"


@dataclass(frozen=True, slots=True)
class Family:
    """A maker. `files` are served; `asks_in_vain` fits names that its telephones ask for as well and need not get.

    `agent` is what the name of their HTTP client contains. `to_type` is what stands behind the address that people type
    into the telephone; `resync` the SIP event that makes it fetch again (PHONE-SYSTEM 5.3).
    """

    vendor: str
    agent: re.Pattern[str]
    files: tuple[FileKind, ...]
    asks_in_vain: re.Pattern[str]
    to_type: str = ""
    resync: str = CHECK_SYNC

    def file_named(self, name: str, device: Device) -> FileKind | None:
        """The file with this name, if the telephone has one; capitals in a MAC do not matter, as makers differ."""
        wanted = name.casefold()
        return next((one for one in self.files if one.name(device).casefold() == wanted), None)

    def written(self, device: Device) -> Mapping[str, str]:
        """All files by name."""
        return {one.name(device): one.write(device) for one in self.files}

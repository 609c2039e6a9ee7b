"""What is fetched from Debian, and from which of its suites."""

import platform
from dataclasses import dataclass, field

from portal.run.console import Refusal, _

# Debian's own name of a machine -> the folder of its libraries and the loader that finds them.
MACHINES = {
    "x86_64": ("amd64", "x86_64-linux-gnu", "ld-linux-x86-64.so.2"),
    "aarch64": ("arm64", "aarch64-linux-gnu", "ld-linux-aarch64.so.1"),
}
SUITES = ("forky", "sid", "bullseye")  # the stable suites between them have no Asterisk


@dataclass(frozen=True)
class Bundle:
    """Programs with everything they need, down to the C library, so that they run on any Debian.

    `version_of` is the package whose version names the folder; `also` are packages that one suite needs besides.
    """

    name: str
    version_of: str
    packages: tuple[str, ...]
    suites: tuple[str, ...] = SUITES
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def packages_in(self, suite: str) -> tuple[str, ...]:
        """What to install from `suite`."""
        return self.packages + self.also.get(suite, ())


ASTERISK = Bundle(
    "asterisk",
    version_of="asterisk",
    packages=("asterisk", "asterisk-core-sounds-en-gsm", "asterisk-moh-opsound-gsm"),
    also={"bullseye": ("asterisk-voicemail",)},
)
SIP_TOOLS = Bundle("sip-tools", version_of="sip-tester", packages=("sip-tester", "baresip-core"))


def machine() -> tuple[str, str, str]:
    """Debian's name of this kind of machine, its folder of libraries, its loader. Raises Refusal for other kinds."""
    kind = platform.machine().lower()
    found = MACHINES.get({"amd64": "x86_64", "arm64": "aarch64"}.get(kind, kind))
    if found is None or platform.system() != "Linux":
        raise Refusal(
            _("Asterisk can be fetched for Linux on x86_64 and aarch64; this is {system} on {kind}.").format(
                system=platform.system(), kind=kind
            )
        )
    return found

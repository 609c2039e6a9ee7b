"""Which Debian mirror this machine uses. apt itself is asked, so every format of its settings is understood; an address
is handed to apt again and stands in no file of the project."""

import re
import shutil
import subprocess

from portal.run.console import Refusal, _

# What stands in apt's settings as the suite of an ordinary Debian archive: not of security updates, nor of a vendor.
DEBIAN = re.compile(
    r"(buster|bullseye|bookworm|trixie|forky|duke|sid|oldoldstable|oldstable|stable|testing|unstable)"
    r"(-updates|-backports|-proposed-updates)?$"
)


def debian_mirrors() -> list[str]:
    """Addresses of Debian archives that apt uses here, in apt's order. Raises Refusal when this is not Debian or apt
    knows none."""
    for program in ("apt-get", "dpkg-deb"):
        if shutil.which(program) is None:
            raise Refusal(
                _(
                    "Asterisk is fetched from Debian's packages and this machine has no {program}: "
                    "use Debian, or set PORTAL_ASTERISK to the folder in which an Asterisk is installed."
                ).format(program=program)
            )
    command = ["apt-get", "indextargets", "--no-release-info", "--format", "$(RELEASE) $(COMPONENT) $(REPO_URI)"]
    listed = subprocess.run([*command, "Created-By: Packages"], check=False, capture_output=True, text=True)
    found: dict[str, None] = {}
    for line in listed.stdout.splitlines():
        suite, component, address = (*line.split(" ", 2), "", "")[:3]
        if component == "main" and DEBIAN.match(suite):
            found[address] = None
    if not found:
        raise Refusal(
            _(
                "apt's settings on this machine name no Debian mirror to fetch Asterisk from: "
                "add one, or set PORTAL_ASTERISK to the folder in which an Asterisk is installed."
            )
        )
    return list(found)

"""Programs in a folder: fetched ones, which bring their own loader and libraries, or those of this machine."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal.run.asterisk.bundle import ASTERISK, SIP_TOOLS, machine
from portal.run.asterisk.cache import obtain
from portal.run.console import Refusal, _

PREFIXES = ("usr", "usr/local", ".")


@dataclass(frozen=True)
class Installed:
    """A root folder with programs below it. `start` goes before each program."""

    root: Path
    start: tuple[str, ...] = ()

    def program(self, name: str) -> list[str]:
        """The beginning of a command that runs the program. Raises Refusal when it is not in this folder."""
        for prefix in PREFIXES:
            for folder in ("sbin", "bin"):
                if (found := self.root / prefix / folder / name).exists():
                    return [*self.start, str(found)]
        raise Refusal(_("There is no {name} below {path}.").format(name=name, path=self.root))

    def folder(self, *names: str) -> Path:
        """The first of these folders that exists below `usr` or `usr/local`. Raises Refusal when none does."""
        for prefix in PREFIXES:
            for name in names:
                if (found := self.root / prefix / name).is_dir():
                    return found
        raise Refusal(_("There is no {name} below {path}.").format(name=names[0], path=self.root))

    def library_folder(self, name: str) -> Path:
        """The folder `name` beside the libraries, such as the one with Asterisk's modules."""
        _debian, libraries, _loader = machine()
        return self.folder(f"lib/{libraries}/{name}", f"lib/{name}")


@dataclass(frozen=True)
class SipTools:
    """Commands that play telephones in tests: `sipp` scenarios, and `baresip` with its folder of modules."""

    sipp: list[str]
    baresip: list[str]
    baresip_modules: Path


def in_folder(root: Path) -> Installed:
    """The programs below `root`; with its own loader where there is one, unless it is the machine itself."""
    _debian, libraries, loader = machine()
    places = [root / "usr/lib" / libraries, root / "lib" / libraries]
    loaders = [place / loader for place in places if (place / loader).exists()]
    if root == Path("/") or not loaders:
        return Installed(root)
    searched = ":".join(str(place) for place in (*places, root / "usr/lib") if place.is_dir())
    return Installed(root, (str(loaders[0]), "--library-path", searched))


def asterisk() -> Installed:
    """The Asterisk of PORTAL_ASTERISK, else the fetched one, which is fetched when there is none. Raises Refusal."""
    if named := os.environ.get("PORTAL_ASTERISK"):
        return in_folder(Path(named).expanduser().resolve())
    return in_folder(obtain(ASTERISK))


def sip_tools() -> SipTools:
    """Programs that behave as telephones, fetched when they are not kept here yet. Raises Refusal."""
    tools = in_folder(obtain(SIP_TOOLS))
    return SipTools(tools.program("sipp"), tools.program("baresip"), tools.library_folder("baresip/modules"))


def version_of(installed: Installed) -> str:
    """What the Asterisk itself says, such as "22.10.1". Raises Refusal when it does not run."""
    command = [*installed.program("asterisk"), "-V"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except OSError as fault:
        raise Refusal(
            _("{command} does not run: {reason}.").format(command=command[0], reason=fault.strerror)
        ) from fault
    words = done.stdout.split()
    if done.returncode != 0 or len(words) < 2:
        reason = done.stderr.strip() or done.stdout.strip()
        raise Refusal(_("{command} does not run: {reason}.").format(command=shutil.which(command[0]), reason=reason))
    return words[1].partition("+")[0].partition("~")[0]

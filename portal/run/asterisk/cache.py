"""Where fetched bundles are kept: one folder a version, shared by all checkouts of this user, complete or not there."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.run.asterisk.apt import download
from portal.run.asterisk.bundle import Bundle, machine
from portal.run.asterisk.mirrors import debian_mirrors
from portal.run.asterisk.unpack import MANIFEST, unpack, version_in
from portal.run.console import Refusal, _, say

NEEDED_BYTES = 700 * 1024 * 1024


def cache_folder() -> Path:
    """The folder that all checkouts of this user share."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base).expanduser().resolve() / "trunkline"


def obtain(bundle: Bundle) -> Path:
    """The root folder of the newest version kept here, fetched when there is none. Two that start at once: one fetches,
    the other waits. Raises Refusal when it cannot be had."""
    architecture, _libraries, _loader = machine()
    shelf = cache_folder() / bundle.name
    if kept := _newest(shelf, architecture):
        return kept
    with _locked(shelf):
        return _newest(shelf, architecture) or _fetch(bundle, shelf, architecture)


def forget(bundle: Bundle) -> bool:
    """Remove what is kept of a bundle, so that the next start fetches it anew. Whether there was anything."""
    shelf = cache_folder() / bundle.name
    if not shelf.exists():
        return False
    with _locked(shelf):
        shutil.rmtree(shelf)
    return True


def _newest(shelf: Path, architecture: str) -> Path | None:
    kept = sorted(shelf.glob(f"*-{architecture}/{MANIFEST}"), key=lambda file: file.stat().st_mtime)
    return kept[-1].parent if kept else None


def _fetch(bundle: Bundle, shelf: Path, architecture: str) -> Path:
    mirrors = debian_mirrors()
    if (free := shutil.disk_usage(shelf).free) < NEEDED_BYTES:
        raise Refusal(
            _("The disk of {path} has {free} MB free; fetching {name} needs {needed} MB.").format(
                path=shelf, free=free // 2**20, name=bundle.name, needed=NEEDED_BYTES // 2**20
            )
        )
    say(_("Fetching {name} from Debian's packages into {path} (once)").format(name=bundle.name, path=shelf))
    area, complaints = shelf / "new", []
    for mirror in mirrors:
        for suite in bundle.suites:
            shutil.rmtree(area, ignore_errors=True)  # also what a killed command left
            try:
                return _fetch_suite(bundle, shelf, (mirror, suite, architecture))
            except Refusal as complaint:
                complaints.append(f"{suite}: {complaint}")
            finally:
                shutil.rmtree(area, ignore_errors=True)
    raise Refusal(
        _("{name} could not be fetched from the Debian mirror that apt uses on this machine ({reasons}).").format(
            name=bundle.name, reasons="; ".join(complaints)
        )
    )


def _fetch_suite(bundle: Bundle, shelf: Path, source: tuple[str, str, str]) -> Path:
    mirror, suite, architecture = source
    began, area = time.monotonic(), shelf / "new"
    packages = download(bundle, suite, mirror, area, architecture)
    size = sum(file.stat().st_size for file in packages)
    unpack(packages, area / "root")
    target = shelf / f"{version_in(area / 'root', bundle.version_of)}-{suite}-{architecture}"
    (area / "root").rename(target)
    say(
        _("  {name} {version} of {suite}: {count} packages, {size} MB, {seconds:.0f} s").format(
            name=bundle.name,
            version=version_in(target, bundle.version_of),
            suite=suite,
            count=len(packages),
            size=size // 10**6,
            seconds=time.monotonic() - began,
        )
    )
    return target


@contextmanager
def _locked(shelf: Path) -> Iterator[None]:
    try:
        shelf.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = (shelf.parent / f"{shelf.name}.lock").open("a")
    except OSError as fault:
        raise Refusal(
            _("The folder {path} cannot be written: {reason}. XDG_CACHE_HOME names another one.").format(
                path=shelf, reason=fault.strerror
            )
        ) from fault
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(_("Waiting: another command is just fetching {name}.").format(name=shelf.name))
            fcntl.flock(handle, fcntl.LOCK_EX)
        shelf.mkdir(mode=0o700, exist_ok=True)  # the other one may have removed it
        yield

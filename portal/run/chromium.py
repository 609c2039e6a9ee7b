"""Finding the browser that the browser tests drive."""

import os
import shutil
import subprocess
from pathlib import Path

from portal.run.console import Refusal, _, say

VARIABLES = ("PORTAL_CHROME", "CHROME")
# The shell has no window and takes half of the processor that the whole browser takes without one.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium: PORTAL_CHROME or CHROME when set, else what stands on the PATH."""
    for variable in VARIABLES:
        if named := os.environ.get(variable):
            found = shutil.which(named)
            if found is None:
                raise Refusal(_("{variable} names {path}, which cannot be run.").format(variable=variable, path=named))
            return found
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def find_or_install() -> str:
    """`find`; where no shell is found, on Debian as root, the distribution's package first. Raises Refusal."""
    found = find()
    if found and (Path(found).name == SHELL or _is_named()):
        return found
    if os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        say(_("Installing Chromium with apt-get (once)"))
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", SHELL]):
            subprocess.run(["apt-get", "--quiet=2", *arguments], check=False, env=environment, stdin=subprocess.DEVNULL)
        found = find()
    if found:
        return found
    raise Refusal(
        _(
            "The browser tests need Chromium, and none was found: "
            "install it (on Debian: apt-get install chromium-headless-shell) or set PORTAL_CHROME to its path."
        )
    )


def _is_named() -> bool:
    """Whether somebody chose the browser."""
    return any(os.environ.get(variable) for variable in VARIABLES)

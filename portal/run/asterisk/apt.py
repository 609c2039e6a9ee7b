"""Downloading packages with the machine's own apt, without touching what the machine has installed or its settings."""

import subprocess
from pathlib import Path

from portal.run.asterisk.bundle import Bundle
from portal.run.console import Refusal, _

KEYRINGS = Path("/usr/share/keyrings")
# Read after the machine's own settings: proxies, retries and sign-ins stay, what would change the machine goes.
SETTINGS = """
Dir::State "{area}/state";
Dir::State::lists "{area}/state/lists";
Dir::State::status "{area}/state/status";
Dir::Cache "{area}/cache";
Dir::Etc::sourcelist "{area}/sources.list";
Dir::Etc::sourceparts "{area}/none";
Dir::Etc::preferences "{area}/none/preferences";
Dir::Etc::preferencesparts "{area}/none";
APT::Default-Release "";
APT::Install-Recommends "false";
APT::Install-Suggests "false";
APT::Update::Error-Mode "any";
APT::Sandbox::User "";
APT::Get::Assume-Yes "true";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "15";
Acquire::https::Timeout "15";
Debug::NoLocking "true";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Install-Pkgs;
"""


def download(bundle: Bundle, suite: str, mirror: str, area: Path, architecture: str) -> list[Path]:
    """Fetch the bundle's packages and all they need from `suite` at `mirror`; returns the package files. Nothing is
    taken as installed, so that the C library comes too. `area` is a new folder of this download. Raises Refusal with
    apt's last complaint when the suite cannot be had or lacks a package."""
    for folder in ("state/lists/partial", "cache/archives/partial", "none"):
        (area / folder).mkdir(parents=True)
    (area / "state/status").touch()
    (area / "apt.conf").write_text(SETTINGS.format(area=area))
    (area / "sources.list").write_text(f"deb [{_options(architecture)}] {mirror} {suite} main\n")
    _apt(area, "update")
    _apt(area, "install", "--download-only", *bundle.packages_in(suite))
    return sorted((area / "cache/archives").glob("*.deb"))


def _options(architecture: str) -> str:
    keyrings = [KEYRINGS / f"debian-archive-keyring.{suffix}" for suffix in ("gpg", "pgp")]
    found = ",".join(str(file) for file in keyrings if file.exists())
    # Without a keyring package apt falls back to the keys it trusts for everything, and still refuses unsigned lists.
    signed = [f"signed-by={found}"] if found else []
    return " ".join([f"arch={architecture}", "target=Packages", *signed])


def _apt(area: Path, *words: str) -> None:
    done = subprocess.run(
        ["apt-get", "-q", "-c", str(area / "apt.conf"), *words],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        complaints = [line for line in done.stderr.splitlines() if line.startswith("E: ")]
        last = complaints[0] if complaints else done.stderr.strip().rpartition("\n")[2]
        raise Refusal(last.removeprefix("E: ") or _("apt-get ended with {code}").format(code=done.returncode))

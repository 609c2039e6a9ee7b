"""Fetching programs from Debian's packages: which mirror, what is said when there is none, and two at once."""

import shutil
import stat
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from portal.run.asterisk import bundle as bundles
from portal.run.asterisk import cache
from portal.run.asterisk.bundle import ASTERISK, Bundle
from portal.run.asterisk.cache import cache_folder, forget, obtain
from portal.run.asterisk.installed import asterisk, in_folder
from portal.run.asterisk.mirrors import debian_mirrors
from portal.run.console import ROOT, Refusal
from portal.run.processes import free_port

ONE_LINE = "deb [arch=amd64] http://one.example/debian trixie main contrib\n"
DEB822 = """
Types: deb deb-src
URIs: https://two.example/debian/ mirror+file:/etc/apt/mirrors/debian.list
Suites: stable stable-updates
Components: main

Types: deb
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main

Types: deb
URIs: http://vendor.example/apt
Suites: nodistro
Components: main
"""
TOY = Bundle("toy", version_of="toy", packages=("toy",), suites=("forky", "sid"))


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing was fetched before."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("PORTAL_ASTERISK", raising=False)
    return tmp_path / "cache"


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which apt finds its sources in this test, and nothing else."""
    folder = tmp_path / "sources.list.d"
    folder.mkdir()
    settings = tmp_path / "apt.conf"
    settings.write_text(f'Dir::Etc::sourcelist "{tmp_path}/none";\nDir::Etc::sourceparts "{folder}";\n')
    monkeypatch.setenv("APT_CONFIG", str(settings))
    return folder


@pytest.fixture
def toy_package(tmp_path: Path) -> Path:
    """A package with one program that would run as root for everybody."""
    inside = tmp_path / "toy"
    (inside / "usr/sbin").mkdir(parents=True)
    (inside / "usr/share/doc/toy").mkdir(parents=True)
    (inside / "DEBIAN").mkdir(mode=0o755)
    (inside / "DEBIAN/control").write_text(
        "Package: toy\nVersion: 3:1.2-4\nArchitecture: all\nMaintainer: Nobody <nobody@example.com>\nDescription: toy\n"
    )
    (inside / "usr/sbin/toy").write_text("#!/bin/sh\necho toy\n")
    (inside / "usr/sbin/toy").chmod(0o4755)
    package = tmp_path / "toy.deb"
    subprocess.run(["dpkg-deb", "--build", str(inside), str(package)], check=True, capture_output=True)
    return package


class Downloads:
    """Stands in for apt: takes a moment and counts; `missing` are the suites that do not have the package."""

    def __init__(self, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.package, self.suites, self.missing = package, [], set()
        monkeypatch.setattr(cache, "debian_mirrors", lambda: ["http://mirror.example/debian/"])
        monkeypatch.setattr(cache, "download", self)

    def __call__(self, _bundle: Bundle, suite: str, _mirror: str, area: Path, _architecture: str) -> list[Path]:
        self.suites.append(suite)
        time.sleep(0.1)
        if suite in self.missing:
            raise Refusal("Unable to locate package toy")
        area.mkdir(parents=True)
        return [Path(shutil.copy(self.package, area))]


def test_the_mirror_comes_from_apts_settings_in_either_format(sources: Path) -> None:
    (sources / "one.list").write_text(ONE_LINE)
    (sources / "two.sources").write_text(DEB822)

    mirrors = debian_mirrors()

    assert mirrors[0] == "http://one.example/debian/"
    assert {mirror.split(":")[0] for mirror in mirrors[1:]} == {"https", "mirror+file"}
    assert not [mirror for mirror in mirrors if "security" in mirror or "off." in mirror or "vendor" in mirror]


def test_a_machine_whose_apt_knows_no_debian_mirror_is_told_so_in_one_sentence(sources: Path) -> None:
    with pytest.raises(Refusal, match="name no Debian mirror to fetch Asterisk from: add one, or set PORTAL_ASTERISK"):
        obtain(ASTERISK)


def test_the_command_ends_with_that_sentence_alone(sources: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "portal", "asterisk"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "name no Debian mirror" in done.stderr


def test_a_mirror_that_does_not_answer_is_told_in_one_sentence_and_leaves_nothing(
    sources: Path, empty_cache: Path
) -> None:
    (sources / "away.list").write_text(f"deb http://127.0.0.1:{free_port()}/debian bookworm main\n")

    with pytest.raises(Refusal) as refused:
        obtain(replace(ASTERISK, suites=("sid",)))

    said = str(refused.value)
    assert said.startswith("asterisk could not be fetched from the Debian mirror that apt uses on this machine (sid: ")
    assert "refused" in said
    assert "\n" not in said
    assert list((empty_cache / "trunkline/asterisk").iterdir()) == []


def test_a_machine_without_apt_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Refusal, match="has no apt-get: use Debian, or set PORTAL_ASTERISK"):
        obtain(ASTERISK)


def test_a_machine_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles.platform, "machine", lambda: "riscv64")

    with pytest.raises(Refusal, match="this is Linux on riscv64"):
        obtain(ASTERISK)


def test_two_that_start_at_once_fetch_once(toy_package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    downloads, roots = Downloads(toy_package, monkeypatch), []
    starts = [threading.Thread(target=lambda: roots.append(obtain(TOY))) for _number in range(4)]

    for start in starts:
        start.start()
    for start in starts:
        start.join()

    assert downloads.suites == ["forky"]
    assert set(roots) == {cache_folder() / "toy" / f"1.2-4-forky-{bundles.machine()[0]}"}
    assert [entry.name for entry in (cache_folder() / "toy").iterdir()] == [roots[0].name]


def test_the_next_suite_is_tried_and_what_a_killed_command_left_is_no_obstacle(
    toy_package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    downloads = Downloads(toy_package, monkeypatch)
    downloads.missing = {"forky"}
    (cache_folder() / "toy/new/root/usr").mkdir(parents=True)

    root = obtain(TOY)

    assert downloads.suites == ["forky", "sid"]
    assert "-sid-" in root.name


def test_nobody_becomes_root_by_what_was_fetched(toy_package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Downloads(toy_package, monkeypatch)

    root = obtain(TOY)

    assert stat.S_IMODE((root / "usr/sbin/toy").stat().st_mode) == 0o755
    assert not (root / "usr/share/doc").exists()
    assert (root / "packages.txt").read_text() == "toy 3:1.2-4\n"
    assert subprocess.run(in_folder(root).program("toy"), check=True, capture_output=True).stdout == b"toy\n"


def test_what_was_removed_is_fetched_anew(toy_package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    downloads = Downloads(toy_package, monkeypatch)
    obtain(TOY)

    removed = [forget(TOY), forget(TOY)]
    obtain(TOY)

    assert removed == [True, False]
    assert downloads.suites == ["forky", "forky"]


def test_a_full_disk_is_told_before_anything_is_fetched(toy_package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    downloads = Downloads(toy_package, monkeypatch)
    monkeypatch.setattr(cache, "NEEDED_BYTES", 2**62)

    with pytest.raises(Refusal, match="MB free; fetching toy needs"):
        obtain(TOY)

    assert downloads.suites == []


def test_a_broken_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.deb"
    broken.write_bytes(b"not a package")
    Downloads(broken, monkeypatch)

    with pytest.raises(Refusal, match=r"broken\.deb could not be unpacked"):
        obtain(TOY)

    assert list((cache_folder() / "toy").iterdir()) == []


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    with pytest.raises(Refusal, match="cannot be written: .*XDG_CACHE_HOME names another one"):
        obtain(TOY)


def test_an_installed_one_is_used_where_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "usr/sbin").mkdir(parents=True)
    (tmp_path / "usr/sbin/asterisk").touch()
    monkeypatch.setenv("PORTAL_ASTERISK", str(tmp_path))

    found = asterisk()

    assert found.program("asterisk") == [str(tmp_path / "usr/sbin/asterisk")]
    with pytest.raises(Refusal, match="There is no sipp below"):
        found.program("sipp")

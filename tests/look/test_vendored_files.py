"""Vendored files are exactly what the lock says, and light enough."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["static/vendor/lock.json", "tests/vendor/lock.json"]


def packages(lock: str) -> Iterator[dict]:
    yield from json.loads((ROOT / lock).read_text())["packages"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_vendored_file_has_the_hash_of_the_lock(lock: str) -> None:
    wrong = [
        f"{package['folder']}/{name}"
        for package in packages(lock)
        for name, digest in package["files"].items()
        if hashlib.sha256((ROOT / package["folder"] / name).read_bytes()).hexdigest() != digest
    ]

    assert wrong == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_vendored_file_is_missing_from_the_lock(lock: str) -> None:
    known = {f"{package['folder']}/{name}" for package in packages(lock) for name in package["files"]}
    folder = (ROOT / lock).parent
    present = {str(file.relative_to(ROOT)) for file in folder.rglob("*") if file.is_file()}

    assert present - {lock} == known


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_a_version_and_a_licence_but_no_address(lock: str) -> None:
    for package in packages(lock):
        assert package["version"]
        assert package["licence"] in {"MIT", "0BSD", "OFL-1.1", "MPL-2.0"}
    assert "://" not in (ROOT / lock).read_text()


def test_no_vendored_file_points_at_a_source_map() -> None:
    files = [file for file in (ROOT / "static/vendor").rglob("*") if file.suffix in {".css", ".js"}]

    assert [file.name for file in files if b"sourceMappingURL" in file.read_bytes()] == []


def test_the_icon_list_is_what_is_vendored() -> None:
    listed = (ROOT / "bin/vendor.icons").read_text().split()

    assert listed == sorted(set(listed))
    assert {file.stem for file in (ROOT / "static/vendor/tabler-icons").glob("*.svg")} == set(listed)


def test_the_first_load_weighs_less_than_200_kilobytes() -> None:
    """Everything that the frame of a page asks for, as it travels, with the one font file that English needs."""
    frame = "".join((ROOT / "templates/components" / name).read_text() for name in ("head.html", "scripts.html"))
    asked = set(re.findall(r"{% static '([^']+)' %}", frame))
    weight = 0
    for name in asked:
        content = (ROOT / "static" / name).read_bytes()
        weight += len(content) if name.endswith(".woff2") else len(gzip.compress(content))

    assert weight < 190_000, f"{weight} bytes leave too little for the page itself"

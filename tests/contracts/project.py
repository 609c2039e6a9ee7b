"""What the contract tests look at: tracked files, templates, URL maps."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "tenants", "extensions", "customers", "licensing", "billing")
URL_MAPS = ("portal.sites.urls_management", "portal.sites.urls_tenant")


def tracked_files(*suffixes: str) -> list[Path]:
    """Files that git knows or would add, apart from vendored ones; all of them, or those ending in `suffixes`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = [ROOT / line for line in listed.stdout.splitlines()]
    return [file for file in files if file.is_file() and (not suffixes or file.suffix in suffixes)]


def own_files(*suffixes: str) -> list[Path]:
    """The same without vendored files and migrations, which nobody writes by hand."""
    return [
        file
        for file in tracked_files(*suffixes)
        if "vendor" not in file.parts and not ("migrations" in file.parts and file.name == "0001_initial.py")
    ]


def relative(file: Path) -> str:
    return str(file.relative_to(ROOT))


def views(url_map: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """(address, view) of every line of a URL map."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
        for entry in patterns:
            address = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, address)
            else:
                yield address, entry.callback

    yield from walk(get_resolver(url_map).url_patterns, "/")

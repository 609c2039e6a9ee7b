"""What must not stand in any file of the project."""

import re

from tests.contracts.project import own_files, relative

# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(
    "/(?:" + "|".join(["work/" + "main", "work/" + "shared", "tmp/" + "contract", "home/" + "[a-z]+/"]) + ")"
)
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npm", "npm" + r"js\.org"])
)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def lines_with(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    found = []
    for file in own_files(*suffixes):
        try:
            lines = file.read_text().splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{relative(file)}:{number}" for number, line in enumerate(lines, 1) if pattern.search(line)]
    return found


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert lines_with(MACHINE_PATHS) == []


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRIES) == []


def test_nothing_is_left_for_later() -> None:
    assert lines_with(UNFINISHED, ".py", ".html", ".css", ".js", ".sh") == []

"""What people read is written one way: how a word is spelt, how a moment looks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.contracts.project import APPS, ROOT, relative, tracked_files

FOLDER = ROOT / "templates"
SAID = re.compile(r"""{% translate ("[^"]*"|'[^']*')|_\(("[^"]*")\)|{% blocktranslate[^%]*%}(.*?){% endblock""", re.S)
VARIABLE = re.compile(r"{%.*?%}|{{.*?}}", re.S)
OTHERWISE = re.compile(r"licence", re.I)  # source 002 writes “license”
FORMAT = re.compile(r"""\|(?:date|time)(?!\w)(?::["']([^"']*)["'])?""")
# The platform's own formats; what machines read; weekdays, where a calendar is drawn; seconds of steps in a timeline.
FORMATS = {
    "SHORT_DATETIME_FORMAT", "SHORT_DATE_FORMAT", "DATETIME_FORMAT", "DATE_FORMAT", "TIME_FORMAT",
    "c", "U", "e", "D", "D j M", "l, j F Y", "H:i:s",
}  # fmt: skip


def templates() -> Iterator[Path]:
    return (file for file in tracked_files(".html", ".txt") if FOLDER in file.parents)


def spoken_in(file: Path) -> Iterator[str]:
    """Every text that a module hands to gettext."""
    for node in ast.walk(ast.parse(file.read_text())):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and (name in {"_", "_now", "words"} or "gettext" in name):
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_license_is_spelt_as_in_the_source_wherever_people_read_it() -> None:
    wrong = [
        f"{relative(file)}: {text}"
        for file in templates()
        for found in SAID.findall(file.read_text())
        for text in found
        if OTHERWISE.search(VARIABLE.sub("", text))
    ]
    modules = [file for file in tracked_files(".py") if relative(file).split("/")[0] in APPS]
    wrong += [f"{relative(file)}: {text}" for file in modules for text in spoken_in(file) if OTHERWISE.search(text)]

    assert wrong == []


def test_dates_and_times_have_the_formats_of_the_platform() -> None:
    wrong = [
        f"{relative(file)}: {found or 'no format'}"
        for file in templates()
        for found in FORMAT.findall(file.read_text())
        if found not in FORMATS
    ]

    assert wrong == []

"""Rules for every template."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.contracts.project import ROOT, relative, tracked_files

FOLDER = ROOT / "templates"
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
BLOCKTRANSLATE = re.compile(r"{% blocktranslate.*?endblocktranslate %}", re.S)
# Blocks that hold names of styles, and style sheets of mails.
# Parts of addresses and personnel IDs, the same in every language.
TECHNICAL = re.compile(r"\bprp\b|\b(?:first|second)-customer\b")
NO_WORDS = re.compile(r"{% block \w*(?:class|size|tone|icon)\w* %}.*?{% endblock %}|<style.*?</style>", re.S)
ELEMENT = re.compile(r"<[^>]*>", re.S)
INLINE = re.compile(r"<style\b|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.I)
SPOKEN = re.compile(r"""\s(?:aria-label|title|placeholder|alt)\s*=\s*["']([^"'{]*[A-Za-z]{3}[^"'{]*)["']""")


def templates(*suffixes: str) -> list[Path]:
    return [file for file in tracked_files(*suffixes) if FOLDER in file.parents]


def test_every_template_compiles() -> None:
    broken = []
    for file in templates(".html", ".txt"):
        try:
            get_template(str(file.relative_to(FOLDER)))
        except Exception as fault:  # noqa: BLE001 - every kind of fault is one line of the report
            broken.append(f"{relative(file)}: {fault}")

    assert broken == []


def test_no_template_holds_script_style_or_handlers() -> None:
    # Mails are exempt: no mail program reads style sheets.
    wrong = [
        f"{relative(file)}: {found.group(0).strip()}"
        for file in templates(".html")
        if FOLDER / "mail" not in file.parents
        for found in INLINE.finditer(COMMENT.sub("", file.read_text()))
    ]

    assert wrong == []


@pytest.mark.feature("WLB-02")
def test_every_word_of_a_template_goes_through_gettext() -> None:
    bare = []
    for file in templates(".html"):
        text = file.read_text()
        for silent in (COMMENT, BLOCKTRANSLATE, NO_WORDS, TECHNICAL):
            text = silent.sub(" ", text)
        spoken = SPOKEN.findall(text)
        visible = ELEMENT.sub(" ", TAG.sub(" ", text))
        bare += [f"{relative(file)}: {word}" for word in [*spoken, *re.findall(r"[A-Za-z]{3,}", visible)]]

    assert bare == []


def test_every_component_lists_its_inputs() -> None:
    silent = [
        relative(file)
        for file in templates(".html")
        if file.parent.name == "components" and not file.read_text().lstrip().startswith(("{#", "{% comment %}"))
    ]

    assert silent == []

"""What can be said of one row by looking at it alone: for a row of a file and for the form (BLK-08 to BLK-12)."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from licensing.bulk.limits import MOST_KEPT
from licensing.bulk.reading.columns import EXT_KEY, NUMBER, PERSON, Kind

Problem = list[Any]  # column, code, arguments: the sentence is made when somebody reads it

_EXT_KEY = re.compile(r"[0-9]{3,5}")
_SCIENTIFIC = re.compile(r"\+?[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
_NUMBER = re.compile(r"\+?[0-9]{6,15}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_ALMOST_UUID = re.compile(r"[0-9a-zA-Z]{6,10}(-[0-9a-zA-Z]{2,6}){2,4}-[0-9a-zA-Z]{8,16}|\{?[0-9a-fA-F-]{28,40}\}?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MANY = re.compile(r"[0-9]\s*[,;/|&\n]\s*\+?[0-9]")
_FORMULA = "=+-@|%\t\r\n＝＋－＠"
MOST_PERSON = 150


@dataclass(slots=True)
class CleanRow:
    """The three cells as typed and as they are compared; what is wrong with a cell leaves its meaning empty."""

    ext_key: str
    person: str
    number: str
    key: str = ""
    name: str = ""
    identity: str | None = None
    e164: str = ""
    problems: list[Problem] = field(default_factory=list)


def clean_row(kind: Kind, ext_key: str, person: str, number: str) -> CleanRow:
    """The row with every problem of its shape."""
    row = CleanRow(_kept(ext_key), _kept(person), _kept(number))
    _clean_key(row, _cell(ext_key))
    _clean_person(row, _cell(person), kind)
    _clean_number(row, _cell(number))
    return row


def looks_like_uuid(cell: str) -> bool:
    """Whether somebody meant a UUID, well or badly written."""
    text = _cell(cell)
    return bool(_UUID.fullmatch(text) or _ALMOST_UUID.fullmatch(text))


def _clean_key(row: CleanRow, text: str) -> None:
    if _EXT_KEY.fullmatch(text):
        row.key = text
    elif not text:
        row.problems.append([EXT_KEY, "key_blank", None])
    elif _CONTROL.search(text):
        row.problems.append([EXT_KEY, "control", None])
    elif _SCIENTIFIC.fullmatch(text):
        row.problems.append([EXT_KEY, "scientific", None])
    elif text.isascii() and text.isdigit():
        row.problems.append([EXT_KEY, "key_length", len(text)])
    else:
        row.problems.append([EXT_KEY, "key_digits", None])


def _clean_person(row: CleanRow, text: str, kind: Kind) -> None:
    if not text:
        row.problems.append([PERSON, f"{kind.value}_blank", None])
    elif _CONTROL.search(text):
        row.problems.append([PERSON, "control", None])
    elif kind is Kind.NAME and len(text) > MOST_PERSON:
        row.problems.append([PERSON, "name_long", len(text)])
    elif kind is Kind.NAME:
        row.name = " ".join(unicodedata.normalize("NFC", text).split())
    elif _UUID.fullmatch(text):
        row.identity = str(UUID(text))
    else:
        row.problems.append([PERSON, "uuid_shape", None])


def _clean_number(row: CleanRow, text: str) -> None:
    if not text:
        return
    bare = re.sub(r"[ .()\-\u00a0\u202f]", "", text)
    if _NUMBER.fullmatch(bare):
        row.e164 = f"+{bare.removeprefix('+')}"
    elif _CONTROL.search(text):
        row.problems.append([NUMBER, "control", None])
    elif _SCIENTIFIC.fullmatch(text):
        row.problems.append([NUMBER, "scientific", None])
    elif _MANY.search(text):
        row.problems.append([NUMBER, "number_many", None])
    else:
        row.problems.append([NUMBER, "number_shape", None])


def _cell(cell: str) -> str:
    """Without spaces around it, and without the quotation mark that an export puts before a formula."""
    text = cell.strip()
    if len(text) > 1 and text[0] == "'" and text[1:].lstrip(" ")[:1] in _FORMULA:
        text = text[1:].strip()
    return text


def _kept(cell: str) -> str:
    """As typed, as far as a database holds it."""
    text = _cell(cell)[:MOST_KEPT]
    return text.replace("\x00", "␀") if "\x00" in text else text

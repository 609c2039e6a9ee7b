"""Files made at random: right ones, wrong ones, and broken ones."""

import csv
import random
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import Workbook

from licensing.bulk.reading.columns import Kind, heading_of
from tests.licensing.bulk.oracle import Cells, Company

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-8", "utf-8")
_KEYS = ("", "12", "123456", "1a2", "1e3", "112", "101", " 202 ", "٣٣٣")
_NUMBERS = ("", "", "", "+6599999999", "12345", "1.2E+9", "abc", "+65 6100-0001", "6561000002", "(65)61000003")


@dataclass
class Made:
    """A file: its bytes, and what stands in it where it is not broken."""

    content: bytes
    rows: list[Cells]
    by_uuid: bool
    broken: bool


def random_rows(chance: random.Random, company: Company, *, by_uuid: bool, most: int = 12) -> list[Cells]:
    """Rows of which most are right, some wrong, and some twice."""
    rows: list[Cells] = []
    for _row in range(chance.randint(1, most)):
        key = chance.choice(_KEYS) if chance.random() < 0.25 else str(chance.randint(300, 399))
        rows.append((key, _person(chance, company, by_uuid), chance.choice(_NUMBERS + tuple(company.numbers))))
    if chance.random() < 0.2:
        rows.append(chance.choice(rows))
    return [row for row in rows if any(cell.strip() for cell in row)] or [("300", "", "")]


def random_file(chance: random.Random, company: Company) -> Made:
    """One file of any sort."""
    by_uuid = chance.random() < 0.4
    rows = random_rows(chance, company, by_uuid=by_uuid)
    heading = heading_of(Kind.UUID if by_uuid else Kind.NAME)
    content = _workbook(heading, rows) if chance.random() < 0.05 else _text(chance, heading, rows)
    if chance.random() < 0.3:
        return Made(_broken(chance, content), rows, by_uuid, True)
    return Made(content, rows, by_uuid, False)


def _person(chance: random.Random, company: Company, by_uuid: bool) -> str:
    _pk, name, identity, _active, _key = chance.choice(company.people)
    if chance.random() < 0.2:
        return chance.choice(["", f"{identity[:-2]}"] if by_uuid else ["", "Nobody Else", "zz"])
    return identity if by_uuid else chance.choice([name, name.upper(), f" {name.title()} "])


def _text(chance: random.Random, heading: list[str], rows: list[Cells]) -> bytes:
    file = StringIO()
    quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.writer(
        file, delimiter=chance.choice(",;\t"), lineterminator=chance.choice(["\r\n", "\n"]), quoting=quoting
    )
    writer.writerow([chance.choice([word, word.upper(), f" {word} "]) for word in heading])
    for row in rows:
        writer.writerow(row)
        if chance.random() < 0.1:
            file.write("\n")
    return file.getvalue().encode(chance.choice(_ENCODINGS))


def _workbook(heading: list[str], rows: list[Cells]) -> bytes:
    book, file = Workbook(), BytesIO()
    for row in [tuple(heading), *rows]:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def _broken(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    ways = (
        lambda: content[:place],
        lambda: content[:place] + b"\x00" + content[place:],
        lambda: content[:place] + b'"' + content[place:],
        lambda: content[:place] + bytes(chance.randrange(256) for _byte in range(8)) + content[place:],
        lambda: content.replace(b"Number", b"Nummer"),
        lambda: content.replace(b"Ext Key", b""),
        lambda: chance.randbytes(chance.randint(0, 400)),
        lambda: b"PK\x03\x04" + content,
        lambda: content + b"301,652d2f57-6e3b-4170-8bf9-4f1e98c88b56,\n302,Some Name,\n",
        lambda: content * 3,
    )
    return chance.choice(ways)()

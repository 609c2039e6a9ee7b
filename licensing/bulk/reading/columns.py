"""The columns of a file, exactly as the two sample files name them (BLK-07, BLK-10)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from licensing.bulk.reading.refusals import UnreadableFile
from licensing.headings import PROVISIONED

# Keys of the three cells; problems name them, too.
EXT_KEY, PERSON, NUMBER = "ext_key", "person", "number"
ERROR = "error"  # the column that the download of errors adds; read over when the file comes back
HEADINGS = {EXT_KEY: "Ext Key", NUMBER: "Number", ERROR: "Error"}


class Kind(TextChoices):
    """By what a file names people."""

    NAME = "name", gettext_lazy("User's Name")
    UUID = "uuid", gettext_lazy("Identity UUID")


PEOPLE = {Kind.NAME: "User's Name", Kind.UUID: "Identity UUID"}
_KNOWN = {heading.casefold(): key for key, heading in HEADINGS.items()}
_KNOWN_PEOPLE = {heading.casefold(): kind for kind, heading in PEOPLE.items()}
_DOWNLOAD = frozenset(cell.casefold() for cell in PROVISIONED)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the three cells stand in a line, and by what people are named. `width` is how long a line may be."""

    kind: Kind
    ext_key: int
    person: int
    number: int | None
    width: int


def heading_of(kind: Kind) -> list[str]:
    """The heading of a file, in the order of the samples. Not translated: files travel between languages."""
    return [HEADINGS[EXT_KEY], PEOPLE[kind], HEADINGS[NUMBER]]


def plain(cell: str) -> str:
    """A heading as it is compared: any case, any spaces, any apostrophe."""
    return " ".join(unicodedata.normalize("NFKC", cell).translate(_APOSTROPHES).split()).casefold()


def known_in(cells: Sequence[str]) -> int:
    """How many of `cells` are headings that belong here; decides what divides the cells of a line."""
    return sum(plain(cell) in _KNOWN or plain(cell) in _KNOWN_PEOPLE for cell in cells)


def columns_of(heading: Sequence[str]) -> Columns:
    """What the first line says. Raises UnreadableFile where it names other columns than those of the samples."""
    cells = list(heading)
    while cells and not cells[-1].strip():
        cells.pop()  # spreadsheets leave empty columns at the end
    unknown = [cell for cell in cells if not known_in([cell])]
    if unknown and {plain(cell) for cell in cells} >= _DOWNLOAD:
        raise UnreadableFile(
            _("This is the download of provisioned extensions: it lists extensions that exist, and bulk assignment "
              "makes new ones. Take the sample file “By user's name” and fill that in, or “By identity UUID” where "
              "several people have one name.")
        )  # fmt: skip
    if unknown:
        names = ", ".join(f"“{cell.strip()[:60]}”" if cell.strip() else _("(empty)") for cell in unknown[:10])
        raise UnreadableFile(
            _("Row 1: these columns are not known here: %(names)s. A file has “Ext Key”, then “User's Name” or "
              "“Identity UUID”, and “Number”; the sample files show it.") % {"names": names}
        )  # fmt: skip
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = plain(cell)
        if name in places:
            raise UnreadableFile(_("Row 1: the column “%(name)s” appears twice.") % {"name": cell.strip()})
        places[name] = place
    return _placed(places, len(cells))


def _placed(places: dict[str, int], width: int) -> Columns:
    people = [kind for name, kind in _KNOWN_PEOPLE.items() if name in places]
    if len(people) > 1:
        raise UnreadableFile(
            _("Row 1: a file names people either by “User's Name” or by “Identity UUID”, not by both. Make two files.")
        )
    found = {key: places[name] for name, key in _KNOWN.items() if name in places}
    missing = [HEADINGS[EXT_KEY]] if EXT_KEY not in found else []
    if not people:
        missing.append(_("“User's Name” or “Identity UUID”"))
    if missing:
        raise UnreadableFile(
            _("Row 1: the first row must name the columns. Missing: %(names)s.") % {"names": ", ".join(missing)}
        )
    return Columns(people[0], found[EXT_KEY], places[plain(PEOPLE[people[0]])], found.get(NUMBER), width)

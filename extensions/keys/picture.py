"""The picture of a telephone: what stands on each key of the pages that are shown, and what has no key at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from extensions.keys.in_force import KeyInForce
from extensions.keys.phones import Fitting
from extensions.keys.words import ICONS, kind_words
from extensions.phone_models import Place, Sheet, place_of, sheets


@dataclass(frozen=True, slots=True)
class Cap:
    """One key as it is drawn. `held` is None for a free one; `number` counts from 1, as people do."""

    position: int
    held: KeyInForce | None

    @property
    def number(self) -> int:
        return self.position + 1

    @property
    def icon(self) -> str:
        return ICONS[self.held.kind] if self.held else "circle-dashed"

    @property
    def kind(self) -> str:
        return kind_words(self.held.kind) if self.held else ""

    @property
    def movable(self) -> bool:
        return self.held is None or not self.held.from_template


@dataclass(frozen=True, slots=True)
class PageLink:
    page: int
    query: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The telephone or one expansion module, on the page that is shown."""

    module: int  # 0: the telephone itself
    name: str
    sheet: Sheet
    left: Sequence[Cap]
    right: Sequence[Cap]
    pages: Sequence[PageLink]


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it. `overflow` are keys beyond what this telephone has; `used` counts those that have a key."""

    fitting: Fitting
    parts: Sequence[Part]
    overflow: Sequence[Cap]
    used: int

    @property
    def summary(self) -> str:
        """The picture in a sentence, for those who do not see it."""
        told = _("%(model)s: %(used)d of %(limit)d keys in use.") % {
            "model": self.fitting, "used": self.used, "limit": self.fitting.limit,
        }  # fmt: skip
        if self.overflow:
            told += " " + _("%(n)d more have no key on this telephone.") % {"n": len(self.overflow)}
        return told


def draw(fitting: Fitting, held: Sequence[KeyInForce], asked: Mapping[str, str]) -> Picture:
    """The picture. `asked` is the address's query: `page` of the telephone, `m1`, `m2`… of its modules."""
    by_position = {one.position: one for one in held}
    parts: dict[int, list[Sheet]] = {}
    for sheet in sheets(fitting.model, fitting.modules):
        parts.setdefault(sheet.module, []).append(sheet)
    shown = {module: _asked_page(asked.get(_parameter(module)), len(found)) for module, found in parts.items()}
    limit = fitting.limit
    return Picture(
        fitting=fitting,
        parts=[_part(fitting, found, by_position, shown) for found in parts.values()],
        overflow=[Cap(position, one) for position, one in sorted(by_position.items()) if position >= limit],
        used=sum(position < limit for position in by_position),
    )


def query_for(position: int, fitting: Fitting) -> str:
    """The query string that shows the page with this position."""
    place = place_of(position, fitting.model, fitting.modules)
    return f"?{_parameter(place.sheet.module)}={place.sheet.page}" if place and place.sheet.page > 1 else ""


def place_words(place: Place | None, fitting: Fitting) -> str:
    """“Page 2, left, 3rd from the top” in a plain order of words; where there is no such key, that."""
    if place is None:
        return _("No key on this telephone")
    side = _("left") if place.on_left else _("right")
    words = _("page %(page)d, %(side)s, %(row)d") % {"page": place.sheet.page, "side": side, "row": place.row}
    if place.sheet.module:
        return _("Module %(n)d, %(where)s") % {"n": place.sheet.module, "where": words}
    return words[:1].upper() + words[1:]


def _part(fitting: Fitting, found: list[Sheet], by_position: dict[int, KeyInForce], shown: dict[int, int]) -> Part:
    sheet = found[shown[found[0].module] - 1]
    module = fitting.model.module
    name = f"{module.name} {sheet.module}" if sheet.module and module else str(fitting.model)
    return Part(
        module=sheet.module,
        name=name,
        sheet=sheet,
        left=[Cap(position, by_position.get(position)) for position in sheet.left_positions],
        right=[Cap(position, by_position.get(position)) for position in sheet.right_positions],
        pages=[_link(one, sheet, shown) for one in found] if len(found) > 1 else [],
    )


def _link(sheet: Sheet, now: Sheet, shown: dict[int, int]) -> PageLink:
    pages = {**shown, sheet.module: sheet.page}
    query = "&".join(f"{_parameter(module)}={page}" for module, page in pages.items() if page > 1)
    return PageLink(sheet.page, f"?{query}", sheet.page == now.page)


def _parameter(module: int) -> str:
    return f"m{module}" if module else "page"


def _asked_page(text: str | None, most: int) -> int:
    page = int(text) if text and text.isascii() and text.isdecimal() and len(text) < 4 else 1
    return min(max(page, 1), most)

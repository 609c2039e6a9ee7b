"""Where a key stands. Positions count from 0: page by page, left column before right, telephone before modules."""

from collections.abc import Iterator
from dataclasses import dataclass

from extensions.phone_models.shape import ModuleModel, PhoneModel


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the telephone (`module` 0) or of an expansion module (from 1): its first position and its columns."""

    module: int
    page: int  # from 1
    first: int
    left: int
    right: int

    @property
    def positions(self) -> range:
        return range(self.first, self.first + self.left + self.right)

    @property
    def left_positions(self) -> range:
        return range(self.first, self.first + self.left)

    @property
    def right_positions(self) -> range:
        return range(self.first + self.left, self.first + self.left + self.right)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one position is: the page, the side, and which key from the top (from 1)."""

    sheet: Sheet
    on_left: bool
    row: int


def sheets(model: PhoneModel, modules: int = 0) -> list[Sheet]:
    """All pages of the telephone and of its modules, in the order in which positions count."""
    found, first = [], 0
    for number, part in enumerate(_parts(model, modules)):
        for page in range(1, part.pages + 1):
            sheet = Sheet(number, page, first, part.left, part.right)
            found.append(sheet)
            first += part.left + part.right
    return found


def place_of(position: int, model: PhoneModel, modules: int = 0) -> Place | None:
    """Where `position` is; None where this telephone has no such key."""
    for sheet in sheets(model, modules):
        if position in sheet.positions:
            on_left = position in sheet.left_positions
            first = sheet.first if on_left else sheet.first + sheet.left
            return Place(sheet, on_left, position - first + 1)
    return None


def _parts(model: PhoneModel, modules: int) -> Iterator[PhoneModel | ModuleModel]:
    yield model
    for _module in range(min(modules, model.most_modules) if model.module else 0):
        assert model.module is not None  # noqa: S101 - for the type checker: the range above is empty without one
        yield model.module

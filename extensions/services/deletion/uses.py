"""What can depend on what: the shapes that `catalogue.py` fills."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from django.db.models import Field, Model


class Removal(Enum):
    """What becomes of a row whose reference is removed."""

    ROW = auto()  # the row goes, with what belongs to it
    CLEAR = auto()  # the reference becomes empty
    DESTINATION = auto()  # the destination goes; its owner inherits again, or goes on as usual


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One way in which rows of `model` depend on something else.

    `path` is a foreign key of the model, a foreign key behind its destination (`destination__team`), or a column that
    holds the other's number (then `by` is "number" and `to` names the models). `words` heads the group on a confirm
    page, `removed` says what happens without a replacement; `owner` names a row, `link` is (URL name, arguments).
    `joins` are what those two read. `once_per`: the other column of a unique pair; whoever is there already stays.
    """

    model: type[Model]
    path: str
    words: Any
    removed: Any
    owner: Callable[[Any], str] = str
    link: Callable[[Any], tuple[str, list[Any]]] | None = None
    joins: tuple[str, ...] = ()
    removal: Removal = Removal.ROW
    also: Mapping[str, Any] = field(default_factory=dict)  # further columns where the reference becomes empty
    replaceable: bool = True
    once_per: str = ""
    by: str = "pk"
    to: tuple[type[Model], ...] = ()

    @property
    def key(self) -> str:
        """Names the group in forms: `team_member.extension`."""
        return f"{self.model._meta.model_name}.{self.path}"

    @property
    def column(self) -> str:
        """The model's own field: the reference, or the one that holds the destination."""
        return self.path.split("__", 1)[0]

    def targets(self) -> tuple[type[Model], ...]:
        """The models that this can depend on."""
        return self.to or (_end_of(self.model, self.path),)


def _end_of(model: type[Model], path: str) -> type[Model]:
    found: Any = model
    for part in path.split("__"):
        found = found._meta.get_field(part).related_model
    return found


def foreign_keys(model: type[Model]) -> list[Field]:
    """The model's own references."""
    return [one for one in model._meta.concrete_fields if one.many_to_one or one.one_to_one]

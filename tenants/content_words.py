"""What the tables of a template are called for somebody who is about to get what is in them (TPL-07).

Apps above say it of their tables when they load. What nobody would recognize as a thing is part of another one, or a
count of its own, and is not told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import ngettext_lazy

from portal.accounts.models import Role


@dataclass(frozen=True, slots=True)
class Said:
    """`words` in the singular and plural; `column` names a row, and `spoken` makes words of what stands there.

    What is not `plain` is told to those who make templates, and not to prospects.
    """

    words: Any
    column: str = ""
    spoken: Callable[[str], str] = str
    plain: bool = True

    def label(self, count: int) -> str:
        """“Team”, “Teams”."""
        return str(self.words % count)


_said: dict[type[Model], Said | None] = {}


def say(
    model: type[Model], words: Any, column: str = "", spoken: Callable[[str], str] = str, *, plain: bool = True
) -> None:
    """Tell rows of `model` as `words` (of `ngettext_lazy`), each by its `column`."""
    _said[model] = Said(words, column, spoken, plain)


def leave_untold(*models: type[Model]) -> None:
    """These come along without a word: they mean nothing by themselves."""
    _said.update(dict.fromkeys(models))


def said_of(model: type[Model]) -> Said | None:
    """How the rows of `model` are told; None where they are not. KeyError where nobody decided."""
    return _said[model]


say(Role, ngettext_lazy("Role", "Roles"), "name")

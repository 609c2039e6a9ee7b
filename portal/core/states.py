"""State machines: one table says which moves exist, for pages, services and tests alike."""

from collections.abc import Mapping, Set
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.core.errors import DomainError


class IllegalMove(DomainError):
    """The object is not in a state from which it can go there."""


class Machine:
    """Allowed moves of one state field.

    `MOVES = Machine("state", {S.DRAFT: {S.ACTIVE}, S.ACTIVE: set()})`
    """

    def __init__(self, field: str, moves: Mapping[Any, Set[Any]]) -> None:
        self.field = field
        self.moves = {state: frozenset(targets) for state, targets in moves.items()}

    def allows(self, obj: models.Model, to: Any) -> bool:
        """Whether `obj`, as loaded, may move to `to`. Decides which buttons show."""
        return to in self.moves[getattr(obj, self.field)]

    @transaction.atomic
    def move(self, obj: models.Model, to: Any, **also: Any) -> Any:
        """Lock the row, move it to `to` (setting the fields in `also` with it) and return the state it left.

        Raises IllegalMove when the row, re-read under the lock, may not go there.
        """
        locked = type(obj)._default_manager.select_for_update().get(pk=obj.pk)  # noqa: SLF001
        before = getattr(locked, self.field)
        if to not in self.moves[before]:
            raise IllegalMove(
                _("This is “%(before)s” now and cannot become “%(after)s”.")
                % {"before": type(to)(before).label, "after": to.label}
                if hasattr(to, "label")
                else _("That is not possible now.")
            )
        for name, value in {self.field: to, **also}.items():
            setattr(locked, name, value)
            setattr(obj, name, value)
        locked.save(update_fields=[self.field, *also])
        return before

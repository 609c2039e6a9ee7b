"""What a search finds, and how a source says where it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from portal.permissions import Perm


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer."""

    label: str
    detail: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where to look. `find` narrows rows to what fits the text; `key`, `label` and `detail` are fields or expressions.

    `url` makes the address from the row's key. Only people with `permission` are shown what it finds.
    """

    title: Any
    icon: str
    permission: Perm
    find: Callable[[str], QuerySet]
    key: Any
    label: Any
    detail: Any
    url: Callable[[str], str]

    def rows(self, text: str, number: int) -> QuerySet:
        """(number of the source, key, label, detail) of what fits, ready to be united with other sources."""
        return (
            self.find(text)
            .order_by()
            .values_list(Value(number), _text(self.key), _text(self.label), _text(self.detail))
        )


def _text(expression: Any) -> Any:
    """Every branch of a union has the same types."""
    return Cast(expression, CharField())

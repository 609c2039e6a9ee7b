"""What depends on an object, in words: for confirm pages, and for suspending (TEN-13, EXT-10)."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch, reverse

from extensions.services.deletion.survey import Survey, survey
from extensions.services.deletion.uses import Use
from portal.core.db.prepared import rows_together

NAMED = 20  # rows of a group that are named; the others are counted


@dataclass(frozen=True, slots=True)
class Dependant:
    """One row: what people call it, and its page (empty where it has none)."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """All rows that depend in the same way. `named` are the first of them, `more` how many others there are."""

    use: Use
    count: int
    named: list[Dependant]

    @property
    def key(self) -> str:
        return self.use.key

    @property
    def more(self) -> int:
        return self.count - len(self.named)


def dependants(row: Model) -> tuple[list[Group], str]:
    """The groups that depend on `row`, and the seal that `delete_object` compares.

    One query, and one more where something depends on it.
    """
    found = survey(type(row), [row.pk])
    named = rows_together(*[_first_of(use, ids) for use, ids in found.uses.items()])
    groups = [_group(use, ids, rows) for (use, ids), rows in zip(found.uses.items(), named, strict=True)]
    return groups, seal_of(found)


def seal_of(found: Survey) -> str:
    """A word for exactly these dependants; it differs as soon as one comes or goes."""
    told = sorted((use.key, sorted(ids)) for use, ids in found.uses.items())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _first_of(use: Use, ids: Collection[int]) -> QuerySet:
    return use.model._default_manager.filter(pk__in=ids).select_related(*use.joins).order_by("pk")[:NAMED]


def _group(use: Use, ids: Collection[int], rows: list[Any]) -> Group:
    return Group(use, len(ids), [Dependant(use.owner(row), _address(use, row)) for row in rows])


def _address(use: Use, row: Any) -> str:
    name, arguments = use.link(row) if use.link else ("", [])
    try:
        return reverse(name, args=arguments) if name else ""
    except NoReverseMatch:
        return ""

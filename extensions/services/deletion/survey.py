"""One query that finds what goes with some objects, and what else refers to any of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from extensions.models import Destination
from extensions.services.deletion.catalogue import PARTS, USES
from extensions.services.deletion.uses import Use, foreign_keys

Rows = dict[type[Model], set[int]]


@dataclass(frozen=True, slots=True)
class Survey:
    """`gone`: the objects and their parts, by model. `uses`: the rows elsewhere that refer to any of these."""

    gone: Rows
    uses: dict[Use, set[int]]


def survey(model: type[Model], ids: Collection[int]) -> Survey:
    """Look, in one query whatever the number of rows."""
    branches: list[tuple[Any, QuerySet]] = []
    for part, lookup in expansion(model):
        branches.append((part, part._default_manager.filter(**{f"{lookup}__in": ids})))
        branches += [(use, _rows_of(use, part, lookup, ids)) for use in USES if part in use.targets()]
    found = _together([rows for _owner, rows in branches])
    gone: Rows = defaultdict(set)
    uses: dict[Use, set[int]] = defaultdict(set)
    for place, (owner, _rows) in enumerate(branches):
        if found[place] and isinstance(owner, Use):
            uses[owner] |= found[place]
        elif found[place]:
            gone[owner] |= found[place]
    left = {use: rows - gone.get(use.model, set()) for use, rows in uses.items()}
    return Survey(gone, {use: rows for use, rows in left.items() if rows})


def counts_of_uses(model: type[Model]) -> JSONObject:
    """How many rows refer to each row of `model`, by the key of the Use: `{"key.extension": 3}`, to annotate with.

    Rows that belong to the object itself do not count. Only references; what holds its number is left to `survey`.
    """
    own = {part: lookup for part, lookup in expansion(model) if lookup != "pk"}
    counts = {}
    for use in USES:
        if use.by == "pk" and model in use.targets():
            rows = use.model._default_manager.filter(**{use.path: OuterRef("pk")})
            if use.model in own:
                rows = rows.exclude(**{own[use.model]: OuterRef("pk")})
            counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
            counts[use.key] = Subquery(counted)
    return JSONObject(**counts)


@cache
def expansion(model: type[Model]) -> tuple[tuple[type[Model], str], ...]:
    """The model and everything that belongs to its rows, each with the lookup that leads from there to them."""
    found: list[tuple[type[Model], str]] = [(model, "pk")]
    for target, lookup in found:  # grows while it is walked
        if target is Destination:
            continue  # the only thing that belongs to a destination is its owner
        parts = [(part, name) for part, name in PARTS if part._meta.get_field(name).related_model is target]
        found += [(part, _joined(name, lookup)) for part, name in sorted(parts, key=lambda one: str(one))]
        own = [field for field in foreign_keys(target) if field.related_model is Destination]
        found += [(Destination, _joined(field.related_query_name(), lookup)) for field in own]  # type: ignore[attr-defined]
    return tuple(found)


def _rows_of(use: Use, target: type[Model], lookup: str, ids: Collection[int]) -> QuerySet:
    rows = use.model._default_manager.all()
    if use.by == "pk":
        return rows.filter(**{f"{_joined(use.path, lookup)}__in": ids})
    held = target._default_manager.filter(**{f"{lookup}__in": ids}).exclude(**{use.by: ""})
    return rows.filter(**{f"{use.path}__in": held.values(use.by)})


def _joined(path: str, lookup: str) -> str:
    return path if lookup == "pk" else f"{path}__{lookup}"


def _together(branches: list[QuerySet]) -> dict[int, set[int]]:
    told = [
        rows.order_by().annotate(branch=Value(place)).values_list("branch", "pk") for place, rows in enumerate(branches)
    ]
    found: dict[int, set[int]] = defaultdict(set)
    for place, pk in told[0].union(*told[1:], all=True):
        found[place].add(pk)
    return found

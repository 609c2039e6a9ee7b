"""Queries that every page asks, put together once: Django builds and compiles them anew each time, which costs more
than the answer."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class PreparedQuery(Generic[M]):
    """`PreparedQuery(lambda host: Tenant.objects.filter(domains__domain=host), host=str)`, then `query(host="…")`.

    The SQL names no schema, so it serves every tenant: the connection says whose tables are meant, as always. Nothing
    of an answer is kept. Values may only be compared (`field=value`), never change the query's shape, as None would.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **kinds: type) -> None:
        self._build = build
        self._kinds = kinds

    def __call__(self, **values: Any) -> list[M]:
        """The rows for these values, asked of the database now. Raises TypeError for a value of another kind."""
        for name, kind in self._kinds.items():
            if type(values[name]) is not kind:
                raise TypeError(f"{name} must be {kind.__name__}, not {type(values[name]).__name__}")
        model, sql, places = self._compiled
        given = [values[name] if name else fixed for name, fixed in places]
        return list(model._default_manager.raw(sql, given))

    @cached_property
    def _compiled(self) -> tuple[type[M], str, list[tuple[str, Any]]]:
        marks = {name: self._mark(number, kind) for number, (name, kind) in enumerate(self._kinds.items())}
        rows = self._build(**marks)
        sql, params = rows.query.sql_with_params()
        names = {mark: name for name, mark in marks.items()}
        places = [(names.get(param, "") if isinstance(param, str | int) else "", param) for param in params]
        if {name for name, _fixed in places if name} != set(self._kinds):
            raise TypeError(f"not every one of {sorted(self._kinds)} is a plain parameter of {sql}")
        return rows.model, sql, places

    @staticmethod
    def _mark(number: int, kind: type) -> Any:
        """A value that nobody asks for, to find its place among the parameters."""
        return f"\N{SYMBOL FOR NULL}{number}" if kind is str else -7_000_000_001 - number

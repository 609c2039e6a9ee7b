"""Queries that every page asks, put together once: Django builds and compiles them anew each time, which costs more
than the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class _Compiled(Generic[M]):
    """The SQL, and what its parameters and columns stand for."""

    model: type[M]
    sql: str
    places: list[tuple[str, Any]]  # of each parameter: the value's name, or "" and what always stands there
    fields: list[str]  # of the model itself; the columns begin with them
    related: list[Any]  # what makes the related rows of the other columns
    converters: list[tuple[int, list[Callable[..., Any]], Any]]  # column, functions in turn, expression


class PreparedQuery(Generic[M]):
    """`PreparedQuery(lambda host: Tenant.objects.filter(domains__domain=host), host=str)`, then `query(host="…")`.

    The SQL names no schema, so it serves every tenant: the connection says whose tables are meant, as always. Nothing
    of an answer is kept. Values may only be compared (`field=value`), never change the query's shape, as None would.
    Rows may bring related ones (`select_related`), but no annotations.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **kinds: type) -> None:
        self._build = build
        self._kinds = kinds

    def __call__(self, **values: Any) -> list[M]:
        """The rows for these values, asked of the database now. Raises TypeError for a value of another kind."""
        return self.rows_of(self.values(**values))

    def values(self, **values: Any) -> list[Sequence[Any]]:
        """The same as bare values of the columns asked for, in the order of the model's fields."""
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(*self.bind(values))
            return self.converted(cursor.fetchall())

    def bind(self, values: dict[str, Any]) -> tuple[str, list[Any]]:
        """The SQL and its parameters for these values. Raises TypeError for a value of another kind."""
        for name, kind in self._kinds.items():
            if type(values[name]) is not kind:
                raise TypeError(f"{name} must be {kind.__name__}, not {type(values[name]).__name__}")
        compiled = self._compiled
        return compiled.sql, [values[name] if name else fixed for name, fixed in compiled.places]

    def converted(self, found: list[tuple[Any, ...]]) -> list[Sequence[Any]]:
        """Answers of the database with the values that the fields make of them."""
        compiled = self._compiled
        return [_converted(row, compiled) for row in found] if compiled.converters else list(found)

    def rows_of(self, found: Sequence[Sequence[Any]]) -> list[M]:
        """Rows of the model, and of those related to it, from converted values."""
        compiled = self._compiled
        made, fields, width = compiled.model.from_db, compiled.fields, len(compiled.fields)
        if not compiled.related:
            return [made(DEFAULT_DB_ALIAS, fields, row) for row in found]
        pairs = [(made(DEFAULT_DB_ALIAS, fields, row[:width]), row) for row in found]
        for one, row in pairs:
            for populator in compiled.related:
                populator.populate(row, one)
        return [one for one, _row in pairs]

    @cached_property
    def _compiled(self) -> _Compiled[M]:
        marks = {name: self._mark(number, kind) for number, (name, kind) in enumerate(self._kinds.items())}
        rows = self._build(**marks)
        compiler = rows.query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
        sql, params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        if rows.query.annotations:
            raise TypeError(f"annotations cannot be prepared: {sql}")
        names = {mark: name for name, mark in marks.items()}
        places = [(names.get(param, "") if isinstance(param, str | int) else "", param) for param in params]
        if {name for name, _fixed in places if name} != set(self._kinds):
            raise TypeError(f"not every one of {sorted(self._kinds)} is a plain parameter of {sql}")
        fields = [columns[place].target.attname for place in compiler.klass_info["select_fields"]]
        related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        converters = [(place, *found) for place, found in compiler.get_converters(columns).items()]
        return _Compiled(rows.model, sql, places, fields, related, converters)

    @staticmethod
    def _mark(number: int, kind: type) -> Any:
        """A value that nobody asks for, to find its place among the parameters."""
        return f"\N{SYMBOL FOR NULL}{number}" if kind is str else -7_000_000_001 - number


def ask_together(*asked: tuple[PreparedQuery[Any], dict[str, Any]]) -> list[list[Any]]:
    """The rows of several queries, each with its values, from one round trip to the database."""
    bound = [query.bind(values) for query, values in asked]
    answers = []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("; ".join(sql for sql, _params in bound), [one for _sql, params in bound for one in params])
        for query, _values in asked:
            answers.append(query.rows_of(query.converted(cursor.fetchall())))
            cursor.nextset()
    return answers


def rows_together(*asked: QuerySet[Any]) -> list[list[Any]]:
    """The rows of several query sets of models, from one round trip to the database."""
    queries: list[PreparedQuery[Any]] = [PreparedQuery(partial(_as_it_is, rows)) for rows in asked]
    return ask_together(*[(query, {}) for query in queries]) if queries else []


def _as_it_is(rows: QuerySet[M]) -> QuerySet[M]:
    return rows


def _converted(row: tuple[Any, ...], compiled: _Compiled[Any]) -> list[Any]:
    """A row with the values that its fields make of the database's."""
    values, connection = list(row), connections[DEFAULT_DB_ALIAS]
    for place, functions, expression in compiled.converters:
        for function in functions:
            values[place] = function(values[place], expression, connection)
    return values

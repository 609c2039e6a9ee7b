"""What is searched of an extension and its person, exactly as the indexes of `search_parts_of_names` hold it.

PostgreSQL uses those indexes only for the same expression. Texts of three letters and more are found through them;
where the database does not allow pg_trgm the answers are the same, only slower.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import AND

from extensions.models import Extension

EXTENSION_COLUMNS = ("number", "directory_name", "first_name", "last_name", "email")
USER_COLUMNS = ("display_name", "username")


def _of(table: str, columns: tuple[str, ...]) -> str:
    """`upper(one || ' ' || other || …)`."""
    return f"""upper({" || ' ' || ".join(f'"{table}"."{column}"' for column in columns)})"""


# Written out: Django needs longer to put such a union together than PostgreSQL to answer it.
_BY_NUMBER = """
    SELECT id FROM "extensions_extension" WHERE number LIKE %s
    UNION SELECT id FROM "extensions_extension" WHERE mobile LIKE %s
"""
_BY_WORDS = f"""
    SELECT id FROM "extensions_extension" WHERE {_of("extensions_extension", EXTENSION_COLUMNS)} LIKE %s
    UNION SELECT id FROM "extensions_extension" WHERE user_id IN (
        SELECT id FROM "accounts_user" WHERE {_of("accounts_user", USER_COLUMNS)} LIKE %s
    )
"""  # noqa: S608 - names of columns from above; what was typed is a parameter


def matching(rows: QuerySet[Extension], text: str) -> QuerySet[Extension]:
    """Those of `rows` with `text` in number, names, address or person; digits alone are the beginning of a number, or
    a part of a mobile number."""
    wanted = " ".join(text.split())
    digits = wanted.replace(" ", "").removeprefix("+")
    if digits.isdecimal():
        return _among(rows, _BY_NUMBER, f"{digits}%", f"%{digits}%")
    part = f"%{connection.ops.prep_for_like_query(wanted.upper())}%"
    return _among(rows, _BY_WORDS, part, part)


def _among(rows: QuerySet[Extension], found: str, *patterns: str) -> QuerySet[Extension]:
    """Those of `rows` that `found` finds: what `filter(pk__in=RawSQL(…))` says, which takes longer to put together."""
    narrowed = rows.all()
    narrowed.query.where.add(_Among(narrowed.query.get_initial_alias(), found, patterns), AND)
    return narrowed


@dataclass(frozen=True, slots=True)
class _Among:
    """The condition that the row `alias` is one of those found, as Django's `WHERE` takes it."""

    alias: str | None
    found: str
    patterns: tuple[str, ...]
    contains_aggregate = False
    contains_over_clause = False

    def as_sql(self, compiler: SQLCompiler, _connection: Any) -> tuple[str, list[str]]:
        return f'{compiler.quote_name_unless_alias(self.alias)}."id" IN ({self.found})', list(self.patterns)

    def relabeled_clone(self, names: Mapping[str | None, str]) -> "_Among":
        """For a query that becomes part of another one, where its tables are called otherwise."""
        return replace(self, alias=names.get(self.alias, self.alias))

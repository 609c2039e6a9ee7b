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


def _joined(table: str, columns: tuple[str, ...]) -> str:
    """`upper(one || ' ' || other || …)`."""
    return f"""upper({" || ' ' || ".join(f'{table}."{column}"' for column in columns)})"""


# One index for each side of the OR: a list of keys, unlike a subquery, is looked up in the index of the users' keys.
_BY_NUMBER = "({row}.number LIKE %s OR {row}.mobile LIKE %s)"
_BY_WORDS = f"""({_joined("{row}", EXTENSION_COLUMNS)} LIKE %s OR {{row}}.user_id = ANY(ARRAY(
    SELECT id FROM accounts_user WHERE {_joined("accounts_user", USER_COLUMNS)} LIKE %s
)))"""  # noqa: S608 - names of columns from above; what was typed is a parameter


def matching(rows: QuerySet[Extension], text: str) -> QuerySet[Extension]:
    """Those of `rows` with `text` in number, names, address or person; digits alone are the beginning of a number, or
    a part of a mobile number."""
    wanted = " ".join(text.split())
    digits = wanted.replace(" ", "").removeprefix("+")
    if digits.isdecimal():
        return _where(rows, _BY_NUMBER, f"{digits}%", f"%{digits}%")
    part = f"%{connection.ops.prep_for_like_query(wanted.upper())}%"
    return _where(rows, _BY_WORDS, part, part)


def _where(rows: QuerySet[Extension], holds: str, *patterns: str) -> QuerySet[Extension]:
    """Those of `rows` for which `holds` does. Django has no name for such a condition on an alias."""
    narrowed = rows.all()
    narrowed.query.where.add(_Where(narrowed.query.get_initial_alias(), holds, patterns), AND)
    return narrowed


@dataclass(frozen=True, slots=True)
class _Where:
    """The condition `holds` on the row `alias`, as Django's `WHERE` takes it. What was typed is a parameter."""

    alias: str | None
    holds: str
    patterns: tuple[str, ...]
    contains_aggregate = False
    contains_over_clause = False

    def as_sql(self, compiler: SQLCompiler, _connection: Any) -> tuple[str, list[str]]:
        return self.holds.format(row=compiler.quote_name_unless_alias(self.alias)), list(self.patterns)

    def relabeled_clone(self, names: Mapping[str | None, str]) -> "_Where":
        """For a query that becomes part of another one, where its tables are called otherwise."""
        return replace(self, alias=names.get(self.alias, self.alias))

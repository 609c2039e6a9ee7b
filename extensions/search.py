"""What is searched of an extension and its person, exactly as the indexes of `search_parts_of_names` hold it.

PostgreSQL uses those indexes only for the same expression. Texts of three letters and more are found through them;
where the database does not allow pg_trgm the answers are the same, only slower.
"""

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.where import AND, ExtraWhere

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
    condition = f'"{narrowed.query.get_initial_alias()}"."id" IN ({found})'
    narrowed.query.where.add(ExtraWhere([condition], patterns), AND)
    return narrowed

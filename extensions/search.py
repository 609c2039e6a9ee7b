"""What is searched of an extension and its person, exactly as the indexes of `search_parts_of_names` hold it.

PostgreSQL uses those indexes only for the same expression. Texts of three letters and more are found through them;
where the database does not allow pg_trgm the answers are the same, only slower.
"""

from django.db.models import F, Func, QuerySet, TextField

from extensions.models import Extension
from portal.accounts.models import User

EXTENSION_COLUMNS = ("number", "directory_name", "first_name", "last_name", "email")
USER_COLUMNS = ("display_name", "username")


class SearchText(Func):
    """`upper(one || ' ' || other || …)`."""

    function = "upper"
    arg_joiner = " || ' ' || "
    output_field = TextField()


def matching(rows: QuerySet[Extension], text: str) -> QuerySet[Extension]:
    """Those of `rows` with `text` in number, names, address or person; digits alone are the beginning of a number, or
    a part of a mobile number."""
    wanted = " ".join(text.split())
    digits = wanted.replace(" ", "").removeprefix("+")
    if digits.isdecimal():
        by_number = Extension.objects.filter(number__startswith=digits)
        return rows.filter(pk__in=_ids(by_number, Extension.objects.filter(mobile__contains=digits)))
    own = Extension.objects.alias(searched=_of(EXTENSION_COLUMNS)).filter(searched__contains=wanted.upper())
    people = User.objects.alias(searched=_of(USER_COLUMNS)).filter(searched__contains=wanted.upper())
    return rows.filter(pk__in=_ids(own, Extension.objects.filter(user__in=people.values("pk"))))


def _of(columns: tuple[str, ...]) -> SearchText:
    return SearchText(*(F(column) for column in columns))


def _ids(first: QuerySet[Extension], second: QuerySet[Extension]) -> QuerySet:
    return first.order_by().values("pk").union(second.order_by().values("pk"))

"""A list's number of rows is the same, whichever way it is counted."""

from collections.abc import Callable

import pytest
from django.db.models import Count, F, QuerySet

from portal.accounts.models import User
from portal.core.pages.lists import FirstPageFirst

WAYS: dict[str, Callable[[QuerySet[User]], QuerySet[User]]] = {
    "all": lambda rows: rows.order_by("display_name"),
    "filtered": lambda rows: rows.filter(username__contains="agent"),
    "excluded": lambda rows: rows.exclude(username__contains="agent"),
    "by a condition on others": lambda rows: rows.filter(roles__code="owner"),
    "joined": lambda rows: rows.annotate(role=F("roles__code")),
    "grouped": lambda rows: rows.annotate(held=Count("roles")),
    "grouped by a value": lambda rows: rows.values("kind").annotate(n=Count("pk")),
    "distinct": lambda rows: rows.order_by("kind").values("kind").distinct(),
    "a part": lambda rows: rows.order_by("pk")[:2],
    "two together": lambda rows: rows.filter(kind="person").union(rows.exclude(kind="person")),
    "none": lambda rows: rows.none(),
}


@pytest.mark.usefixtures("inside_alpha", "owner", "manager", "agent")
@pytest.mark.parametrize("way", WAYS)
def test_the_number_of_rows_is_what_the_database_counts(way: str) -> None:
    rows = WAYS[way](User.objects.all())

    assert FirstPageFirst(rows, 50).count == len(rows)

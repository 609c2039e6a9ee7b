"""Any list of a tenant's host whose file is long is made in the background as well (EXP-05)."""

import csv
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, QueryDict
from django.test.client import RequestFactory
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from licensing.models import ExportKind, PreparedExport
from licensing.services.exports import AT_ONCE, TASK
from portal.accounts.models import User
from portal.audit.context import acting_as
from portal.core.errors import DomainError
from portal.core.pages import ListPage
from portal.jobs.outbox import enqueue
from portal.permissions import Perm

LONGEST = 4000  # characters of a query string
IN_BACKGROUND = "made_in_background"


class NoSuchList(DomainError):
    """There is no list at this address, or not for this person."""

    def __init__(self) -> None:
        super().__init__(_("This list is not there any more, or you may not see it."))


def where_to_ask(request: HttpRequest, *, rows: Callable[[], int], name: str) -> str | None:
    """Where somebody agrees to a file being made later, or None where it can be had at once.

    Named in settings.LONG_EXPORTS. The management host has no such files: its lists come at once. So does what is asked
    for in more words than can be kept: cut off, they would ask for something else.
    """
    query = request.META.get("QUERY_STRING", "")
    if connection.schema_name == "public" or hasattr(request, IN_BACKGROUND) or len(query) > LONGEST:
        return None
    if rows() <= AT_ONCE:
        return None
    asked = {"page": request.path, "query": query, "name": name}
    return f"{reverse('licensing:ask_export')}?{urlencode(asked)}"


@transaction.atomic
def ask_for_list(*, path: str, query: str, name: str, by: User, at: datetime) -> PreparedExport:
    """Have what the list at `path` exports for `query` (LONGEST characters at most) made in the background.

    Raises NoSuchList.
    """
    list_at(path, by)
    asked = PreparedExport.objects.create(
        kind=ExportKind.LIST, name=name[:120], path=path, query=query, by=by, asked_at=at
    )
    enqueue(TASK, export_id=asked.pk)
    return asked


def list_at(path: str, by: User) -> ResolverMatch:
    """The list at `path` that `by` may see. Raises NoSuchList."""
    try:
        found = resolve(path)
    except Resolver404 as gone:
        raise NoSuchList from gone
    page: Any = getattr(found.func, "view_class", None)
    if not (isinstance(page, type) and issubclass(page, ListPage) and by.may(page.permission)):
        raise NoSuchList
    return found


def may_fetch(asked: PreparedExport, by: User) -> bool:
    """Whether `by` may still see what is in the file."""
    if asked.kind != ExportKind.LIST:
        return by.may(Perm.LICENCE_READ)
    try:
        list_at(asked.path, by)
    except NoSuchList:
        return False
    return True


def text_of(asked: PreparedExport) -> str:
    """The file of a list as whoever asked would get it now, in their language and zone. Raises NoSuchList."""
    found = list_at(asked.path, asked.by)
    query = QueryDict(asked.query, mutable=True)
    query["export"] = "csv"
    request: Any = RequestFactory().get(asked.path, QUERY_STRING=query.urlencode())
    request.user, request.tenant, request.support_session = asked.by, connection.tenant, None
    request.resolver_match = found
    setattr(request, IN_BACKGROUND, True)
    zone = asked.by.time_zone or connection.tenant.time_zone
    with translation.override(asked.by.language or translation.get_language()), timezone.override(zone):
        try:
            with acting_as(asked.by):
                answer: Any = found.func(request, *found.args, **found.kwargs)
        except (Http404, PermissionDenied) as gone:
            raise NoSuchList from gone
    return b"".join(answer).decode()


def rows_in(text: str) -> int:
    """How many rows a file has below its heading."""
    return max(0, sum(1 for _line in csv.reader(StringIO(text))) - 1)

"""“Download”: a file at once, or made in the background and fetched by a link (EXP-01 to EXP-05)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from licensing.models import ExportKind, PreparedExport
from licensing.selectors import files_of
from licensing.services import exports
from licensing.services.long_lists import AT_ONCE, LONGEST, ask_for_list, list_at, may_fetch
from portal.core.csv import csv_response
from portal.core.errors import DomainError
from portal.core.events import emit
from portal.core.exports import Exported
from portal.core.pages import Page
from portal.permissions import Perm


class Download(Page):
    """One of the two files. Short ones come at once; for a long one the page asks, and a POST has it made."""

    permission = Perm.LICENCE_READ
    template = "licensing/export_ask.html"

    @property
    def kind(self) -> ExportKind:
        return ExportKind(self.kwargs["kind"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = exports.count(self.kind)
        if rows > exports.AT_ONCE:
            return self.page({"kind": self.kind, "rows": rows, "most": exports.AT_ONCE})
        name = exports.file_name(self.kind, organisation=connection.tenant.uuid, at=timezone.now())
        emit(Exported(file=f"{name}.csv", page=request.path, query=""))
        return csv_response(name, exports.heading(self.kind), exports.rows(self.kind))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        exports.ask_for_export(kind=self.kind, by=request.user, at=timezone.now())
        messages.success(request, _("The file is being made. You get a mail with a link, and find it here as well."))
        return HttpResponseRedirect(reverse("licensing:phone_system"))


class AskForList(Page):
    """A list is long: the page asks, and a POST has its file made."""

    permission = Perm.OWN_USE
    template = "licensing/export_ask.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        path, query = self._asked(request.GET)
        shown = QueryDict(query, mutable=True)
        shown.pop("export", None)
        back = f"{path}?{shown.urlencode()}" if shown else path
        name = request.GET.get("name", "")[:120]
        return self.page({"path": path, "query": query, "name": name, "back": back, "most": AT_ONCE})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        path, query = self._asked(request.POST)
        name = slugify(request.POST.get("name", "")) or "list"
        ask_for_list(path=path, query=query, name=name, by=request.user, at=timezone.now())
        messages.success(request, _("The file is being made. You get a mail with a link, and find it here as well."))
        return HttpResponseRedirect(reverse("licensing:exports"))

    def _asked(self, given: QueryDict) -> tuple[str, str]:
        """The list's path and query string."""
        path, query = given.get("page", "")[:300], given.get("query", "")
        if len(query) > LONGEST or "\x00" in query:
            raise Http404
        try:
            list_at(path, self.request.user)
        except DomainError as gone:
            raise Http404 from gone
        return path, query


class MyExports(Page):
    """The files that somebody asked for: being made, or ready for a day."""

    permission = Perm.OWN_USE
    template = "licensing/exports.html"

    def context(self) -> dict[str, Any]:
        return {"files": files_of(self.request.user, timezone.now())}


class FetchExport(Page):
    """The link in the mail: for whoever asked, for 24 hours, and only while they may see what is in it."""

    permission = Perm.OWN_USE
    template = "licensing/export_ask.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        files = PreparedExport.objects.filter(by=request.user, until__gt=timezone.now())
        file = get_object_or_404(files, pk=self.kwargs["pk"])
        if not may_fetch(file, request.user):
            raise PermissionDenied
        emit(Exported(file=f"{file.name}.csv", page=request.path, query=""))
        response = HttpResponse(bytes(file.content), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{file.name}.csv"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store, private"
        return response

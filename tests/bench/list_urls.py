"""A tenant's pages, the stock admin for extensions, and a bare answer."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from extensions.models import Extension
from portal.sites.access import LIBRARY_VIEWS, OPEN, SIGNED_IN, Rule
from portal.sites.urls_tenant import *  # noqa: F403
from portal.sites.urls_tenant import urlpatterns as pages

stock = admin.AdminSite(name="stock")


@admin.register(Extension, site=stock)
class ExtensionAdmin(admin.ModelAdmin):
    """As Django makes it: 100 rows a page, five columns."""

    list_display: ClassVar = ["number", "directory_name", "user", "state", "created_at"]
    list_select_related: ClassVar = ["user"]
    search_fields: ClassVar = ["number", "directory_name"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return True

    has_change_permission = has_add_permission = has_delete_permission = has_view_permission


stock.has_permission = lambda request: request.user.is_authenticated  # type: ignore[method-assign]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello, world")


LIBRARY_VIEWS |= {"hello": Rule(OPEN, "the floor of the measurement")} | {
    f"stock:{name}": Rule(SIGNED_IN) for name in ("index", "extensions_extension_changelist")
}
urlpatterns = [path("hello/", hello, name="hello"), path("stock-admin/", stock.urls), *pages]

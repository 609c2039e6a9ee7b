"""The management host: prospects, operators, resellers, visiting tenant administrators."""

from django.urls import URLPattern, URLResolver, include, path

from portal.sites.views.home import FirstPage

urlpatterns: list[URLPattern | URLResolver] = [
    path("", FirstPage.as_view(), name="home"),
    path("ops/", include("tenants.urls_ops")),
    path("help/", include("tenants.urls_help")),
]

"""A tenant's own host: administrators, end users, contacts."""

from django.urls import URLPattern, URLResolver, include, path

from portal.sites.views.start import StartPage

urlpatterns: list[URLPattern | URLResolver] = [
    path("", StartPage.as_view(), name="home"),
    path("", include("extensions.urls")),
    path("help/", include("tenants.urls_help")),
]

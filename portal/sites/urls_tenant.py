"""A tenant's own host: administrators, end users, contacts."""

from django.urls import URLPattern, URLResolver, include, path

from portal.accounts import urls as accounts
from portal.jobs import urls as jobs
from portal.sites.views.start import StartPage

urlpatterns: list[URLPattern | URLResolver] = [
    path("", StartPage.as_view(), name="home"),
    path("account/", include("portal.accounts.urls_signin")),
    path("", include(accounts.tenant)),
    path("", include("extensions.urls")),
    path("licences/", include("licensing.urls_orders")),
    path("", include("licensing.urls")),
    path("", include("portal.audit.urls")),
    path("", include(jobs.tenant)),
    path("help/", include("portal.sites.urls_help")),
    path("", include("portal.sites.urls_search")),
]

handler400 = "portal.sites.errors.bad_request"
handler403 = "portal.sites.errors.permission_denied"
handler404 = "portal.sites.errors.not_found"
handler500 = "portal.sites.errors.server_error"

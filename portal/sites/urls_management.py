"""The management host: prospects, operators, resellers, visiting tenant administrators."""

from django.urls import URLPattern, URLResolver, include, path

from portal.accounts import urls as accounts
from portal.jobs import urls as jobs
from portal.sites.views.home import FirstPage

urlpatterns: list[URLPattern | URLResolver] = [
    path("", FirstPage.as_view(), name="home"),
    path("account/", include("portal.accounts.urls_signin")),
    path("", include(accounts.management)),
    path("ops/", include("tenants.urls_ops")),
    path("ops/", include("extensions.urls.platform")),
    path("ops/", include("extensions.urls.pbx")),
    path("ops/", include("portal.audit.urls")),
    path("ops/", include(jobs.management)),
    path("help/", include("portal.sites.urls_help")),
    path("", include("portal.sites.urls_search")),
    path("cap/", include("customers.urls_cap")),
    path("register/", include("tenants.urls_register")),
]

handler400 = "portal.sites.errors.bad_request"
handler403 = "portal.sites.errors.permission_denied"
handler404 = "portal.sites.errors.not_found"
handler500 = "portal.sites.errors.server_error"

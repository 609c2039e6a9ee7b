"""Licences on a tenant's host; all names stand in the space `licensing:`."""

from django.urls import URLPattern, URLResolver, path, re_path

from licensing import urls_bulk
from licensing.views.bulk_addons import ExtensionsAddons
from licensing.views.exports import AskForList, Download, FetchExport, MyExports
from licensing.views.extension import ChangeAddons, ChangeNumber, ExtensionLicences
from licensing.views.pools import Ledger, Licences, Numbers, Provisioned
from licensing.views.provision import Assign, Provision, ProvisionPreview

app_name = "licensing"
_ONE = r"^licences/phone-system/(?P<number>[0-9]{3,5})"

urlpatterns: list[URLPattern | URLResolver] = [
    *urls_bulk.urlpatterns,
    path("licences/", Licences.as_view(), name="licences"),
    path("licences/ledger/", Ledger.as_view(), name="ledger"),
    path("licences/phone-system/", Provisioned.as_view(), name="phone_system"),
    path("licences/phone-system/numbers/", Numbers.as_view(), name="numbers"),
    path("licences/phone-system/provision/", Provision.as_view(), name="provision"),
    path("licences/phone-system/provision/preview/", ProvisionPreview.as_view(), name="provision_preview"),
    path("licences/phone-system/assign/", Assign.as_view(), name="assign"),
    re_path(r"^licences/phone-system/download/(?P<kind>extensions|numbers)/$", Download.as_view(), name="download"),
    path("licences/phone-system/bulk-addons/", ExtensionsAddons.as_view(), name="bulk_addons"),
    path("licences/exports/", MyExports.as_view(), name="exports"),
    path("licences/exports/new/", AskForList.as_view(), name="ask_export"),
    path("licences/exports/<int:pk>/", FetchExport.as_view(), name="export"),
    re_path(rf"{_ONE}/$", ExtensionLicences.as_view(), name="extension"),
    re_path(rf"{_ONE}/addons/$", ChangeAddons.as_view(), name="addons"),
    re_path(rf"{_ONE}/number/$", ChangeNumber.as_view(), name="number"),
]

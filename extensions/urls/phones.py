"""Desk telephones, and those of one extension."""

from django.urls import path, re_path

from extensions.views.phones.configuration import PhoneConfiguration, PhoneFetchAgain, PhoneFiles, PhoneNewAddress
from extensions.views.phones.fetch import FetchConfiguration
from extensions.views.phones.importing import PhonesImport, PhonesImportCommit, PhonesImportProblems
from extensions.views.phones.pages import ExtensionDevices, PhoneAdd, PhoneEdit, PhoneList, PhoneRemove

urlpatterns = [
    path("phones/", PhoneList.as_view(), name="phones"),
    path("phones/new/", PhoneAdd.as_view(), name="phone_add"),
    path("phones/import/", PhonesImport.as_view(), name="phones_import"),
    path("phones/import/commit/", PhonesImportCommit.as_view(), name="phones_import_commit"),
    path("phones/import/problems/", PhonesImportProblems.as_view(), name="phones_import_problems"),
    path("phones/<int:pk>/", PhoneEdit.as_view(), name="phone"),
    path("phones/<int:pk>/configuration/", PhoneConfiguration.as_view(), name="phone_configuration"),
    path("phones/<int:pk>/files/", PhoneFiles.as_view(), name="phone_files"),
    path("phones/<int:pk>/new-address/", PhoneNewAddress.as_view(), name="phone_new_address"),
    path("phones/<int:pk>/fetch-again/", PhoneFetchAgain.as_view(), name="phone_fetch_again"),
    path("phones/<int:pk>/remove/", PhoneRemove.as_view(), name="phone_remove"),
    re_path(r"^p/(?P<rest>[\s\S]*)$", FetchConfiguration.as_view(), name="fetch"),
    re_path(r"^extensions/(?P<number>[0-9]{3,5})/devices/$", ExtensionDevices.as_view(), name="devices"),
]

"""Speed dials: everybody's, and those of one extension."""

from django.urls import path, re_path

from extensions.views.speed_dials import importing, personal, shared

_OWN = r"^extensions/(?P<number>[0-9]{3,5})/speed-dials"
_DIAL = rf"{_OWN}/(?P<pk>[0-9]{{1,9}})"

urlpatterns = [
    path("speed-dials/", shared.SharedDials.as_view(), name="speed_dials"),
    path("speed-dials/new/", shared.SharedDialCreate.as_view(), name="speed_dial_new"),
    path("speed-dials/import/", importing.SharedImport.as_view(), name="speed_dial_import"),
    path("speed-dials/import/commit/", importing.SharedImportCommit.as_view(), name="speed_dial_import_commit"),
    path("speed-dials/import/problems/", importing.SharedImportProblems.as_view(), name="speed_dial_import_problems"),
    path("speed-dials/<int:pk>/", shared.SharedDialEdit.as_view(), name="speed_dial"),
    path("speed-dials/<int:pk>/delete/", shared.SharedDialDelete.as_view(), name="speed_dial_delete"),
    re_path(rf"{_OWN}/$", personal.OwnDials.as_view(), name="extension_speed_dials"),
    re_path(rf"{_OWN}/new/$", personal.OwnDialCreate.as_view(), name="extension_speed_dial_new"),
    re_path(rf"{_OWN}/import/$", importing.OwnImport.as_view(), name="extension_speed_dial_import"),
    re_path(rf"{_OWN}/import/commit/$", importing.OwnImportCommit.as_view(), name="extension_speed_dial_import_commit"),
    re_path(
        rf"{_OWN}/import/problems/$", importing.OwnImportProblems.as_view(), name="extension_speed_dial_import_problems"
    ),
    re_path(rf"{_DIAL}/$", personal.OwnDialEdit.as_view(), name="extension_speed_dial"),
    re_path(rf"{_DIAL}/delete/$", personal.OwnDialDelete.as_view(), name="extension_speed_dial_delete"),
]

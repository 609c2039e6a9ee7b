"""Addresses of bulk assignments; part of `licensing.urls`."""

from django.urls import path, re_path

from licensing.views.bulk import running, templates, users

_BASE = "licences/phone-system/bulk/"
_ONE = f"{_BASE}<uuid:uuid>/"

urlpatterns = [
    path(_BASE, templates.BulkList.as_view(), name="bulk"),
    path(f"{_BASE}new/", templates.NewTemplate.as_view(), name="bulk_new"),
    re_path(rf"^{_BASE}sample/(?P<kind>name|uuid)/$", templates.SampleFile.as_view(), name="bulk_sample"),
    path(f"{_ONE}licences/", templates.TemplateLicences.as_view(), name="bulk_licences"),
    path(f"{_ONE}licences/save/", templates.SaveLicences.as_view(), name="bulk_save"),
    path(f"{_ONE}duplicate/", templates.DuplicateTemplate.as_view(), name="bulk_duplicate"),
    path(f"{_ONE}delete/", templates.DeleteTemplate.as_view(), name="bulk_delete"),
    path(f"{_ONE}users/", users.TemplateUsers.as_view(), name="bulk_users"),
    path(f"{_ONE}users/upload/", users.UploadFile.as_view(), name="bulk_upload"),
    path(f"{_ONE}users/add/", users.AddUser.as_view(), name="bulk_add_user"),
    path(f"{_ONE}users/check/", users.CheckAgain.as_view(), name="bulk_check"),
    path(f"{_ONE}users/errors/", users.ErrorFile.as_view(), name="bulk_errors"),
    path(f"{_ONE}users/remove-wrong/", users.RemoveWrong.as_view(), name="bulk_remove_wrong"),
    path(f"{_ONE}users/<int:pk>/remove/", users.RemoveUser.as_view(), name="bulk_remove_user"),
    path(f"{_ONE}files/<int:pk>/remove/", users.RemoveFile.as_view(), name="bulk_remove_file"),
    path(f"{_ONE}dry-run/", running.DryRunPage.as_view(), name="bulk_dry_run"),
    path(f"{_ONE}assign/", running.StartRun.as_view(), name="bulk_start"),
    path(f"{_ONE}report/", running.Report.as_view(), name="bulk_report"),
    path(f"{_ONE}report/progress/", running.ReportProgress.as_view(), name="bulk_progress"),
    path(f"{_ONE}cancel/", running.CancelRun.as_view(), name="bulk_cancel"),
    path(f"{_ONE}undo/", running.UndoRun.as_view(), name="bulk_undo"),
]

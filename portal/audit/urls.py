"""The audit log; the same pages on the management host and on every tenant's."""

from django.urls import path

from portal.audit.views import AuditEntry, AuditList

app_name = "audit"

urlpatterns = [
    path("audit/", AuditList.as_view(), name="list"),
    path("audit/<int:pk>/", AuditEntry.as_view(), name="entry"),
]

"""Tenant Creation Management; included below /ops/ in the namespace `tenants`."""

from django.urls import path

from tenants.views import requests

urlpatterns = [
    path("requests/", requests.RequestList.as_view(), name="requests"),
    path("requests/<slug:reference>/", requests.RequestDetail.as_view(), name="request"),
    path("requests/<slug:reference>/approve/", requests.RequestApprove.as_view(), name="request_approve"),
    path("requests/<slug:reference>/reject/", requests.RequestReject.as_view(), name="request_reject"),
    path("requests/<slug:reference>/start/", requests.RequestStart.as_view(), name="request_start"),
    path("requests/<slug:reference>/retry/", requests.RequestRetry.as_view(), name="request_retry"),
    path("requests/<slug:reference>/recover/", requests.RequestRecover.as_view(), name="request_recover"),
    path("requests/<slug:reference>/cancel/", requests.RequestCancel.as_view(), name="request_cancel"),
]

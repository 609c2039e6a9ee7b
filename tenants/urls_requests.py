"""Tenant Creation Management; included below /ops/ in the namespace `tenants`."""

from django.urls import path

from tenants.views import requests

urlpatterns = [
    path("requests/", requests.RequestList.as_view(), name="requests"),
    path("requests/<str:reference>/", requests.RequestDetail.as_view(), name="request"),
    path("requests/<str:reference>/approve/", requests.RequestApprove.as_view(), name="request_approve"),
    path("requests/<str:reference>/reject/", requests.RequestReject.as_view(), name="request_reject"),
    path("requests/<str:reference>/start/", requests.RequestStart.as_view(), name="request_start"),
    path("requests/<str:reference>/retry/", requests.RequestRetry.as_view(), name="request_retry"),
    path("requests/<str:reference>/recover/", requests.RequestRecover.as_view(), name="request_recover"),
    path("requests/<str:reference>/cancel/", requests.RequestCancel.as_view(), name="request_cancel"),
]

"""Tenant Registration: prospects, resellers, visiting tenant administrators and operators."""

from django.urls import path

from tenants.views import own_requests
from tenants.views.registration import after, start, tabs

app_name = "register"
urlpatterns = [
    path("", start.StartPage.as_view(), name="start"),
    path("asked/", start.AskedPage.as_view(), name="asked"),
    path("confirm/<str:token>/", start.ConfirmPage.as_view(), name="confirm"),
    path("template/", tabs.TemplatePage.as_view(), name="template"),
    path("tenant/", tabs.TenantPage.as_view(), name="tenant"),
    path("contact/", tabs.ContactPage.as_view(), name="contact"),
    path("sent/<slug:reference>/", after.SentPage.as_view(), name="sent"),
    path("status/", after.StatusPage.as_view(), name="status"),
    path("status/<str:link>/", after.FollowedPage.as_view(), name="followed"),
    path("requests/", own_requests.OwnRequestList.as_view(), name="requests"),
    path("requests/<slug:reference>/", own_requests.OwnRequest.as_view(), name="request"),
    path("requests/<slug:reference>/cancel/", own_requests.OwnRequestCancel.as_view(), name="cancel"),
]

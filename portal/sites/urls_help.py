"""The guide of both hosts: its own pages, and the onboarding notes of `tenants`."""

from django.urls import path

from portal.sites.views.help import GuideIndex, GuideTopic
from tenants.views.help import OnboardingNotes

app_name = "help"
urlpatterns = [
    path("", GuideIndex.as_view(), name="index"),
    path("onboarding/", OnboardingNotes.as_view(), name="onboarding"),
    path("<slug:slug>/", GuideTopic.as_view(), name="topic"),
]

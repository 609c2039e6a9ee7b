"""Help pages of both hosts."""

from django.urls import path

from tenants.views.help import OnboardingNotes

app_name = "help"
urlpatterns = [path("onboarding/", OnboardingNotes.as_view(), name="onboarding")]

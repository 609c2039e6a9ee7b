"""What operators say about every tenant's telephone system, on the management host."""

from django.urls import path

from extensions.views.platform_defaults import PlatformDefaults

app_name = "platform"
urlpatterns = [path("settings/defaults/", PlatformDefaults.as_view(), name="defaults")]

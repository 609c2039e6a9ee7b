"""A tenant's own host: administrators, end users, contacts."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

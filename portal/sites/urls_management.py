"""The management host: prospects, operators, resellers, visiting tenant administrators."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

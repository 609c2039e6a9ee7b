"""What happens after too many wrong passwords (SEC-05)."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def cool_off(request: HttpRequest | None = None) -> timedelta:
    """How long a sign-in stays locked."""
    return timedelta(minutes=15)


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None) -> HttpResponse:
    """The same page for known and unknown names."""
    return render(request, "errors/429.html", status=429)

"""Showing a telephone's password once, to the person who had it made."""

from django.http import HttpRequest

from extensions.models import Extension

_KEY = "extension_password_for"


def show_once(request: HttpRequest, extension: Extension) -> None:
    """Remember, in the session, whose password the next page may show. The password itself is not kept there."""
    request.session[_KEY] = extension.pk


def shown_once(request: HttpRequest, extension: Extension) -> str:
    """The password if this page may show it, else an empty text; a second look shows nothing."""
    if request.session.get(_KEY) != extension.pk:
        return ""
    del request.session[_KEY]
    return extension.sip_password

"""The address from which telephones fetch their configuration (PRV-01)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from extensions.provisioning.answer import NOTHING, Answer, answer
from extensions.provisioning.journal import Asked
from portal.core.client_ip import client_ip
from portal.core.pages import OpenPage


@method_decorator(csrf_exempt, name="dispatch")
class FetchConfiguration(OpenPage):
    """`/p/<secret>/<file>`. Every method and every path comes here, so that all failures have the same answer."""

    open_because = "a telephone shows the secret of its address, and later a password; all else is the same 404"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _as_response(self._answer(request, kwargs["rest"]), with_body=request.method != "HEAD")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.dispatch(request, *args, **kwargs)

    def _answer(self, request: HttpRequest, rest: str) -> Answer:
        if settings.PORTAL_HTTPS and not request.is_secure():
            return NOTHING
        secret, _slash, file = rest.partition("/")
        asked = Asked(
            secret=secret,
            file=file,
            method=str(request.method),
            address=client_ip(request),
            agent=request.headers.get("User-Agent", ""),
            authorization=request.headers.get("Authorization", ""),
            etag=request.headers.get("If-None-Match", ""),
        )
        return answer(asked, at=timezone.now())


def _as_response(found: Answer, *, with_body: bool) -> HttpResponse:
    body = found.body.encode()
    kind = f"{found.content_type}; charset=utf-8"
    response = HttpResponse(body if with_body else b"", status=found.status, content_type=kind)
    response["Content-Length"] = len(body)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    if found.etag:
        response["ETag"] = found.etag
    if found.status == 401:
        response["WWW-Authenticate"] = 'Basic realm="telephone", charset="UTF-8"'
    return response

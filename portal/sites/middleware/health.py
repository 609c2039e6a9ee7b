"""Health checks, answered before tenant routing: a probe has no tenant's host name."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis import Redis
from redis.exceptions import RedisError


class HealthMiddleware:
    """`/livez`: this process serves. `/readyz`: database and Redis answer, with each named."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            found = {"database": _database_answers(), "redis": _redis_answers()}
            # Redis may be away: pages work and jobs wait (ARCHITECTURE decision 11); only the database is vital.
            return JsonResponse(found, status=200 if found["database"] else 503)
        return self.get_response(request)


def _database_answers() -> bool:
    try:
        connection.set_schema_to_public()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    finally:
        connection.close()
    return True


def _redis_answers() -> bool:
    try:
        return bool(Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5).ping())
    except RedisError:
        return False

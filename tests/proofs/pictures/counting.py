"""How long the server worked on an answer and how often it asked the database, told in two headers."""

import time
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

SILENT = ("SET ", "RESET ", "SAVEPOINT ", "RELEASE ", "ROLLBACK ")
MILLISECONDS, QUERIES = "x-milliseconds", "x-queries"


class CountingMiddleware:
    """Outermost, so that nothing of an answer is left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        began = time.perf_counter()
        response = self.get_response(request)
        count = sum(not query["sql"].startswith(SILENT) for query in connection.queries_log)
        response[MILLISECONDS] = str(round(1000 * (time.perf_counter() - began)))
        response[QUERIES] = str(count)
        return response

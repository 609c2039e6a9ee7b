"""How long the server worked on an answer and how often it asked the database, told in two headers."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

SILENT = ("SET ", "RESET ", "SAVEPOINT ", "RELEASE ", "ROLLBACK ")
MILLISECONDS, QUERIES = "x-milliseconds", "x-queries"


class CountingMiddleware:
    """Outermost, so that nothing of an answer is left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count = 0

        def note(execute: Callable, sql: Any, *rest: Any) -> Any:
            nonlocal count
            count += not str(sql).startswith(SILENT)
            return execute(sql, *rest)

        began = time.perf_counter()
        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response[MILLISECONDS] = str(round(1000 * (time.perf_counter() - began)))
        response[QUERIES] = str(count)
        return response

"""What happens after too many wrong passwords (SEC-05, THR-12).

django-axes keeps the failures in PostgreSQL, so a lock survives everything else. Counted per person and network: after
every fifth failure the sign-in is refused for 15 minutes, then 30, then 60, … even with the right password.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.db import connection, transaction
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.accounts.names import find_user
from portal.core.client_ip import client_ip

ROUND = 5  # failures until the next lock
FIRST_DELAY = timedelta(minutes=15)
LONGEST_DELAY = timedelta(hours=8)
MEMORY = timedelta(hours=24)  # without a failure for so long, counting starts again
MOST_IN_ALL = 100  # failures of one person in an hour, from all networks together


class GrowingLock(AxesDatabaseHandler):
    """axes' own handler with delays that grow from round to round."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """How many failures count now: `ROUND` while locked, else those of the present round."""
        found = self.get_user_attempts(request, credentials)[0]
        counted = found.aggregate(number=Sum("failures_since_start"), latest=Max("attempt_time"))
        number = counted["number"] or 0
        if number and number % ROUND == 0 and timezone.now() < counted["latest"] + delay_after(number):
            return ROUND
        return ROUND if self._too_many_in_all(request, credentials) else number % ROUND

    def _too_many_in_all(self, request: HttpRequest, credentials: dict | None) -> bool:
        lately = AccessAttempt.objects.filter(
            username=lock_name(request, credentials), attempt_time__gt=timezone.now() - timedelta(hours=1)
        )
        return (lately.aggregate(number=Sum("failures_since_start"))["number"] or 0) >= MOST_IN_ALL


def delay_after(failures: int) -> timedelta:
    """How long the lock lasts that the failure with this number sets."""
    rounds = failures // ROUND - 1
    return min(FIRST_DELAY * 2 ** min(rounds, 16), LONGEST_DELAY)


def memory(request: HttpRequest | None = None) -> timedelta:
    """How long failures count; what axes calls the cool-off time."""
    return MEMORY


def lock_name(request: HttpRequest, credentials: dict | None = None) -> str:
    """Whose sign-in is counted: the logon behind e-mail address or personnel ID, else what was typed."""
    told = credentials or {}
    typed = told.get("login") or told.get("username") or told.get("email") or request.POST.get("login", "")
    typed = str(typed).strip().lower()[:150].replace("\0", "")
    known: dict[str, str] = request.__dict__.setdefault("_lock_names", {})
    if typed not in known:
        user = find_user(typed)
        known[typed] = user.username.lower() if user else typed
    return known[typed]


def lock_network(request: HttpRequest) -> str | None:
    """The /24 or /64 that the request comes from, so that changing the last digits gives no new tries."""
    address = client_ip(request)
    if address is None:
        return None
    prefix = 24 if ip_address(address).version == 4 else 64
    return str(ip_network(f"{address}/{prefix}", strict=False).network_address)


@contextmanager
def one_at_a_time(request: HttpRequest, credentials: dict[str, Any]) -> Iterator[None]:
    """Let the attempts for one person pass one after the other, so that many at once cannot outrun the count."""
    key = f"sign-in:{connection.schema_name}:{lock_name(request, credentials)}"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        yield


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """The page of a locked sign-in: the same for known and unknown names, right and wrong passwords."""
    mine = AccessAttempt.objects.filter(username=lock_name(request, credentials), ip_address=lock_network(request))
    counted = mine.aggregate(number=Sum("failures_since_start"), latest=Max("attempt_time"))
    minutes = 60
    if counted["number"]:
        left = counted["latest"] + delay_after(counted["number"]) - timezone.now()
        minutes = max(1, math.ceil(left.total_seconds() / 60))
    answer = render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    answer["Cache-Control"] = "no-store"
    return answer

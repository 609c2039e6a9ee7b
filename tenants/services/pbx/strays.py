"""Quarantine: events that name no tenant of their PBX. Counted and bounded; nobody guesses whose they are."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from tenants.models import Pbx, Stray

KEPT = 200  # rows of one PBX; the ones seen longest ago go first


@transaction.atomic
def keep_strays(*, pbx_id: int, strays: Iterable[tuple[str, str]], at: datetime) -> None:
    """Count events, given as (name, what they said about themselves). One statement, however many."""
    counted = Counter((_plain(name)[:60], _plain(hint)[:200]) for name, hint in strays)
    if not counted or not Pbx.objects.filter(pk=pbx_id).exists():
        return
    names, hints = zip(*sorted(counted), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenants_stray (pbx_id, name, hint, times, first_at, last_at) "
            "SELECT %s, name, hint, times, %s, %s FROM unnest(%s::text[], %s::text[], %s::bigint[]) "
            "AS told (name, hint, times) "
            "ON CONFLICT (pbx_id, name, hint) DO UPDATE "
            "SET times = tenants_stray.times + EXCLUDED.times, last_at = EXCLUDED.last_at",
            [pbx_id, at, at, list(names), list(hints), [counted[key] for key in sorted(counted)]],
        )
    kept = Stray.objects.filter(pbx_id=pbx_id).order_by("-last_at", "-pk").values("pk")[:KEPT]
    Stray.objects.filter(pbx_id=pbx_id).exclude(pk__in=kept).delete()


def forget_strays(*, pbx: Pbx) -> int:
    """Empty the quarantine of a PBX; how many kinds of events it held."""
    return Stray.objects.filter(pbx=pbx).delete()[0]


def _plain(text: str) -> str:
    """Without control characters, which PostgreSQL or a page could stumble over."""
    return "".join(sign for sign in text if sign.isprintable())

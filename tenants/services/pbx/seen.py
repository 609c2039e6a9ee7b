"""What whoever speaks to a PBX saw of it. Bookkeeping: not audited, and never a reason for a refusal."""

from datetime import datetime
from typing import Any

from django.db.models import F

from tenants.models import Pbx


def saw_pbx(*, pbx_id: int, at: datetime, **seen: Any) -> None:
    """It answered: `seen` may hold product, product_version, system_name, started_at, skew."""
    # audit: observations; the audit log ignores these fields
    Pbx.objects.filter(pk=pbx_id).update(seen_at=at, **{name: _fitting(value) for name, value in seen.items()})


def saw_reloads(*, pbx_id: int, count: int, at: datetime) -> None:
    """It read its configuration again `count` times."""
    # audit: observations; the audit log ignores these fields
    Pbx.objects.filter(pk=pbx_id).update(reloads=F("reloads") + count, last_reload_at=at, seen_at=at)


def saw_fault(*, pbx_id: int, sentence: str, at: datetime) -> None:
    """It could not be reached or refused; `sentence` is for operators, without secrets."""
    # audit: observations; the audit log ignores these fields
    Pbx.objects.filter(pk=pbx_id).update(last_error=sentence[:300], last_error_at=at)


def _fitting(value: Any) -> Any:
    return value[:60] if isinstance(value, str) else value

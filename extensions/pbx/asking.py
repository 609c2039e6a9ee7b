"""Asking for work on a PBX; it runs in the background, and equal waiting work is recorded once."""

from typing import Any

from django.db import transaction

from portal.jobs.outbox import enqueue

APPLY = "pbx.apply"
FLAGS = "pbx.flags"
FEATURE = "pbx.phone_feature"
PROBE = "pbx.probe"
MESSAGES = "pbx.messages"


@transaction.atomic
def ask_to_apply(tenant: str) -> None:
    """Put the newest configuration of the tenant `tenant` (its slug) in force on its PBX. For platform code."""
    enqueue(APPLY, key=tenant, tenant=tenant)


@transaction.atomic
def ask_for_flags(tenant: str) -> None:
    """Make the statuses on the PBX those of the tenant `tenant` (its slug). For platform code."""
    enqueue(FLAGS, key=tenant, tenant=tenant)


@transaction.atomic
def tell_phone_feature(tenant: str, **used: Any) -> None:
    """Somebody in the tenant used a feature code or key; `used`: extension_id, feature, argument, at (ISO text)."""
    enqueue(FEATURE, schema=tenant, **used)


@transaction.atomic
def ask_to_probe(pbx_id: int) -> None:
    """Ask a PBX who it is, in the background. For platform code."""
    enqueue(PROBE, key=str(pbx_id), pbx_id=pbx_id)


@transaction.atomic
def ask_about_messages(tenant: str, box: int | None = None) -> None:
    """Look after the messages of a voicemail box of the tenant `tenant` (its slug), or of all. For platform code."""
    enqueue(MESSAGES, key=tenant if box is None else f"{tenant}-{box}", tenant=tenant, box=box)

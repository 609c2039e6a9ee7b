"""What the followers ask of the database, always in the management schema and always in one thread.

The process is asyncio; django-tenants keeps the schema on the connection, so every call goes through one thread, and
begins where it must.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from django.utils import timezone

from extensions.pbx.asking import ask_about_messages, ask_for_flags, ask_to_apply, tell_phone_feature
from extensions.pbx.driver import PbxInfo
from extensions.pbx.drivers import PbxFacts, facts_of
from extensions.pbx.events import PhoneFeature
from tenants.door import inside_management
from tenants.models import AppliedState, AppliedVersion, Domain, Pbx, Tenant
from tenants.services.pbx.seen import saw_fault, saw_pbx
from tenants.services.pbx.strays import keep_strays

P = ParamSpec("P")
R = TypeVar("R")


async def in_database(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work` in the one thread that talks to the database, as the owner, in the management schema."""

    def run() -> R:
        close_old_connections()
        try:
            with inside_management():
                return work(*args, **kwargs)
        finally:
            if not connection.in_atomic_block:  # in a test's transaction the connection is the test's
                connection.close()

    return await sync_to_async(run, thread_sensitive=True)()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A PBX as it should be followed; another `version` means to begin anew."""

    facts: PbxFacts
    version: int
    enabled: bool


def wanted_pbxs() -> list[Wanted]:
    """Every PBX, the disabled ones too."""
    return [Wanted(facts_of(pbx), pbx.version, pbx.enabled) for pbx in Pbx.objects.order_by("pk")]


def tenants_on(pbx_id: int) -> dict[str, str]:
    """The tenants that are on a PBX: their FQDNs, and the slug of each."""
    found = Domain.objects.filter(tenant__applied_version__pbx=pbx_id)
    return dict(found.values_list("domain", "tenant__schema_name"))


def apply_what_waits(pbx_id: int) -> int:
    """Ask for every tenant whose newest configuration is not in force here; how many.

    Tenants that are on no PBX yet belong to the default one.
    """
    rows = AppliedVersion.objects.filter(pbx_id=pbx_id).exclude(state=AppliedState.APPLIED)
    slugs = set(rows.values_list("tenant__schema_name", flat=True))
    if Pbx.objects.filter(pk=pbx_id, is_default=True).exists():
        slugs |= set(Tenant.objects.ready().filter(applied_version=None).values_list("schema_name", flat=True))
    for slug in sorted(slugs):
        ask_to_apply(slug)
    # A restart forgets who has paused in a queue; what is as it should be costs a look.
    for slug in sorted({*tenants_on(pbx_id).values()} - slugs):
        ask_for_flags(slug)
    return len(slugs)


def note_features(events: Iterable[PhoneFeature]) -> None:
    """What people did with their telephones becomes work in their tenants."""
    for event in events:
        tell_phone_feature(
            event.tenant,
            extension_id=event.extension,
            feature=event.feature,
            argument=event.argument,
            at=event.at.isoformat(),
        )


def note_boxes(boxes: Iterable[tuple[str, int]]) -> None:
    """Messages came or went in these boxes."""
    for tenant, box in boxes:
        ask_about_messages(tenant, box)


def note_all_boxes(pbx_id: int) -> None:
    """Messages may have come while nobody followed this PBX."""
    for tenant in sorted(set(tenants_on(pbx_id).values())):
        ask_about_messages(tenant)


def note_strays(pbx_id: int, strays: list[tuple[str, str]]) -> None:
    """Events that belong to nobody here."""
    keep_strays(pbx_id=pbx_id, strays=strays, at=timezone.now())


def note_seen(pbx_id: int, info: PbxInfo) -> None:
    """It answered."""
    seen: dict[str, Any] = {
        "product": info.product,
        "product_version": info.version,
        "system_name": info.system_name,
        "started_at": info.started_at,
        "skew": info.skew,
    }
    saw_pbx(pbx_id=pbx_id, at=timezone.now(), **seen)


def note_fault(pbx_id: int, sentence: str) -> None:
    """It did not answer, or not as it should."""
    saw_fault(pbx_id=pbx_id, sentence=sentence, at=timezone.now())

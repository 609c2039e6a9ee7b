"""What must be there once everybody was assigned, each once."""

from collections.abc import Iterator

from extensions.models import Configuration, Extension, Mailbox, OutsideNumber
from licensing.invariants import broken_counts
from licensing.models import AssignedAddon, AssignmentRow, AssignmentTemplate, LedgerEntry, Pool
from portal.audit.models import LogEntry


def faults_of(people: int) -> Iterator[str]:
    """What is wrong in the active tenant; prints the pools."""
    counts = {
        "completed templates": (AssignmentTemplate.objects.filter(state="completed").count(), 1),
        "rows of the report": (AssignmentRow.objects.filter(state="assigned").count(), people),
        "extensions of the report": (AssignmentRow.objects.values("extension_id").distinct().count(), people),
        "extensions with a user": (Extension.objects.filter(user__isnull=False, state="active").count(), people),
        "voicemail boxes": (Mailbox.objects.count(), people),
        "add-ons": (AssignedAddon.objects.count(), people),
        "assigned numbers": (OutsideNumber.objects.filter(extension__isnull=False).count(), people // 2),
        "extensions in the log": (
            LogEntry.objects.filter(model="extensions.extension", verb="post").values("object_pk").distinct().count(),
            people,
        ),
    }
    yield from (f"{what}: {found} instead of {due}" for what, (found, due) in counts.items() if found != due)
    for pool in Pool.objects.order_by("sku"):
        told = LedgerEntry.objects.filter(sku=pool.sku, counter="used").count()
        print(f"  {pool.sku:<16}{pool.used:>7} of {pool.bought} in use, {told} rows in the ledger")
    broken = broken_counts()
    print(f"  pools that are not what exists: {len(broken)}")
    yield from (f"pool {one}" for one in broken)
    orders = Configuration.objects.get(pk=1).version
    print(f"  version {orders} of the configuration for the telephones")

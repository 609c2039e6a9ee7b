"""The same company with everybody available: kept tests are about how things are set up, not about who is at lunch."""

from dataclasses import replace

from extensions.models import StatusKind
from extensions.snapshot.facts import Snapshot, StatusFacts


def with_everybody_available(snapshot: Snapshot) -> Snapshot:
    """`snapshot` with every extension in the status Available."""
    plain = StatusFacts(StatusKind.AVAILABLE, str(StatusKind.AVAILABLE.label), rings_team=True, takes_queue=True)
    available = snapshot.statuses.get(StatusKind.AVAILABLE, plain)
    return replace(snapshot, extensions={id: replace(one, status=available) for id, one in snapshot.extensions.items()})

"""What the telephone system of every tenant starts with."""

from django.utils import timezone
from django.utils.translation import override

from extensions.models import (
    AgentStatus,
    Configuration,
    Feature,
    FeatureCode,
    QueueParameters,
    Release,
    StatusKind,
)

# Star codes as most systems have them; none is a speed-dial code that people are likely to want (*0 to *99 are theirs).
CODES = {
    Feature.VOICEMAIL: "*97",
    Feature.PICKUP: "*8",
    Feature.DIRECTED_PICKUP: "**",
    Feature.DND_ON: "*78",
    Feature.DND_OFF: "*79",
    Feature.FORWARD_ON: "*72",
    Feature.FORWARD_OFF: "*73",
    Feature.NIGHT_MODE: "*281",
    Feature.TEAM_LOGIN: "*451",
    Feature.STATUS: "*761",
    Feature.INTERCOM: "*801",
    Feature.ECHO: "*431",
}
# Kinds in which neither a team's nor a queue's calls reach somebody.
_UNREACHED = frozenset({StatusKind.DND, StatusKind.LOGGED_OUT})
_NO_QUEUE = _UNREACHED | {StatusKind.AWAY, StatusKind.BUSY}


def seed_defaults() -> None:
    """Rows that every schema needs, in the active one; safe to repeat: what is there stays. Named in TENANT_SEEDS."""
    # No audit rows: this runs before the tenant exists for anybody, or brings what a new version needs.
    QueueParameters.objects.bulk_create(
        [QueueParameters(release=release, changed_at=timezone.now()) for release in Release], ignore_conflicts=True
    )
    Configuration.objects.bulk_create([Configuration(pk=1)], ignore_conflicts=True)
    FeatureCode.objects.bulk_create(
        [FeatureCode(feature=feature, code=code) for feature, code in CODES.items()], ignore_conflicts=True
    )
    with override("en"):  # stored names are English, and can be changed
        AgentStatus.objects.bulk_create(_statuses(), ignore_conflicts=True)


def _statuses() -> list[AgentStatus]:
    return [
        AgentStatus(
            kind=kind,
            label=str(kind.label),
            position=position,
            enabled=kind not in (StatusKind.CUSTOM_1, StatusKind.CUSTOM_2),
            rings_team=kind not in _UNREACHED,
            takes_queue=kind not in _NO_QUEUE,
        )
        for position, kind in enumerate(StatusKind)
    ]

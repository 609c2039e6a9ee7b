"""The check of every place that sends calls on: no circles, nothing that the rules deny (CTL-04)."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from extensions.callflow.ends import party_of
from extensions.callflow.loops import ACTIONS, denied, denied_sentence, heads, loop_sentence, loop_through, targets
from extensions.callflow.walk import Party
from extensions.models import Configuration, Destination, DestinationKind
from extensions.services.destinations import Target
from extensions.settings.catalogue.forwarding import PREFIX
from extensions.settings.subjects import Subject
from extensions.snapshot.facts import DestinationFacts, Snapshot
from extensions.snapshot.hours import destination_facts
from extensions.snapshot.load import take_snapshot
from portal.core.errors import DomainError

_CHECKED = frozenset({DestinationKind.EXTENSION, DestinationKind.TEAM, DestinationKind.NUMBER})


class ForwardLoop(DomainError):
    """The forward would lead calls back to where they came from."""


class ForwardDenied(DomainError):
    """The rules for outgoing calls do not let the forward go out."""


def demand_sound_settings(*, subject: Subject, keys: Collection[str]) -> None:
    """Raise where forwards or hours actions of `subject` among `keys`, as they are stored now, must not be.

    Call it in the transaction of the change, after the rows were written. Raises ForwardLoop and ForwardDenied on the
    key of the target.
    """
    asked = [key for key in keys if key.startswith(PREFIX) or key in ACTIONS]
    if not asked:
        return
    snapshot = _as_it_is_now()
    party = _party(snapshot, subject)
    settings = party.settings if party else snapshot.company
    for key, to in targets(settings, asked):
        _demand_not_itself(subject, party, to, key)
        _demand_allowed(snapshot, party, to, key)
    for key, head in heads(snapshot, settings, asked):
        _demand_no_loop(snapshot, head, key)


def demand_sound_destination(
    *, target: Target | Destination | None, subject: Subject, field: str = "destination"
) -> None:
    """The same for one destination that is stored already: a team's “no answer”, an exception, an override.

    Raises ForwardLoop and ForwardDenied on `field`.
    """
    if target is None or DestinationKind(target.kind) not in _CHECKED:
        return
    to = destination_facts(target) if isinstance(target, Destination) else _facts(target)
    snapshot = _as_it_is_now()
    if to is None:
        return
    _demand_allowed(snapshot, _party(snapshot, subject), to, field)
    head = party_of(snapshot, to)
    if head is not None:
        _demand_no_loop(snapshot, head, field)


def _as_it_is_now() -> Snapshot:
    """One change at a time looks, so that two halves of a circle are never stored at once; the row that
    `configuration_changed` locks a moment later anyway.
    """
    Configuration.objects.select_for_update().filter(pk=1).first()
    return take_snapshot(at=timezone.now())


def _facts(target: Target) -> DestinationFacts:
    return DestinationFacts(target.kind, target.object.pk if target.object else 0, target.number)


def _party(snapshot: Snapshot, subject: Subject) -> Party | None:
    if subject.extension is not None:
        return snapshot.extensions.get(subject.extension.pk)
    return snapshot.teams.get(subject.team.pk) if subject.team is not None else None


def _demand_not_itself(subject: Subject, party: Party | None, to: DestinationFacts, key: str) -> None:
    """Said at the extension itself it makes no sense; inherited it is taken for none."""
    own = subject.extension is not None and to.kind is DestinationKind.EXTENSION and party is not None
    if own and party is not None and to.target_id == party.id and not key.startswith("hours."):
        raise ForwardLoop(_("An extension cannot forward to itself: choose voicemail, or somebody else."), field=key)


def _demand_allowed(snapshot: Snapshot, party: Party | None, to: DestinationFacts, key: str) -> None:
    decision = denied(snapshot, party, to)
    if decision is not None:
        raise ForwardDenied(denied_sentence(decision), field=key)


def _demand_no_loop(snapshot: Snapshot, head: Party, key: str) -> None:
    loop = loop_through(snapshot, head)
    if loop is not None:
        raise ForwardLoop(loop_sentence(loop), field=key)

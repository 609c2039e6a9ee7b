"""Destinations and forwards in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from extensions.callflow.profiles import Forward, Profile, Rest, profile_of, taker
from extensions.models import Destination, DestinationKind, StatusKind
from extensions.models.destination import POINTERS
from extensions.services.destinations import Target
from extensions.settings.catalogue.forwarding import PREFIX, Condition, Origin
from extensions.settings.registry import Setting, settings_of, starting_with
from extensions.settings.resolve import Effective
from extensions.snapshot.facts import DestinationFacts, Snapshot
from portal.core.phone_numbers import for_people


def destination_words(to: Any, snapshot: Snapshot | None = None) -> str:
    """Where a destination leads, by name: facts with their snapshot, or a stored row or Target from a page."""
    if isinstance(to, DestinationFacts):
        return _words(to.kind, _object(to, snapshot) if snapshot else None, to.number)
    target = Target.of(to) if isinstance(to, Destination) else to
    return _words(target.kind, target.object, target.number)


def forward_words(forward: Forward, snapshot: Snapshot | None = None) -> str:
    """One forward as a part of a sentence: “when busy to 102 Mei Tan”."""
    parts = {
        Condition.ALWAYS: _("always to %(to)s"),
        Condition.BUSY: _("when busy to %(to)s"),
        Condition.NO_ANSWER: _("after %(seconds)d s to %(to)s"),
        Condition.UNREGISTERED: _("when no telephone is connected to %(to)s"),
    }
    return parts[forward.condition] % {
        "to": destination_words(forward.to, snapshot),
        "seconds": forward.seconds,
    }


def forward_sentence(
    settings: Mapping[str, Effective],
    kind: StatusKind,
    origin: Origin = Origin.EXTERNAL,
    snapshot: Snapshot | None = None,
    *,
    own: bool = False,
) -> str:
    """What happens to calls in this status, in one sentence: “Calls ring the telephone 25 s, then voicemail.”

    `settings` is what holds for the extension (settings.subjects.effective_settings over `sentence_settings()`), or a
    snapshot's settings with that `snapshot`. With `own` it speaks to the person whose telephone it is.
    """
    profile = profile_of(settings, kind, origin)
    box = bool(settings["voicemail.enabled"].value)
    if kind is StatusKind.DND:
        return _do_not_disturb(profile, box, snapshot)
    always = profile.forward(Condition.ALWAYS)
    if always is not None:
        return _("Calls go straight to %(to)s.") % {"to": destination_words(always.to, snapshot)}
    return _rings(profile, box, snapshot, own)


def sentence_settings() -> list[Setting]:
    """The settings that forward_sentence reads, whatever the status."""
    return [*starting_with(PREFIX), *settings_of(["voicemail.enabled", "voicemail.ring_seconds"])]


def taken_words(taken: Forward | Rest, box: bool, snapshot: Snapshot | None = None) -> str:
    """What takes a call, as a part of a sentence; `box` is whether there is voicemail."""
    if isinstance(taken, Forward) and (box or taken.to.kind != DestinationKind.VOICEMAIL):
        return destination_words(taken.to, snapshot)
    return {Rest.VOICEMAIL: _("voicemail"), Rest.BUSY: _("a busy tone")}.get(
        taken if isinstance(taken, Rest) else Rest.UNANSWERED, _("nothing: voicemail is switched off")
    )


def _do_not_disturb(profile: Profile, box: bool, snapshot: Snapshot | None) -> str:
    taken = taker(profile, Condition.BUSY, box=box)
    if taken is Rest.BUSY:
        return _("Calls do not ring: callers hear that it is busy.")
    return _("Calls do not ring and go to %(to)s.") % {"to": taken_words(taken, box, snapshot)}


def _rings(profile: Profile, box: bool, snapshot: Snapshot | None, own: bool) -> str:
    taken = taker(profile, Condition.NO_ANSWER, box=box)
    then = "" if taken is Rest.UNANSWERED else taken_words(taken, box, snapshot)
    words = {"seconds": profile.ring_seconds, "then": then}
    if own:
        rings = (
            _("Calls ring your desk phone %(seconds)d s, then %(then)s") if then else _("Calls ring your desk phone")
        )
    else:
        rings = _("Calls ring the telephone %(seconds)d s, then %(then)s") if then else _("Calls ring the telephone")
    others = [profile.forward(one) for one in (Condition.BUSY, Condition.UNREGISTERED)]
    more = [forward_words(one, snapshot) for one in others if one is not None]
    return "; ".join([rings % words, *more]) + "."


def _object(to: DestinationFacts, snapshot: Snapshot) -> Any:
    found: Mapping[DestinationKind, Mapping[int, Any]] = {
        DestinationKind.EXTENSION: snapshot.extensions,
        DestinationKind.TEAM: snapshot.teams,
        DestinationKind.MAILBOX: snapshot.mailboxes,
        DestinationKind.CONFERENCE: snapshot.conferences,
        DestinationKind.ANNOUNCEMENT: snapshot.announcements,
    }
    return found.get(to.kind, {}).get(to.target_id)


def _words(kind: DestinationKind, target: Any, number: str) -> str:
    if kind not in POINTERS:
        plain = {DestinationKind.VOICEMAIL: _("voicemail"), DestinationKind.NUMBER: for_people(number)}
        return plain.get(kind, _("hang up"))
    if target is None:
        return _("something that is gone")
    if kind is DestinationKind.EXTENSION:
        return f"{target.number} {getattr(target, 'name', '') or target.directory_name}"
    patterns = {
        DestinationKind.TEAM: _("team %(name)s"),
        DestinationKind.MAILBOX: _("box %(name)s"),
        DestinationKind.CONFERENCE: _("conference room %(name)s"),
    }
    pattern = patterns.get(kind, _("announcement “%(name)s”"))
    return pattern % {"name": getattr(target, "name", "") or str(target)}

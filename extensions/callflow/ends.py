"""Where a call ends when it goes to a destination."""

from datetime import datetime

from django.utils.translation import gettext as _

from extensions.callflow.outgoing import outgoing_decision
from extensions.callflow.steps import End, EndKind, Step
from extensions.callflow.walk import GoOn, Party, Walk, place_at
from extensions.callflow.words import destination_words
from extensions.models import DestinationKind
from extensions.snapshot.facts import DestinationFacts, ExtensionFacts, Snapshot
from portal.core.phone_numbers import for_people


def box_of(party: Party | None) -> End:
    """The voicemail of the extension that was called, where it has one; else nobody answers."""
    if not isinstance(party, ExtensionFacts):
        return End(EndKind.NOBODY, _("Nobody answers, and there is no voicemail here."))
    if not party.settings["voicemail.enabled"].value:
        words = _("Nobody answers at %(number)s: its voicemail is switched off.") % {"number": party.number}
        return End(EndKind.NOBODY, words, party.number)
    words = _("Voicemail of %(number)s %(name)s") % {"number": party.number, "name": party.name}
    return End(EndKind.VOICEMAIL, words, party.number)


def end_at(walk: Walk, go: GoOn) -> End | Party:
    """Where `go` leads: an end, or an extension or team that is asked next."""
    snapshot, to = walk.snapshot, go.to
    party = party_of(snapshot, to)
    if party is not None:
        return party
    if to.kind is DestinationKind.VOICEMAIL:
        return box_of(go.sender)
    if to.kind is DestinationKind.NUMBER:
        return _outside(walk, go)
    if to.kind is DestinationKind.HANGUP:
        return End(EndKind.HANGUP, _("The call is ended."))
    return _thing(snapshot, to)


def party_of(snapshot: Snapshot, to: DestinationFacts) -> Party | None:
    """The extension or team that a destination points at."""
    if to.kind is DestinationKind.EXTENSION:
        return snapshot.extensions.get(to.target_id)
    return snapshot.teams.get(to.target_id) if to.kind is DestinationKind.TEAM else None


def may_forward(snapshot: Snapshot, sender: Party | None, number: str, at: datetime) -> bool:
    """Whether the rules of whoever forwards let a call go out to `number` (toll fraud, CTL-04)."""
    return outgoing_decision(snapshot, sender, number, at).allowed


def _outside(walk: Walk, go: GoOn) -> End:
    decision = outgoing_decision(walk.snapshot, go.sender, go.to.number, walk.at)
    shown = for_people(go.to.number)
    walk.note(
        Step(
            asked=_("May the call be forwarded to %(number)s?") % {"number": shown},
            answer=_("Yes") if decision.allowed else _("No"),
            icon="shield-check" if decision.allowed else "shield-x",
            rule=decision.rule,
            place=decision.tried[-1].place or (place_at(go.sender) if go.sender else None),
            decided=not decision.allowed,
            rings=f"outside:{go.to.number}" if decision.allowed else "",
            rings_words=shown if decision.allowed else "",
        )
    )
    if decision.allowed:
        return End(EndKind.OUTSIDE, _("Outside number %(number)s") % {"number": shown}, go.to.number)
    words = _("The forward to %(number)s does not go out: the rules for outgoing calls deny it.") % {"number": shown}
    return End(EndKind.DENIED, words, go.to.number)


def _thing(snapshot: Snapshot, to: DestinationFacts) -> End:
    kinds = {
        DestinationKind.MAILBOX: (EndKind.MAILBOX, snapshot.mailboxes),
        DestinationKind.CONFERENCE: (EndKind.CONFERENCE, snapshot.conferences),
        DestinationKind.ANNOUNCEMENT: (EndKind.ANNOUNCEMENT, snapshot.announcements),
    }
    kind, found = kinds.get(to.kind, (EndKind.NOWHERE, {}))
    if to.target_id not in found:
        return End(EndKind.NOWHERE, _("The call goes to something that is gone, and ends there."))
    words = destination_words(to, snapshot)
    shown = words[:1].upper() + words[1:]
    thing = found[to.target_id]  # type: ignore[index]
    return End(kind, shown, str(getattr(thing, "number", "") or to.target_id))

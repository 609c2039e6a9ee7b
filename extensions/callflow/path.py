"""“What happens if somebody calls X at time T?”: the whole way of one call, step by step."""

from datetime import datetime

from django.utils.translation import gettext as _

from extensions.callflow.callers import Caller
from extensions.callflow.dialling import Kind, Meaning, meaning_of
from extensions.callflow.ends import end_at
from extensions.callflow.extension import through_extension
from extensions.callflow.outgoing import Decision, outgoing_decision
from extensions.callflow.steps import Branch, End, EndKind, Path, Place, Step, Topic, place_of, source_words
from extensions.callflow.team import through_team
from extensions.callflow.walk import GoOn, Party, Walk
from extensions.callflow.words import destination_words
from extensions.models import DestinationKind, DialKind, Feature, Level
from extensions.settings.catalogue.calls import MAIN_NUMBER
from extensions.snapshot.facts import DestinationFacts, Snapshot, TeamFacts
from portal.core.phone_numbers import for_people

_AS_DESTINATION = {
    DialKind.EXTENSION: DestinationKind.EXTENSION,
    DialKind.TEAM: DestinationKind.TEAM,
    DialKind.MAILBOX: DestinationKind.MAILBOX,
    DialKind.CONFERENCE: DestinationKind.CONFERENCE,
}
_ICONS = {
    DialKind.EXTENSION: "phone",
    DialKind.TEAM: "users-group",
    DialKind.MAILBOX: "record-mail",
    DialKind.CONFERENCE: "users",
}


def call_path(snapshot: Snapshot, caller: Caller, dialled: str, at: datetime) -> Path:
    """The path of a call from `caller` to `dialled` at the moment `at` (aware): steps, rules, branches and the end.

    The main line is that nobody answers. It always ends: after ten forwards or in a circle the end says so.
    """
    walk = Walk(snapshot, caller, at, _finish)
    meaning = meaning_of(snapshot, dialled, caller.extension)
    start = _may_call(walk, dialled) or _belongs(walk, meaning)
    end = _finish(walk, start)
    return Path(caller.words, dialled, at, end, tuple(walk.steps), frozenset(walk.passed))


def _finish(walk: Walk, start: GoOn | End) -> End:
    """Follow the call until it ends."""
    going: GoOn | End = start
    while isinstance(going, GoOn):
        found = end_at(walk, going)
        if isinstance(found, End):
            return found
        going = walk.enter(found) or _through(walk, found)
    return going


def _through(walk: Walk, party: Party) -> GoOn | End:
    return through_team(walk, party) if isinstance(party, TeamFacts) else through_extension(walk, party)


def _may_call(walk: Walk, dialled: str) -> End | None:
    """Colleagues may only call what their rules allow; calls that leave the company end there."""
    extension = walk.caller.extension
    if extension is None:
        return None
    decision = outgoing_decision(walk.snapshot, extension, dialled, walk.at)
    walk.note(_decision_step(decision))
    if not decision.allowed and decision.meaning.kind is not Kind.UNKNOWN:
        return End(EndKind.DENIED, _("The call is not allowed: %(rule)s.") % {"rule": decision.rule}, decision.number)
    if decision.meaning.kind is Kind.EMERGENCY:
        return End(EndKind.EMERGENCY, _("Emergency services at %(number)s") % {"number": decision.number})
    if decision.meaning.kind is Kind.OUTSIDE:
        shown = for_people(decision.number)
        return End(EndKind.OUTSIDE, _("Outside number %(number)s") % {"number": shown}, decision.number)
    return None


def _decision_step(decision: Decision) -> Step:
    shown = for_people(decision.presented) if decision.presented else _("no number")
    others = [Branch(one.rule, _("did not fit")) for one in decision.tried[:-1]]
    return Step(
        asked=_("May this number be called?"),
        answer=_("Yes; the other side sees %(number)s") % {"number": shown} if decision.allowed else _("No"),
        icon="shield-check" if decision.allowed else "shield-x",
        rule=decision.rule,
        place=decision.tried[-1].place,
        decided=not decision.allowed,
        branches=tuple(others),
    )


def _belongs(walk: Walk, meaning: Meaning) -> GoOn | End:
    """What the dialled number belongs to."""
    if meaning.speed_dial is not None:
        words = _("Speed dial “%(label)s”") % {"label": meaning.speed_dial.label}
        place = Place(Topic.SPEED_DIALS, Level.TENANT)
        walk.note(Step(_("What does the code mean?"), words, "star", place=place))
    if meaning.kind is Kind.FEATURE and meaning.feature is not None:
        return _feature(walk, meaning)
    if meaning.owner is None:
        return _own_number(walk, meaning) or _main_number(walk, meaning) or _nowhere(walk, meaning)
    kind = DialKind(meaning.owner.kind)
    if kind in (DialKind.PARKING, DialKind.SLOT):
        walk.note(_owned(meaning, str(kind.label), "parking", Place(Topic.PARKING, Level.TENANT)))
        return End(EndKind.PARKING, _("Parking %(number)s") % {"number": meaning.number}, meaning.number)
    return _towards(walk, meaning, kind)


def _own_number(walk: Walk, meaning: Meaning) -> GoOn | None:
    """The extension that an outside number of the company rings (EXT-09)."""
    rings = walk.snapshot.outside.get(meaning.number) if meaning.kind is Kind.OUTSIDE else None
    if rings is None:
        return None
    target = DestinationFacts(DestinationKind.EXTENSION, rings)
    asked = _("Which extension does %(number)s ring?") % {"number": for_people(meaning.number)}
    place = Place(Topic.EXTENSION, None, rings)
    walk.note(Step(asked, destination_words(target, walk.snapshot), "phone-incoming", place=place))
    return GoOn(target, None)


def _main_number(walk: Walk, meaning: Meaning) -> GoOn | None:
    """Where callers from outside come who dial the company's main number."""
    held = walk.snapshot.company[MAIN_NUMBER]
    if meaning.number != walk.snapshot.ani or meaning.kind is not Kind.OUTSIDE or held.value is None:
        return None
    words = destination_words(held.value, walk.snapshot)
    asked = _("Where do calls to the main number go?")
    place = place_of(held, Topic.INCOMING)
    rule = f"{held.setting.label} · {source_words(held)}"
    walk.note(Step(asked, words, "phone-incoming", rule=rule, place=place))
    return GoOn(held.value, None)


def _towards(walk: Walk, meaning: Meaning, kind: DialKind) -> GoOn | End:
    target = DestinationFacts(_AS_DESTINATION[kind], meaning.owner.owner_id if meaning.owner else 0)
    topics = {DialKind.EXTENSION: Topic.EXTENSION, DialKind.TEAM: Topic.TEAM, DialKind.CONFERENCE: Topic.CONFERENCE}
    place = Place(topics.get(kind, Topic.VOICEMAIL), None, target.target_id)
    found = end_at(walk.aside(), GoOn(target, None))
    words = found.words if isinstance(found, End) else f"{kind.label} {found.number} {found.name}"
    walk.note(_owned(meaning, words, _ICONS[kind], place))
    return GoOn(target, None)


def _owned(meaning: Meaning, words: str, icon: str, place: Place) -> Step:
    asked = _("What does %(number)s belong to?") % {"number": meaning.number}
    return Step(asked, words, icon, place=place)


def _feature(walk: Walk, meaning: Meaning) -> End:
    words = str(Feature(meaning.feature).label)
    place = Place(Topic.FEATURES, Level.TENANT)
    walk.note(Step(_("What does the code mean?"), words, "hash", place=place, decided=True))
    return End(EndKind.FEATURE, words, meaning.number)


def _nowhere(walk: Walk, meaning: Meaning) -> End:
    words = _("Nothing here has the number %(number)s.") % {"number": for_people(meaning.number)}
    if meaning.kind is Kind.OUTSIDE and meaning.number == walk.snapshot.ani:
        words = _("The main number is not connected to anything inside yet.")
    elif meaning.kind is Kind.OUTSIDE and meaning.number in walk.snapshot.outside:
        words = _("%(number)s is yours, and rings nobody yet.") % {"number": for_people(meaning.number)}
    asked = _("What does %(number)s belong to?") % {"number": for_people(meaning.number)}
    walk.note(Step(asked, words, "phone-x", decided=True))
    return End(EndKind.NOWHERE, words, meaning.number)

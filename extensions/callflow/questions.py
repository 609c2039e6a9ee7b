"""What is asked before anything rings: exceptions, blocked callers, hours (CTL-05, CTL-09)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from extensions.callflow.blocking import blocking
from extensions.callflow.callers import begins_with
from extensions.callflow.ends import box_of
from extensions.callflow.hours import OPEN_STATES, HoursResult, HoursState, hours_at
from extensions.callflow.moments import is_open
from extensions.callflow.steps import Branch, End, EndKind, Place, Step, Topic, place_of, source_words
from extensions.callflow.walk import GoOn, Party, Walk
from extensions.callflow.words import destination_words
from extensions.models import BlockAction, Level
from extensions.settings.catalogue import hours as keys
from extensions.snapshot.facts import BlockFacts, DestinationFacts, ExceptionFacts, ExtensionFacts


@dataclass(frozen=True, slots=True)
class LetThrough:
    """An exception says: ring, whatever hours, status and profile say."""


Answer = GoOn | End | LetThrough | None


def first_answer(walk: Walk, party: Any, questions: tuple[Callable[[Walk, Any], Answer], ...]) -> Answer:
    """Ask in order until one question decides; None where none does."""
    for question in questions:
        answer = question(walk, party)
        if answer is not None:
            return answer
    return None


def ask_exceptions(walk: Walk, party: Party) -> Answer:
    """The first exception that fits this caller at this time beats everything after it; own ones before the company's.

    The company's count only where the call came in: they are about whom somebody called.
    """
    lists: list[tuple[tuple[ExceptionFacts, ...], Place]] = []
    if isinstance(party, ExtensionFacts):
        lists.append((party.exceptions, Place(Topic.EXCEPTIONS, Level.EXTENSION, party.id)))
    if len(walk.passed) == 1:
        lists.append((walk.snapshot.exceptions, Place(Topic.EXCEPTIONS, Level.TENANT)))
    for exceptions, place in lists:
        for one in exceptions:
            if _fits(walk, one):
                return _exception(walk, party, one, place)
    return None


def ask_blocks(walk: Walk, party: Party) -> Answer:
    """Whether this caller is blocked: by the extension itself, then by the company."""
    lists: list[tuple[tuple[BlockFacts, ...], Place]] = [(walk.snapshot.blocks, Place(Topic.BLOCKED, Level.TENANT))]
    if isinstance(party, ExtensionFacts):
        lists.insert(0, (party.blocks, Place(Topic.BLOCKED, Level.EXTENSION, party.id)))
    for blocks, place in lists:
        hit = blocking(blocks, walk.caller)
        if hit is not None:
            words = hit.pattern or str(hit.match.label)
            action = BlockAction(hit.action)
            step = Step(
                asked=_("Is the caller blocked?"), answer=_("Yes: %(action)s") % {"action": action.label},
                icon="ban", rule=_("Blocked: %(pattern)s") % {"pattern": words}, place=place, decided=True,
            )  # fmt: skip
            walk.note(step)
            return _blocked(party, action)
    return None


def ask_hours(walk: Walk, party: Party) -> Answer:
    """Where calls go at this time, by the hours that hold for the extension or team (SCH-01 to SCH-05)."""
    settings = party.settings
    schedule = walk.snapshot.schedules.get(settings[keys.HOURS].value or 0)
    if schedule is None:
        return None
    breaks = walk.snapshot.schedules.get(settings[keys.BREAKS].value or 0)
    result = hours_at(schedule, walk.at, breaks=breaks, exempt=bool(settings[keys.EXEMPT].value))
    target, key = _action(party, result)
    usual = target is None or walk.is_here(target, party)
    held = settings[key]
    walk.note(
        Step(
            asked=_("Is “%(name)s” open?") % {"name": schedule.name},
            answer=result.words,
            icon="clock" if result.state in OPEN_STATES else "clock-off",
            rule="" if usual else f"{held.setting.label} · {source_words(held)}",
            place=_place(party, held, Topic.HOURS),
            decided=not usual,
            branches=_other_hours(walk, party, result),
        )
    )
    return None if usual or target is None else GoOn(target, party)


def _fits(walk: Walk, one: ExceptionFacts) -> bool:
    if one.prefix and not begins_with(walk.caller.number, one.prefix):
        return False
    schedule = walk.snapshot.schedules.get(one.schedule_id or 0)
    return schedule is None or is_open(schedule, walk.at) == one.when_open


def _exception(walk: Walk, party: Party, one: ExceptionFacts, place: Place) -> Answer:
    rings = walk.is_here(one.destination, party)
    to = _("ring all the same") if rings else destination_words(one.destination, walk.snapshot)
    step = Step(
        asked=_("Is there an exception for this caller now?"),
        answer=_("Yes: %(to)s") % {"to": to},
        icon="star",
        rule=_("Exception “%(label)s”") % {"label": one.label},
        place=place,
        decided=True,
    )
    walk.note(step)
    return LetThrough() if rings or one.destination is None else GoOn(one.destination, party)


def _blocked(party: Party, action: BlockAction) -> End:
    if action is BlockAction.VOICEMAIL:
        return box_of(party)
    if action is BlockAction.BUSY:
        return End(EndKind.BUSY, _("The caller hears that it is busy."))
    return End(EndKind.REJECTED, _("The call is rejected."))


def _action(party: Party, result: HoursResult) -> tuple[DestinationFacts | None, str]:
    """Where calls go in this state, and the setting behind it."""
    closed = party.settings[keys.CLOSED_ACTION].value
    if result.state in OPEN_STATES:
        return None, keys.HOURS
    if result.state is HoursState.BREAK:
        return party.settings[keys.BREAK_ACTION].value, keys.BREAK_ACTION
    if result.destination is not None:
        return result.destination, keys.HOURS
    holiday = party.settings[keys.HOLIDAY_ACTION].value
    if result.state is HoursState.HOLIDAY and holiday is not None:
        return holiday, keys.HOLIDAY_ACTION
    return closed, keys.CLOSED_ACTION


def _other_hours(walk: Walk, party: Party, result: HoursResult) -> tuple[Branch, ...]:
    if not walk.branching:
        return ()
    if result.state not in OPEN_STATES:
        return (Branch(_("While open"), _("rings as usual")),)
    named = ((keys.CLOSED_ACTION, _("Outside office hours")), (keys.BREAK_ACTION, _("During breaks")))
    found = [(words, party.settings[key].value) for key, words in named]
    return tuple(Branch(words, destination_words(to, walk.snapshot)) for words, to in found if to is not None)


def _place(party: Party, held: Any, topic: Topic) -> Place:
    if isinstance(party, ExtensionFacts):
        return place_of(held, topic, extension=party.id, team=party.home_team_id or 0)
    return place_of(held, topic, team=party.id)

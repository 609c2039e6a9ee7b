"""What an extension does with a call that reaches it."""

from django.utils.translation import gettext as _

from extensions.callflow.ends import box_of
from extensions.callflow.profiles import Forward, Profile, Rest, profile_of, taker
from extensions.callflow.questions import Answer, LetThrough, ask_blocks, ask_exceptions, ask_hours, first_answer
from extensions.callflow.steps import Branch, End, EndKind, Place, Step, Topic, place_of, source_words
from extensions.callflow.walk import GoOn, Walk, place_at
from extensions.callflow.words import destination_words
from extensions.models import Level, StatusKind
from extensions.settings.catalogue.forwarding import Condition
from extensions.snapshot.facts import ExtensionFacts


def through_extension(walk: Walk, extension: ExtensionFacts) -> GoOn | End:
    """Ask everything in order; the main line is that nobody answers.

    Suspended → exceptions → blocked callers → do not disturb → hours → profile of the status → voicemail.
    """
    if extension.suspended:
        return _suspended(walk, extension)
    questions = (ask_exceptions, ask_blocks, _ask_do_not_disturb, ask_hours, _ask_always)
    answer = first_answer(walk, extension, questions)
    if isinstance(answer, (GoOn, End)):
        return answer
    kind = StatusKind.AVAILABLE if isinstance(answer, LetThrough) else extension.status.kind
    return _ring(walk, extension, profile_of(extension.settings, kind, walk.caller.origin))


def _suspended(walk: Walk, extension: ExtensionFacts) -> End:
    words = _("%(number)s %(name)s is suspended.") % {"number": extension.number, "name": extension.name}
    place = place_at(extension)
    walk.note(Step(_("Is the extension in service?"), _("No: suspended"), "player-pause", place=place, decided=True))
    return End(EndKind.SUSPENDED, words, extension.number)


def _ask_do_not_disturb(walk: Walk, extension: ExtensionFacts) -> Answer:
    if extension.status.kind is not StatusKind.DND:
        return None
    profile = profile_of(extension.settings, StatusKind.DND, walk.caller.origin)
    busy = profile.forward(Condition.BUSY)
    walk.note(
        Step(
            asked=_("Which status has the extension?"),
            answer=_("%(status)s: nothing rings") % {"status": extension.status.label},
            icon="circle-minus",
            rule=_rule(busy) if busy else _("Do not disturb blocks incoming calls"),
            place=_place(extension, busy) if busy else Place(Topic.STATUS, Level.EXTENSION, extension.id),
            decided=True,
        )
    )
    return _taken(walk, extension, profile, Condition.BUSY)


def _ask_always(walk: Walk, extension: ExtensionFacts) -> Answer:
    profile = profile_of(extension.settings, extension.status.kind, walk.caller.origin)
    always = profile.forward(Condition.ALWAYS)
    if always is None or walk.is_here(always.to, extension):
        return None
    walk.note(
        Step(
            asked=_asked(extension, profile),
            answer=_("Always forwards to %(to)s") % {"to": destination_words(always.to, walk.snapshot)},
            icon="arrow-forward-up",
            rule=_rule(always),
            place=_place(extension, always),
            decided=True,
        )
    )
    return GoOn(always.to, extension)


def _ring(walk: Walk, extension: ExtensionFacts, profile: Profile) -> GoOn | End:
    unanswered = profile.forward(Condition.NO_ANSWER)
    held = unanswered.held if unanswered else extension.settings["voicemail.ring_seconds"]
    words = f"{extension.number} {extension.name}"
    walk.note(
        Step(
            asked=_asked(extension, profile),
            answer=_("%(number)s rings for %(seconds)d seconds")
            % {"number": extension.number, "seconds": profile.ring_seconds},
            icon="phone-call",
            rule=f"{held.setting.label} · {source_words(held)}",
            place=_place(extension, unanswered) if unanswered else _box_place(extension),
            branches=_branches(walk, extension, profile),
            rings=f"extension:{extension.number}",
            rings_words=words,
        )
    )
    return _taken(walk, extension, profile, Condition.NO_ANSWER)


def _branches(walk: Walk, extension: ExtensionFacts, profile: Profile) -> tuple[Branch, ...]:
    """What happens if it is busy, if no telephone is connected, and if somebody answers."""
    if not walk.branching:
        return ()
    named = ((Condition.BUSY, _("If it is busy")), (Condition.UNREGISTERED, _("If no telephone is connected")))
    found = [Branch(_("If somebody answers"), _("they talk"))]
    for condition, words in named:
        to = _taken(walk, extension, profile, condition)
        end = walk.end_of(to) if isinstance(to, GoOn) else to
        found.append(Branch(words, end.words))
    return tuple(found)


def _taken(walk: Walk, extension: ExtensionFacts, profile: Profile, condition: Condition) -> GoOn | End:
    """Where the call goes under this condition."""
    box = bool(extension.settings["voicemail.enabled"].value)
    found = taker(profile, condition, box=box, leads_back=lambda to: walk.is_here(to, extension))
    if isinstance(found, Forward):
        return GoOn(found.to, extension)
    if found is Rest.BUSY:
        return End(EndKind.BUSY, _("The caller hears that it is busy."), extension.number)
    return box_of(extension)


def _asked(extension: ExtensionFacts, profile: Profile) -> str:
    status = extension.status.label or str(profile.kind.label)
    return _("What does %(number)s do in status “%(status)s”?") % {"number": extension.number, "status": status}


def _rule(forward: Forward) -> str:
    return f"{forward.condition.label} · {source_words(forward.held)}"


def _place(extension: ExtensionFacts, forward: Forward) -> Place:
    return place_of(forward.held, Topic.FORWARDING, extension=extension.id, team=extension.home_team_id or 0)


def _box_place(extension: ExtensionFacts) -> Place:
    held = extension.settings["voicemail.ring_seconds"]
    return place_of(held, Topic.VOICEMAIL, extension=extension.id, team=extension.home_team_id or 0)

"""What an extension does with a call that reaches it."""

from django.utils.translation import gettext as _

from extensions.callflow.ends import box_of
from extensions.callflow.profiles import Forward, Profile, profile_of
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
    return _onward(walk, extension, busy) or _box_or_busy(extension)


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
    return _onward(walk, extension, unanswered) or box_of(extension)


def _branches(walk: Walk, extension: ExtensionFacts, profile: Profile) -> tuple[Branch, ...]:
    """What happens if it is busy, if no telephone is connected, and if somebody answers."""
    if not walk.branching:
        return ()
    named = ((Condition.BUSY, _("If it is busy")), (Condition.UNREGISTERED, _("If no telephone is connected")))
    found = [Branch(_("If somebody answers"), _("they talk"))]
    for condition, words in named:
        go = _onward(walk, extension, profile.forward(condition))
        end = walk.end_of(go) if go else _box_or_busy(extension)
        found.append(Branch(words, end.words))
    return tuple(found)


def _onward(walk: Walk, extension: ExtensionFacts, forward: Forward | None) -> GoOn | None:
    """Where a forward leads; an inherited one that leads back to the extension itself counts as none."""
    if forward is None or walk.is_here(forward.to, extension):
        return None
    return GoOn(forward.to, extension)


def _box_or_busy(extension: ExtensionFacts) -> End:
    if extension.settings["voicemail.enabled"].value:
        return box_of(extension)
    return End(EndKind.BUSY, _("The caller hears that it is busy."), extension.number)


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

"""What a team does with a call that reaches its number."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extensions.callflow.questions import ask_blocks, ask_exceptions, ask_hours, first_answer
from extensions.callflow.steps import Branch, End, EndKind, Step
from extensions.callflow.walk import GoOn, Walk, place_at
from extensions.callflow.words import destination_words
from extensions.models import RingStrategy
from extensions.snapshot.facts import ExtensionFacts, TeamFacts

MOST_NAMED = 12


def through_team(walk: Walk, team: TeamFacts) -> GoOn | End:
    """Exceptions, blocked callers and hours of the team, then its members ring; in the main line nobody answers."""
    answer = first_answer(walk, team, (ask_exceptions, ask_blocks, ask_hours))
    if isinstance(answer, (GoOn, End)):
        return answer
    ringing = _ring(walk, team)
    if team.no_answer is not None and not walk.is_here(team.no_answer, team):
        return GoOn(team.no_answer, team)
    words = _("Nobody answers in the team %(name)s.") if ringing else _("Nobody of the team %(name)s can be rung.")
    return End(EndKind.NOBODY, words % {"name": team.name}, team.number or f"team {team.id}")


def skipped_because(member: ExtensionFacts) -> str:
    """Why a call of the team does not ring this member; empty: it rings."""
    if member.suspended:
        return _("suspended")
    if not member.status.rings_team:
        return _("status “%(status)s”") % {"status": member.status.label}
    return ""


def _ring(walk: Walk, team: TeamFacts) -> list[ExtensionFacts]:
    members = [walk.snapshot.extensions[one] for one in team.members if one in walk.snapshot.extensions]
    ringing = [member for member in members if not skipped_because(member)]
    names = ", ".join(f"{member.number} {member.name}" for member in ringing[:MOST_NAMED])
    more = "" if len(ringing) <= MOST_NAMED else _(" and %(n)d more") % {"n": len(ringing) - MOST_NAMED}
    answer = _("%(names)s ring for %(seconds)d seconds") % {"names": names + more, "seconds": team.ring_seconds}
    skipped = [
        Branch(f"{member.number} {member.name}", _("does not ring: %(why)s") % {"why": skipped_because(member)})
        for member in members
        if skipped_because(member)
    ]
    walk.note(
        Step(
            asked=_("Who of the team %(name)s rings?") % {"name": team.name},
            answer=answer if ringing else _("Nobody"),
            icon="users-group" if ringing else "users-minus",
            rule=_strategy(team, len(ringing)),
            place=place_at(team),
            branches=tuple(skipped) + _otherwise(walk, team) if walk.branching else (),
            rings=f"team:{team.number or team.id}" if ringing else "",
            rings_words=_("team %(name)s") % {"name": team.name},
        )
    )
    return ringing


def _strategy(team: TeamFacts, count: int) -> str:
    ringing = ngettext("%(n)d member", "%(n)d members", count) % {"n": count}
    return f"{RingStrategy(team.strategy).label} · {ringing}"


def _otherwise(walk: Walk, team: TeamFacts) -> tuple[Branch, ...]:
    to = destination_words(team.no_answer, walk.snapshot) if team.no_answer else _("the call is ended")
    return (Branch(_("If somebody answers"), _("they talk")), Branch(_("If nobody answers"), to))

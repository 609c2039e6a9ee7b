"""What telephones switch and see: statuses, team log-in, loudspeaker calls, and the lamps (PRS-06, BLF-03)."""

from functools import lru_cache

from extensions.models import Feature, StatusKind
from extensions.pbx.formats.dialplan import Exten, exten_of
from extensions.pbx.formats.values import digits, host
from extensions.pbx.render.names import REMEMBERED, do_not_disturb, endpoint, member, queue, status_device
from extensions.pbx.render.plan import Plan, alike
from extensions.settings.catalogue.presence import Visibility


def write_telephones(plan: Plan) -> None:
    """Contexts that codes and members' calls lead to, and everything that a key can watch."""
    _statuses(plan)
    _logins(plan)
    _members(plan)
    _hints(plan)


def _statuses(plan: Plan) -> None:
    """`t2-status,dnd,1`: kept on the PBX at once, with its lamps and the teams' queues, then told to the portal."""
    context, own = plan.context("status"), plan.slug
    for kind, facts in plan.snapshot.statuses.items():
        exten = context.exten(kind.value)
        exten.do('GotoIf($["${TL_ME}" = "0"]?tl-end,nowhere,1)')
        exten.do(f"Set(DB(tl/{own}/status/${{TL_ME}})={kind.value}:${{EPOCH}})")
        lit = "BUSY" if kind is StatusKind.DND else "NOT_INUSE"
        exten.do(f"Set(DEVICE_STATE(Custom:{own}-dnd-${{TL_CALLER}})={lit})")
        for watched in sorted(plan.facts.watched_statuses):
            state = "INUSE" if watched is kind else "NOT_INUSE"
            exten.do(f"Set(DEVICE_STATE(Custom:{own}-is-{watched.value}-${{TL_CALLER}})={state})")
        pausing = "UnpauseQueueMember" if facts.rings_team else "PauseQueueMember"
        exten.do(f"{pausing}(,Local/${{TL_ME}}@{own}-member/n,,{kind.value})")
        exten.do("MSet(TL_FEATURE=status,TL_ARGUMENT=" + kind.value + ")").do("Goto(tl-feature,told,1)")


def _logins(plan: Plan) -> None:
    """`t2-login,200,1`: in or out of the team with this number, whatever it was before."""
    context, own = plan.context("login"), plan.slug
    for team in plan.snapshot.teams.values():
        if not team.number:
            continue
        name, who = queue(own, team.id), f"Local/${{TL_ME}}@{own}-member/n"
        exten = context.exten(digits(team.number))
        exten.do(f'GotoIf($["${{QUEUE_MEMBER({name},paused,{who})}}" = "1"]?in)')
        exten.do(f"PauseQueueMember({name},{who},,logged_out)")
        exten.do(f"Set(DB(tl/{own}/logout/{team.id:d}-${{TL_ME}})=1)")
        exten.do(f"MSet(TL_FEATURE=team_login,TL_ARGUMENT=out-{team.id:d})").do("Goto(tl-feature,told,1)")
        exten.do(f"UnpauseQueueMember({name},{who})", label="in")
        exten.do(f"Set(TL_WAS=${{DB_DELETE(tl/{own}/logout/{team.id:d}-${{TL_ME}})}})")
        exten.do(f"MSet(TL_FEATURE=team_login,TL_ARGUMENT=in-{team.id:d})").do("Goto(tl-feature,told,1)")


def _members(plan: Plan) -> None:
    """How a team's queue rings somebody: only the telephones, only with a status in which team calls ring."""
    context, speak = plan.context("member"), plan.context("speak")
    ringing = "-".join(kind.value for kind, facts in plan.snapshot.statuses.items() if facts.rings_team)
    for one in plan.snapshot.extensions.values():
        at = endpoint(one.number, plan.facts.fqdn)
        if not one.suspended:
            context.extens.append(_member(plan.slug, one.id, one.number, at))
        speak.extens.append(_speak(one.number, at))
    # Somebody calls from a page: their own telephones first.
    click = plan.context("click").exten("_XXX!")
    click.do(f"Set(TL_AT=${{EXTEN}}@{host(plan.facts.fqdn)})").do("Goto(tl-feature,click,1)")
    ring = context.exten("ring")
    ring.do("Gosub(tl-status,s,1)")
    ring.do(f'GotoIf($[${{REGEX("-${{TL_STATUS}}-" -{ringing}-)}} = 0]?tl-end,hangup,1)')
    ring.do("Goto(tl-ring,member,1)")


@lru_cache(maxsize=REMEMBERED)
def _member(slug: str, id: int, number: str, at: str) -> Exten:
    return exten_of(
        f"{id:d}", f"MSet(TL_TENANT={slug},TL_P=e{id:d},TL_NUM={digits(number)},TL_AT={at})", "Goto(ring,1)"
    )


@lru_cache(maxsize=REMEMBERED)
def _speak(number: str, at: str) -> Exten:
    return exten_of(digits(number), f"Set(TL_AT={at})", "Goto(tl-feature,speak,1)")


def _hints(plan: Plan) -> None:
    """Lamps for everything that a key can point at. Who is not visible to colleagues looks idle for ever (BLF-06).

    One pattern for all extensions: Asterisk makes a hint when somebody first watches. Written out, five thousand hints
    cost seconds of every reload, because it looks through all of them for each.
    """
    hints, lamps, own, snapshot = plan.context("hints"), plan.context("lamps"), plan.slug, plan.snapshot
    for digit_count in sorted({len(one.number) for one in snapshot.extensions.values()}):
        devices = f"PJSIP/${{EXTEN}}@{host(plan.facts.fqdn)}&{do_not_disturb(own, '${EXTEN}')}"
        lamps.hint(f"_{'X' * digit_count}", devices)
    hidden: dict[object, bool] = {}
    for one in snapshot.extensions.values():
        if alike(one) not in hidden:
            hidden[alike(one)] = one.value("monitoring.visibility") == Visibility.HIDDEN
        if hidden[alike(one)]:
            lamps.hint(digits(one.number), f"Custom:{own}-hidden")
    codes = {feature: code for code, feature in snapshot.features.items()}
    _team_hints(plan, codes.get(Feature.TEAM_LOGIN, ""))
    _status_hints(plan, codes.get(Feature.STATUS, ""))
    if Feature.NIGHT_MODE in codes:
        hints.hint(digits(codes[Feature.NIGHT_MODE]), f"Custom:{own}-night")
    # Patterns last: a slot's own lamp comes before the pattern that its number fits, too.
    hints.includes += [f"{own}-parked", f"{own}-lamps"] if snapshot.parking is not None else [f"{own}-lamps"]


def _team_hints(plan: Plan, code: str) -> None:
    """`*45200*101` is lit while 101 is logged out of the team 200: each person's key watches their own."""
    for team in plan.snapshot.teams.values():
        if not (code and team.number and team.id in plan.facts.watched_teams):
            continue
        for id in team.members:
            one = plan.snapshot.extensions.get(id)
            if one is not None:
                device = f"Queue:{queue(plan.slug, team.id)}_pause_{member(plan.slug, id)}"
                plan.context("hints").hint(f"{digits(code)}{digits(team.number)}*{digits(one.number)}", device)


def _status_hints(plan: Plan, code: str) -> None:
    """`*442*101` is lit while 101 has the second status of the list."""
    lengths = sorted({len(one.number) for one in plan.snapshot.extensions.values()})
    for place, kind in enumerate(plan.facts.places, start=1):
        if not code or kind not in plan.facts.watched_statuses:
            continue
        begins = f"{digits(code)}{place:d}*"
        for digit_count in lengths:
            device = status_device(plan.slug, f"${{EXTEN:{len(begins)}}}", kind.value)
            plan.context("lamps").hint(f"_{begins}{'X' * digit_count}", device)

"""Feature codes (TPL-02). What the PBX can do alone it does at once, and tells; the rest the portal does when told.

`UserEvent(PortalFeature, …)` reaches the portal as events.PhoneFeature. Codes that only the portal can carry out are
refused with a sound while it is away, instead of pretending.
"""

from collections.abc import Callable

from extensions.models import Feature, StatusKind
from extensions.pbx.formats.dialplan import Exten
from extensions.pbx.formats.values import digits
from extensions.pbx.render.plan import Plan

MARK = "${TL_TENANT}"
# Keys with a lamp of one's own dial one's own number behind a star (`telephones._team_hints`); it switches nothing.
_WITHOUT_OWN = "Set(TL_ARGUMENT=${CUT(TL_ARGUMENT,*,1)})"


def write_features(plan: Plan) -> None:
    """Every code in use, with what may be dialled after it."""
    internal = plan.context("internal")
    for code, feature in sorted(plan.snapshot.features.items()):
        plain, more = internal.exten(digits(code)), _WITH_ARGUMENT.get(feature)
        _begin(plan, plain, code)
        _PLAIN[feature](plan, plain)
        if more is not None:
            longer = internal.exten(f"_{digits(code)}{_REST[feature]}")
            _begin(plan, longer, code)
            longer.do(f"Set(TL_ARGUMENT=${{FILTER(0-9+*,${{EXTEN:{len(code)}}})}})")
            more(plan, longer)


def _begin(plan: Plan, exten: Exten, code: str) -> None:
    plan.start(exten, "internal").do(f"Gosub({plan.slug}-who,s,1)")
    exten.do('GotoIf($["${TL_STOPPED}" = "1"]?tl-end,denied,1)')
    exten.do(f"Gosub(tl-over,s,1(feature:{digits(code)}))").do("Set(TL_ARGUMENT=)")


def _goto(place: str) -> Callable[[Plan, Exten], None]:
    def write(_plan: Plan, exten: Exten) -> None:
        exten.do(f"Goto({place})")

    return write


def _told(feature: Feature) -> Callable[[Plan, Exten], None]:
    def write(_plan: Plan, exten: Exten) -> None:
        exten.do(f"Set(TL_FEATURE={feature.value})").do("Goto(tl-feature,portal,1)")

    return write


def _status(kind: StatusKind) -> Callable[[Plan, Exten], None]:
    def write(plan: Plan, exten: Exten) -> None:
        exten.do(f"Goto({plan.slug}-status,{kind.value},1)")

    return write


def _chosen_status(plan: Plan, exten: Exten) -> None:
    """The place in the list, counted from 1."""
    exten.do(_WITHOUT_OWN)
    for place, kind in enumerate(plan.facts.places, start=1):
        exten.do(f'GotoIf($["x${{TL_ARGUMENT}}" = "x{place}"]?{plan.slug}-status,{kind.value},1)')
    exten.do("Goto(tl-end,nowhere,1)")


def _team(plan: Plan, exten: Exten) -> None:
    exten.do(_WITHOUT_OWN)
    place = f"{plan.slug}-login,${{TL_ARGUMENT}},1"
    exten.do(f"GotoIf($[${{DIALPLAN_EXISTS({place})}} = 1]?{place})").do("Goto(tl-end,nowhere,1)")


def _pick_up(_plan: Plan, exten: Exten) -> None:
    exten.do(f"Pickup({MARK}-${{TL_ARGUMENT}}@PICKUPMARK)").do("Goto(tl-end,nobody,1)")


def _intercom(plan: Plan, exten: Exten) -> None:
    place = f"{plan.slug}-speak,${{TL_ARGUMENT}},1"
    exten.do(f"GotoIf($[${{DIALPLAN_EXISTS({place})}} = 1]?{place})").do("Goto(tl-end,nowhere,1)")


_PLAIN: dict[Feature, Callable[[Plan, Exten], None]] = {
    Feature.VOICEMAIL: _goto("tl-feature,voicemail,1"),
    Feature.PICKUP: _goto("tl-feature,pickup,1"),
    Feature.DIRECTED_PICKUP: _goto("tl-end,nowhere,1"),
    Feature.DND_ON: _status(StatusKind.DND),
    Feature.DND_OFF: _status(StatusKind.AVAILABLE),
    Feature.FORWARD_ON: _goto("tl-end,nowhere,1"),
    Feature.FORWARD_OFF: _told(Feature.FORWARD_OFF),
    Feature.NIGHT_MODE: _told(Feature.NIGHT_MODE),
    Feature.TEAM_LOGIN: _goto("tl-end,nowhere,1"),
    Feature.STATUS: _goto("tl-end,nowhere,1"),
    Feature.INTERCOM: _goto("tl-end,nowhere,1"),
    Feature.ECHO: _goto("tl-feature,echo,1"),
}
_WITH_ARGUMENT: dict[Feature, Callable[[Plan, Exten], None]] = {
    Feature.DIRECTED_PICKUP: _pick_up,
    Feature.FORWARD_ON: _told(Feature.FORWARD_ON),
    Feature.TEAM_LOGIN: _team,
    Feature.STATUS: _chosen_status,
    Feature.INTERCOM: _intercom,
}
_NUMBER = "X" * 3 + "!"  # own numbers have three digits or more
# A place in a list has one digit or two; a forward takes whatever can be called.
_REST = {
    Feature.DIRECTED_PICKUP: _NUMBER,
    Feature.FORWARD_ON: "[0-9+].",
    Feature.TEAM_LOGIN: _NUMBER,
    Feature.STATUS: "Z!",
    Feature.INTERCOM: _NUMBER,
}

"""Whether a call may be made, by whom, when, and what the other side sees (CTL-03, CTL-05, CTL-06, CTL-08, CTL-10)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django_countries import countries

from extensions.callflow.blocking import fits_number
from extensions.callflow.dialling import Kind, Meaning, meaning_of
from extensions.callflow.moments import is_open
from extensions.callflow.steps import Place, Topic, place_of, source_words
from extensions.models import BlockDirection, CallClass, Level, OutgoingMatch
from extensions.settings.resolve import Effective
from extensions.snapshot.facts import BlockFacts, ExtensionFacts, RuleFacts, Snapshot, TeamFacts
from portal.core.phone_numbers import for_people

# What may be called where nobody chose a set of rules.
ALLOWED_BY_DEFAULT = frozenset({CallClass.INTERNAL, CallClass.LOCAL, CallClass.NATIONAL, CallClass.MOBILE})


@dataclass(frozen=True, slots=True)
class Tried:
    """One rule that was asked, whether it decided, and where it is set."""

    rule: str
    fits: bool
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """`rule` is the rule that decided; `position` its place in the set `rule_set_id` (None: no rule of a set).

    `number` is what is really called; `presented` what the other side sees, empty where it is withheld.
    """

    allowed: bool
    rule: str
    call_class: CallClass
    number: str
    presented: str
    tried: tuple[Tried, ...]
    meaning: Meaning
    rule_set_id: int | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Dialler:
    """Who makes the call: an extension, or a team or the company whose settings forward it."""

    settings: Mapping[str, Effective]
    extension: ExtensionFacts | None = None
    team: TeamFacts | None = None

    @classmethod
    def of(cls, snapshot: Snapshot, who: ExtensionFacts | TeamFacts | None) -> "Dialler":
        """The dialler behind an extension, a team, or nobody in particular."""
        if isinstance(who, ExtensionFacts):
            return cls(who.settings, extension=who)
        return cls(who.settings, team=who) if isinstance(who, TeamFacts) else cls(snapshot.company)

    def place(self, key: str, topic: Topic) -> Place:
        """Where its setting `key` is said."""
        extension, team = self.extension, self.team
        own_team = team.id if team else (extension.home_team_id or 0) if extension else 0
        return place_of(self.settings[key], topic, extension=extension.id if extension else 0, team=own_team)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one question says: None lets the next one decide."""

    tried: Tried
    allowed: bool | None = None
    rule_set_id: int | None = None
    position: int | None = None


def outgoing_decision(
    snapshot: Snapshot, extension: ExtensionFacts | TeamFacts | None, dialled: str, at: datetime | None
) -> Decision:
    """Whether `extension` (or a team or the company that forwards) may call `dialled` at `at` (None: at any time).

    Emergency numbers come before everything. Then: suspended, blocked, hours, and the set of rules, whose first
    fitting rule decides, else its default.
    """
    dialler = Dialler.of(snapshot, extension)
    meaning = meaning_of(snapshot, dialled, dialler.extension)
    tried: list[Tried] = []
    for verdict in _verdicts(snapshot, dialler, meaning, at):
        tried.append(verdict.tried)
        if verdict.allowed is not None:
            break
    return Decision(
        allowed=bool(verdict.allowed),
        rule=verdict.tried.rule,
        call_class=meaning.call_class,
        number=meaning.number,
        presented=presented_number(snapshot, dialler, meaning),
        tried=tuple(tried),
        meaning=meaning,
        rule_set_id=verdict.rule_set_id,
        position=verdict.position,
    )


def presented_number(snapshot: Snapshot, dialler: Dialler, meaning: Meaning) -> str:
    """What the other side sees: own numbers only, the main number by default, nothing where it is withheld (CTL-08)."""
    if meaning.kind is Kind.EMERGENCY:
        return _owned(snapshot, dialler.settings["emergency.number"].value)
    if meaning.kind in (Kind.INTERNAL, Kind.FEATURE):
        return dialler.extension.number if dialler.extension else ""
    if dialler.settings["caller_id.withheld"].value:
        return ""
    return _owned(snapshot, dialler.settings["caller_id.number"].value)


def owned_numbers(snapshot: Snapshot) -> frozenset[str]:
    """The company's own outside numbers."""
    return frozenset({snapshot.ani, *snapshot.outside}) - {""}


def rule_words(rule: RuleFacts) -> str:
    """One rule as people read it."""
    verb = _("allow") if rule.allow else _("deny")
    return f"{what_words(rule.match, rule.value)}: {verb}"


def what_words(match: OutgoingMatch, value: str) -> str:
    """What a rule is about."""
    if match is OutgoingMatch.CLASS:
        return str(CallClass(value).label)
    if match is OutgoingMatch.COUNTRY:
        return str(countries.name(value) or value)
    return _("Numbers that begin with %(prefix)s") % {"prefix": value}


def rule_fits(rule: RuleFacts, meaning: Meaning) -> bool:
    """Whether a rule is about this call."""
    if rule.match is OutgoingMatch.CLASS:
        return rule.value == meaning.call_class
    if rule.match is OutgoingMatch.COUNTRY:
        return bool(meaning.country) and rule.value == meaning.country
    return meaning.number.startswith(rule.value)


def _owned(snapshot: Snapshot, wanted: str) -> str:
    return wanted if wanted in owned_numbers(snapshot) else snapshot.ani


def _verdicts(snapshot: Snapshot, dialler: Dialler, meaning: Meaning, at: datetime | None) -> Iterator[_Verdict]:
    """Every question in the order in which they are asked; the last one always decides."""
    if meaning.kind is Kind.EMERGENCY:
        yield _Verdict(Tried(_("Emergency calls are always allowed"), fits=True), allowed=True)
        return
    yield from _suspended(dialler)
    if meaning.kind is Kind.UNKNOWN:
        yield _Verdict(Tried(_("Nothing can be called by this number"), fits=True), allowed=False)
        return
    if meaning.kind is Kind.FEATURE:
        yield _Verdict(Tried(_("Feature codes are always allowed"), fits=True), allowed=True)
        return
    yield from _blocked(snapshot, dialler, meaning)
    if meaning.kind is Kind.OUTSIDE and at is not None:
        yield from _hours(snapshot, dialler, at)
    yield from _rules(snapshot, dialler, meaning)


def _suspended(dialler: Dialler) -> Iterator[_Verdict]:
    if dialler.extension is not None and dialler.extension.suspended:
        place = Place(Topic.EXTENSION, Level.EXTENSION, dialler.extension.id)
        yield _Verdict(Tried(_("A suspended extension calls only for help"), fits=True, place=place), allowed=False)


def _blocked(snapshot: Snapshot, dialler: Dialler, meaning: Meaning) -> Iterator[_Verdict]:
    own = dialler.extension
    lists: list[tuple[str, tuple[BlockFacts, ...], Place]] = [
        (_("The company's blocked numbers"), snapshot.blocks, Place(Topic.BLOCKED, Level.TENANT))
    ]
    if own is not None:
        lists.insert(0, (_("Its own blocked numbers"), own.blocks, Place(Topic.BLOCKED, Level.EXTENSION, own.id)))
    for words, blocks, place in lists:
        hit = next((one for one in blocks if fits_number(one, meaning.number, BlockDirection.OUT)), None)
        rule = f"{words}: {hit.pattern}" if hit else words
        yield _Verdict(Tried(rule, fits=hit is not None, place=place), allowed=False if hit else None)


def _hours(snapshot: Snapshot, dialler: Dialler, at: datetime) -> Iterator[_Verdict]:
    schedule = snapshot.schedules.get(dialler.settings["outgoing.hours"].value or 0)
    if schedule is None:
        return
    place = dialler.place("outgoing.hours", Topic.OUTGOING)
    if is_open(schedule, at):
        words = _("Outgoing calls during “%(name)s”: open now") % {"name": schedule.name}
        yield _Verdict(Tried(words, fits=False, place=place))
        return
    words = _("Outgoing calls only during “%(name)s”: closed at that time") % {"name": schedule.name}
    yield _Verdict(Tried(words, fits=True, place=place), allowed=False)


def _rules(snapshot: Snapshot, dialler: Dialler, meaning: Meaning) -> Iterator[_Verdict]:
    held = dialler.settings["outgoing.rules"]
    chosen = snapshot.rule_sets.get(held.value or 0)
    if chosen is None:
        allowed = meaning.call_class in ALLOWED_BY_DEFAULT
        words = _("No set of rules: internal, local, national and mobile calls only")
        yield _Verdict(Tried(words, fits=True, place=dialler.place("outgoing.rules", Topic.OUTGOING)), allowed=allowed)
        return
    place = Place(Topic.RULES, held.source.level if held.source else Level.TENANT, chosen.id)
    for position, rule in enumerate(chosen.rules):
        fits = rule_fits(rule, meaning)
        words = _("Rule %(place)d of “%(name)s”: %(rule)s") % {
            "place": position + 1,
            "name": chosen.name,
            "rule": rule_words(rule),
        }
        yield _Verdict(
            Tried(words, fits=fits, place=place),
            allowed=rule.allow if fits else None,
            rule_set_id=chosen.id,
            position=position if fits else None,
        )
    verb = _("allow") if chosen.allow_by_default else _("deny")
    words = _("“%(name)s”, what no rule names: %(verb)s") % {"name": chosen.name, "verb": verb}
    yield _Verdict(Tried(words, fits=True, place=place), allowed=chosen.allow_by_default, rule_set_id=chosen.id)


def decision_words(decision: Decision) -> str:
    """The verdict in one sentence."""
    shown = for_people(decision.number)
    if not decision.allowed:
        return _("%(number)s may not be called.") % {"number": shown}
    return _("%(number)s may be called.") % {"number": shown}


def rules_source(dialler: Dialler) -> str:
    """Where the set of rules in force comes from."""
    return source_words(dialler.settings["outgoing.rules"])

"""Sets of rules for outgoing calls: the first rule that fits decides (CTL-06)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django_countries import countries

from extensions.models import CallClass, OutgoingMatch, OutgoingRule, OutgoingRuleSet, SettingValue
from extensions.services.calls.patterns import clean_prefix
from extensions.services.configuration import configuration_changed
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.versions import lock_version

MOST = 200


class NameTaken(DomainError):
    """Another set has this name."""


class InUse(DomainError):
    """Somebody's calls are decided by this set."""


class NotARule(DomainError):
    """The rule is about nothing that can be called, or there are too many."""


class OrderChanged(DomainError):
    """The list that was put in order is not the one that is stored."""


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule as typed."""

    match: OutgoingMatch
    value: str
    allow: bool
    note: str = ""


@transaction.atomic
def create_rule_set(*, name: str, allow_by_default: bool, by: User) -> OutgoingRuleSet:
    """Make a set without rules and return it. Raises NameTaken on `name`."""
    return _save(OutgoingRuleSet(name=name, allow_by_default=allow_by_default), by)


@transaction.atomic
def edit_rule_set(
    *, rule_set: OutgoingRuleSet, name: str, allow_by_default: bool, version: int | None, by: User
) -> OutgoingRuleSet:
    """Change name and default. Raises NameTaken on `name`, and ChangedMeanwhile."""
    locked = lock_version(OutgoingRuleSet, rule_set.pk, version)
    locked.name, locked.allow_by_default = name, allow_by_default
    return _save(locked, by)


@transaction.atomic
def delete_rule_set(*, rule_set: OutgoingRuleSet, by: User) -> None:
    """Delete a set that decides nobody's calls. Raises InUse, naming who uses it."""
    locked = OutgoingRuleSet.objects.select_for_update().get(pk=rule_set.pk)
    users = users_of(locked)
    if users:
        raise InUse(_("This set is in use: %(users)s. Choose another one there first.") % {"users": ", ".join(users)})
    locked.delete()
    configuration_changed(by=by)


def users_of(rule_set: OutgoingRuleSet, *, most: int = 5) -> list[str]:
    """Who uses the set, by name, in one query; at most `most`."""
    rows = SettingValue.objects.filter(rule_set=rule_set).select_related("team", "extension")[:most]
    return [str(row.extension or row.team or _("the company")) for row in rows]


@transaction.atomic
def add_rule(*, rule_set: OutgoingRuleSet, facts: RuleFacts, by: User) -> OutgoingRule:
    """Add a rule at the end and return it. Raises NotARule and NotAPattern on `value`."""
    locked = lock_version(OutgoingRuleSet, rule_set.pk, None)
    value = _clean(facts)
    positions = list(OutgoingRule.objects.filter(rule_set=locked).values_list("position", flat=True))
    if len(positions) >= MOST:
        raise NotARule(_("There may be at most %(most)d rules in a set.") % {"most": MOST})
    rule = OutgoingRule.objects.create(
        rule_set=locked, position=max(positions, default=-1) + 1, match=facts.match, value=value, allow=facts.allow,
        note=facts.note,
    )  # fmt: skip
    locked.save(update_fields=["version"])
    configuration_changed(by=by)
    return rule


@transaction.atomic
def remove_rule(*, rule: OutgoingRule, by: User) -> None:
    """Take a rule out of its set."""
    locked = lock_version(OutgoingRuleSet, rule.rule_set_id, None)
    rule.delete()
    locked.save(update_fields=["version"])
    configuration_changed(by=by)


@transaction.atomic
def move_rule(*, rule: OutgoingRule, steps: int, by: User) -> None:
    """Move a rule up (`steps` below 0) or down; at the end of the list it stays."""
    lock_version(OutgoingRuleSet, rule.rule_set_id, None)  # before the order is read
    ids = list(OutgoingRule.objects.filter(rule_set=rule.rule_set_id).order_by("position").values_list("pk", flat=True))
    if rule.pk in ids:
        here = ids.index(rule.pk)
        ids.insert(max(0, min(here + steps, len(ids) - 1)), ids.pop(here))
        order_rules(rule_set=rule.rule_set, ids=ids, by=by)


@transaction.atomic
def order_rules(*, rule_set: OutgoingRuleSet, ids: Sequence[int], by: User) -> None:
    """Put the rules in the order of `ids`. Raises OrderChanged unless those are exactly the rules of the set."""
    locked = lock_version(OutgoingRuleSet, rule_set.pk, None)
    rules = {rule.pk: rule for rule in OutgoingRule.objects.select_for_update().filter(rule_set=locked)}
    if sorted(ids) != sorted(rules):
        raise OrderChanged(_("Somebody changed these rules in the meantime. Put them in order again."))
    for place, id in enumerate(ids):
        if rules[id].position != place:
            rules[id].position = place
            rules[id].save(update_fields=["position"])
    locked.save(update_fields=["version"])
    configuration_changed(by=by)


def _save(row: OutgoingRuleSet, by: User) -> OutgoingRuleSet:
    with refusing({"outgoing_rule_set_name_unique": NameTaken(_("Another set has this name."), field="name")}):
        row.save()
    configuration_changed(by=by)
    return row


def _clean(facts: RuleFacts) -> str:
    if facts.match is OutgoingMatch.PREFIX:
        return clean_prefix(facts.value, field="value")
    known = set(CallClass.values) - {CallClass.EMERGENCY.value}
    if facts.match is OutgoingMatch.COUNTRY:
        known = {code for code, _name in countries}
    if facts.value not in known:
        raise NotARule(_("Choose one from the list."), field="value")
    return facts.value

"""Blocked callers, exceptions and rules for outgoing calls as facts."""

from collections import defaultdict

from extensions.models import (
    BlockAction,
    BlockDirection,
    BlockedCaller,
    BlockMatch,
    CallException,
    OutgoingMatch,
    OutgoingRuleSet,
)
from extensions.snapshot.facts import BlockFacts, ExceptionFacts, RuleFacts, RuleSetFacts
from extensions.snapshot.hours import destination_facts


def load_blocks() -> dict[int | None, tuple[BlockFacts, ...]]:
    """Blocked callers by extension; None holds those of the whole company."""
    found: dict[int | None, tuple[BlockFacts, ...]] = defaultdict(tuple)
    for row in BlockedCaller.objects.order_by("pk"):
        facts = BlockFacts(BlockMatch(row.match), row.pattern, BlockDirection(row.direction), BlockAction(row.action))
        found[row.extension_id] += (facts,)
    return found


def load_exceptions() -> dict[int | None, tuple[ExceptionFacts, ...]]:
    """Exceptions by extension, in order; None holds those of the whole company."""
    found: dict[int | None, tuple[ExceptionFacts, ...]] = defaultdict(tuple)
    for row in CallException.objects.select_related("destination").order_by("position", "pk"):
        facts = ExceptionFacts(
            row.label, row.prefix, row.schedule_id, row.when_open, destination_facts(row.destination)
        )
        found[row.extension_id] += (facts,)
    return found


def load_rule_sets() -> dict[int, RuleSetFacts]:
    """Every set of rules, with its rules in order."""
    sets = OutgoingRuleSet.objects.prefetch_related("rules").order_by("pk")
    return {
        one.pk: RuleSetFacts(
            id=one.pk,
            name=one.name,
            allow_by_default=one.allow_by_default,
            rules=tuple(
                RuleFacts(OutgoingMatch(rule.match), rule.value, rule.allow, rule.note)
                for rule in sorted(one.rules.all(), key=lambda rule: rule.position)
            ),
        )
        for one in sets
    }

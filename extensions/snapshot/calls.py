"""Blocked callers, exceptions and rules for outgoing calls as facts."""

from collections import defaultdict

from django.db.models import QuerySet

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


def load_blocks(rows: QuerySet[BlockedCaller] | None = None) -> dict[int | None, tuple[BlockFacts, ...]]:
    """Blocked callers (all, or those of `rows`) by extension; None holds those of the whole company."""
    found: dict[int | None, tuple[BlockFacts, ...]] = defaultdict(tuple)
    for row in (BlockedCaller.objects.all() if rows is None else rows).order_by("pk"):
        facts = BlockFacts(BlockMatch(row.match), row.pattern, BlockDirection(row.direction), BlockAction(row.action))
        found[row.extension_id] += (facts,)
    return found


def load_exceptions(rows: QuerySet[CallException] | None = None) -> dict[int | None, tuple[ExceptionFacts, ...]]:
    """Exceptions (all, or those of `rows`) by extension, in order; None holds those of the whole company."""
    found: dict[int | None, tuple[ExceptionFacts, ...]] = defaultdict(tuple)
    asked = CallException.objects.all() if rows is None else rows
    for row in asked.select_related("destination").order_by("position", "pk"):
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

"""Blocked callers, exceptions, rules and call tests for the access matrix."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection

from extensions.models import BlockedCaller, CallException, CallTest, OutgoingRule, OutgoingRuleSet, Team
from tests.world import MARKERS

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def values() -> dict[tuple[str, str], Any]:
    """One of each, whose texts hold the tenant's marker."""
    marker, schema = MARKERS[connection.schema_name], connection.schema_name
    spread = 7000 + int(schema.removeprefix("t"))  # so that ids of one tenant are nobody's in another
    blocked = BlockedCaller.objects.create(
        pk=spread, match="prefix", pattern="+999", direction="in", action="busy", note=marker
    )
    exception = CallException.objects.create(pk=spread, label=marker[:60])
    rule_set = OutgoingRuleSet.objects.create(pk=spread, name=marker[:60])
    rule = OutgoingRule.objects.create(
        pk=spread, rule_set=rule_set, position=0, match="class", value="mobile", note=marker
    )
    test = CallTest.objects.create(pk=spread, name=marker[:80], dialled="101", at=NOON, expected="nobody")
    team = Team.objects.create(pk=spread, name=marker[:40] + " calls")
    return {
        ("extensions:unblock", "pk"): blocked.pk,
        ("extensions:exception_", "pk"): exception.pk,
        ("extensions:exception_", "direction"): "up",
        ("extensions:rules", "pk"): rule_set.pk,
        ("extensions:rule_", "pk"): rule.pk,
        ("extensions:rule_", "direction"): "up",
        ("extensions:call_test", "pk"): test.pk,
        ("extensions:team_calls", "pk"): team.pk,
        ("extensions:", "section"): "away",
    }

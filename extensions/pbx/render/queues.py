"""A team that rings is a queue: the PBX knows how to take turns, who is idle longest, and who has paused (PRS-06)."""

from functools import lru_cache

from extensions.models import RingStrategy
from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.ini import Options, Section, write_ini
from extensions.pbx.formats.values import name
from extensions.pbx.render.names import REMEMBERED, endpoint, member, queue
from extensions.snapshot.facts import TeamFacts

STRATEGIES = {
    RingStrategy.ALL: "ringall",
    RingStrategy.LINEAR: "linear",
    RingStrategy.ROUND_ROBIN: "rrmemory",
    RingStrategy.RANDOM: "random",
    RingStrategy.LONGEST_IDLE: "leastrecent",
}
# Who cannot be rung at all: then nobody waits in vain, and the no-answer action takes the call at once.
_NOBODY = "paused,unavailable,invalid,unknown"


def render_queues(facts: TenantFacts) -> str:
    """queues.conf of one tenant."""
    return write_ini(_queue(facts, team) for team in facts.snapshot.teams.values())


def _queue(facts: TenantFacts, team: TeamFacts) -> Section:
    slug = facts.snapshot.tenant
    options = Options().add("strategy", STRATEGIES[team.strategy]).add("timeout", team.ring_seconds).add("retry", 1)
    options.add("ringinuse", False).add("joinempty", _NOBODY).add("leavewhenempty", _NOBODY)
    options.add("announce-frequency", 0).add("reportholdtime", False).add("timeoutrestart", False)
    for id in team.members:
        one = facts.snapshot.extensions.get(id)
        if one is not None and not one.suspended:
            options.add("member", _member(slug, id, one.name, endpoint(one.number, facts.fqdn)))
    return options.section(queue(slug, team.id))


@lru_cache(maxsize=REMEMBERED)
def _member(slug: str, extension: int, called: str, at: str) -> str:
    """Commas separate the parts of a member, so a name must not have one."""
    return f"{member(slug, extension)},0,{name(called).replace(',', ' ')},PJSIP/{at}"

"""What a tenant's dialplan is collected in. Things that are the same are written once and shared by name.

Five thousand extensions that inherit everything share one profile, one ring plan and one class of outgoing calls; what
differs from person to person costs lines only for that person.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.dialplan import Context, Exten
from extensions.pbx.formats.values import word
from extensions.snapshot.facts import ExtensionFacts

K = TypeVar("K", bound=Hashable)


def alike(extension: ExtensionFacts) -> Hashable:
    """Equal for extensions of one snapshot whose settings are the same: they are worked out once for all of them."""
    return getattr(extension.settings, "alike", id(extension.settings))


@dataclass(slots=True)
class Shared(Generic[K]):
    """Names for equal things: the first of its kind is written by `write(name, key)`, the others only named."""

    prefix: str
    names: dict[K, str] = field(default_factory=dict)

    def name(self, key: K, write: Callable[[str, K], None]) -> str:
        """The name of `key`; on its first coming it is written."""
        found = self.names.get(key)
        if found is None:
            found = self.names[key] = f"{self.prefix}{len(self.names) + 1}"
            write(found, key)
        return found


class Plan:
    """The contexts of one tenant while they grow, and the names that were given so far."""

    def __init__(self, facts: TenantFacts) -> None:
        self.facts = facts
        self.snapshot = facts.snapshot
        self.slug = word(facts.snapshot.tenant)
        self.contexts: dict[str, Context] = {}
        self.shared: dict[str, Shared] = {}

    def context(self, name: str) -> Context:
        """The tenant's own context of this name, `t2-hours`; made when it is first asked for."""
        full = f"{self.slug}-{name}"
        if full not in self.contexts:
            self.contexts[full] = Context(full)
        return self.contexts[full]

    def common(self, name: str) -> Context:
        """A context that all tenants add to."""
        return self.contexts.setdefault(name, Context(name))

    def once(self, prefix: str, key: Hashable, write: Callable[[str, Hashable], None]) -> str:
        """The name of something that may be needed many times; see Shared."""
        return self.shared.setdefault(prefix, Shared(prefix)).name(key, write)

    def go(self, name: str, exten: str) -> str:
        """What Goto takes to reach an extension of one of the tenant's contexts."""
        return f"{self.slug}-{name},{exten},1"

    def start(self, exten: Exten, origin: str) -> Exten:
        """Begin a call, `internal` or `external`: nothing of an earlier call on this channel counts any more."""
        return exten.do(f"Gosub(tl-start,s,1({self.slug},{origin},{self.facts.most_calls:d}))")

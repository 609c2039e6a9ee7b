"""Whose an event is. Never a guess: what says nothing, or says two things, is nobody's."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from extensions.pbx.ami.message import Message

_NAMED = re.compile(r"(?:PJSIP/)?([^@/;,&]{1,64})@([A-Za-z0-9.-]{1,253}?)(?:-[0-9a-f]{8})?(?:<[A-Z]+>)?")


@lru_cache(maxsize=16_384)
def endpoint_of(name: str) -> tuple[str, str]:
    """User and domain in the name of an endpoint, device or channel, such as `PJSIP/101@acme.example-0000002a`; empty
    for others, for trunks too."""
    found = _NAMED.fullmatch(name)
    return (found[1], found[2].lower()) if found else ("", "")


class Attribution:
    """The tenants of a PBX: their domains and slugs. `learn` takes a newer list while events come."""

    def __init__(self, domains: Mapping[str, str]) -> None:
        self.learn(domains)

    def learn(self, domains: Mapping[str, str]) -> None:
        """From now on these are the tenants: domain to slug."""
        self._domains = {domain.lower(): slug for domain, slug in domains.items()}
        self._slugs = frozenset(domains.values())

    def tenant(self, stated: Iterable[str], names: Iterable[str] = (), context: str = "") -> str | None:
        """The one tenant that an event is about.

        Args:
            stated: slugs that it says outright (tenant id, account code, parking lot …); empty ones say nothing.
            names: endpoints, devices or channels; those with a domain of a tenant say that tenant.
            context: of the dialplan; asked only where nothing else says anything.
        Returns: a slug; empty where nothing says anything; None where it contradicts itself or names no tenant.
        """
        said = {slug for slug in stated if slug}
        for name in names:
            if (slug := self._domains.get(endpoint_of(name)[1])) is not None:
                said.add(slug)
        if not said:
            beginning = context.partition("-")[0]
            return beginning if "-" in context and beginning in self._slugs else ""
        if len(said) > 1:
            return None
        only = said.pop()
        return only if only in self._slugs else None

    def of_channel(self, message: Message, prefix: str = "") -> str | None:
        """The same for the channel that a message describes under `prefix` (Dest, Parkee …)."""
        stated = (message.get(f"{prefix}Tenantid"), message.get(f"{prefix}AccountCode"))
        return self.tenant(stated, (message.get(f"{prefix}Channel"),), message.get(f"{prefix}Context"))

"""The whole site on one page: every URL of both maps, with its methods and who may open it (STYLE 5.9)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from portal.permissions import Face
from portal.sites.access import Rule, rule_of

MAPS = {Face.MANAGEMENT: settings.PUBLIC_SCHEMA_URLCONF, Face.TENANT: settings.ROOT_URLCONF}


@dataclass(frozen=True, slots=True)
class Door:
    """One URL of one face. `rule` is None where nobody wrote one: a contract test fails then."""

    face: Face
    route: str
    name: str
    methods: tuple[str, ...]
    arguments: tuple[str, ...]
    rule: Rule | None

    def line(self) -> str:
        """How it stands in the approved listing."""
        needs = self.rule.needs if self.rule else "NO RULE"
        because = f" ({self.rule.because})" if self.rule and self.rule.because else ""
        return f"{self.face:<11} /{self.route:<52} {','.join(self.methods):<9} {self.name:<34} {needs}{because}"


def doors() -> list[Door]:
    """Every URL of both maps, in the order of face and route."""
    found = [door for face, module in MAPS.items() for door in _walk(face, get_resolver(module).url_patterns, "", "")]
    return sorted(found, key=lambda door: (door.face, door.route, door.name))


def _walk(face: Face, patterns: list[URLPattern | URLResolver], route: str, space: str) -> Iterator[Door]:
    for pattern in patterns:
        here = route + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(face, pattern.url_patterns, here, inner)
            continue
        name = f"{space}{pattern.name or ''}"
        arguments = tuple(pattern.pattern.converters)
        yield Door(face, here, name, _methods(pattern.callback), arguments, rule_of(name, pattern.callback))


def _methods(view: Callable[..., Any]) -> tuple[str, ...]:
    page = getattr(view, "view_class", None)
    if page is None:
        return ("GET", "POST")
    allowed = [verb for verb in page.http_method_names if verb not in ("options", "head", "trace")]
    return tuple(verb.upper() for verb in allowed if hasattr(page, verb))

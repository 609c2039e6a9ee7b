"""The facts that one model of telephone is made of."""

from dataclasses import dataclass
from typing import Any

from extensions.models import KeyKind

EVERY_KIND = frozenset(KeyKind)


@dataclass(frozen=True, slots=True)
class ModuleModel:
    """An expansion module: `left` and `right` keys in its two columns, shown on each of `pages`."""

    name: str
    left: int
    right: int
    pages: int = 1

    @property
    def keys(self) -> int:
        return (self.left + self.right) * self.pages


@dataclass(frozen=True, slots=True)
class PhoneModel:
    """A telephone: `left` and `right` of its display stand that many keys on each of `pages`.

    `most_modules` expansion modules of the kind `module` can be attached. `kinds` are the kinds of keys it can have.
    """

    code: str
    vendor: str
    name: Any  # a text, lazily translated for “any telephone”
    left: int
    right: int
    pages: int = 1
    module: ModuleModel | None = None
    most_modules: int = 0
    kinds: frozenset[KeyKind] = EVERY_KIND

    def __str__(self) -> str:
        return f"{self.vendor} {self.name}".strip()

    @property
    def own_keys(self) -> int:
        """Keys on the telephone itself, over all pages."""
        return (self.left + self.right) * self.pages

    def keys(self, modules: int = 0) -> int:
        """Keys with `modules` expansion modules; more of them than can be attached count as none."""
        attached = min(modules, self.most_modules)
        return self.own_keys + (self.module.keys * attached if self.module else 0)

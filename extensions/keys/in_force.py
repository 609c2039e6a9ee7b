"""Which keys hold for an extension: those of a template that its panel follows, and its own beside them (BLF-05).

A linked panel shows the template's keys; a key of its own holds where the template has none. So a template can be put
over panels that people have filled themselves, and giving the link up gives their own keys back. Keys beyond what the
telephone has hold, too: they are shown as overflow, and come back with a larger telephone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from extensions.keys.visibility import hidden_among
from extensions.keys.words import JOINED, label_of, target_of
from extensions.models import Extension, Key, KeyKind, KeyPanel


@dataclass(frozen=True, slots=True)
class KeyInForce:
    """One key that holds. `kind` is what the telephone gets: a key that would watch oneself becomes a line.

    `from_template`: it can only be changed there. `locked`: its owner may not change it. `visible` is False for a key
    that watches a colleague who does not want to be watched: it stays, and its lamp stays dark (BLF-06).
    `suspended`: its extension neither makes nor receives calls (EXT-13).
    """

    position: int
    kind: KeyKind
    label: str
    target: str
    locked: bool
    from_template: bool
    visible: bool
    suspended: bool
    key: Key


def keys_in_force(extension: Extension) -> list[KeyInForce]:
    """The keys of `extension`, in order; three queries at most."""
    panel = panel_of(extension)
    return in_force(panel, keys_of_panel(panel)) if panel else []


def panel_of(extension: Extension) -> KeyPanel | None:
    """The panel of an extension with its template, or None where nobody has made one."""
    return KeyPanel.objects.select_related("template", "extension").filter(extension=extension).first()


def keys_of_panel(panel: KeyPanel) -> list[Key]:
    """The panel's own keys and, where it follows one, those of its template, with what they point at; one query."""
    panels = [panel.pk, *([panel.template_id] if panel.linked else [])]
    return list(Key.objects.filter(panel__in=panels).select_related(*JOINED).order_by("position", "pk"))


def in_force(panel: KeyPanel, keys: Iterable[Key], *, hidden: Collection[int] | None = None) -> list[KeyInForce]:
    """Those of `keys` (of the panel and its template) that hold; one query, about who wants to be watched.

    `hidden`, the ids of those who do not, spares it: for many panels at once.
    """
    owner = panel.extension
    found: dict[int, Key] = {}
    for key in sorted(keys, key=lambda one: one.panel_id == panel.pk):  # the template's first
        found.setdefault(key.position, key)
    if hidden is None:
        hidden = hidden_among({key.extension for key in found.values() if key.extension is not None})
    return [_as_held(found[position], panel, owner, hidden) for position in sorted(found)]


def _as_held(key: Key, panel: KeyPanel, owner: Extension | None, hidden: Collection[int]) -> KeyInForce:
    of_oneself = owner is not None and key.extension_id == owner.pk
    return KeyInForce(
        position=key.position,
        kind=KeyKind.LINE if of_oneself else KeyKind(key.kind),
        label=label_of(key, owner),
        target="" if of_oneself else target_of(key),
        locked=key.locked,
        from_template=key.panel_id != panel.pk,
        visible=of_oneself or key.extension_id not in hidden,
        suspended=key.extension is not None and key.extension.is_suspended,
        key=key,
    )

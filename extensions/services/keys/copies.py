"""The same keys on other panels."""

from collections.abc import Iterable, Sequence

from extensions.models import KEY_POINTERS, Key, KeyKind, KeyPanel


def copies_of(keys: Iterable[Key], panels: Sequence[KeyPanel]) -> list[Key]:
    """New, unsaved keys like `keys` for each of `panels`.

    A personal speed dial becomes a plain number, except on the panel of the extension that it belongs to.
    """
    kept = list(keys)
    return [_copy(key, panel) for panel in panels for key in kept]


def _copy(key: Key, panel: KeyPanel) -> Key:
    dial = key.speed_dial
    facts = {"kind": key.kind, "label": key.label, "number": key.number, "locked": key.locked}
    facts |= {f"{pointer}_id": getattr(key, f"{pointer}_id") for pointer in KEY_POINTERS.values()}
    if dial is not None and dial.extension_id is not None and dial.extension_id != panel.extension_id:
        facts |= {"kind": KeyKind.CUSTOM_DIAL, "speed_dial_id": None, "number": dial.number}
        facts["label"] = (key.label or dial.label)[:30]
    return Key(panel=panel, position=key.position, **facts)

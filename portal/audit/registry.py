"""Which tables the log watches. Every model of ours is audited, or exempt with a reason (a contract test asks)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from auditlog.registry import auditlog
from django.db import models
from django.db.models.signals import m2m_changed  # noqa: TID251 - the log itself works by signals, no rule does

from portal.audit.labels import name_table
from portal.audit.many import watch_links
from portal.audit.masking import is_secret

_audited: dict[type[models.Model], frozenset[str]] = {}
_words: dict[tuple[str, str], tuple[Any, Callable[[Any], str]]] = {}
_exempt: dict[type[models.Model], str] = {}


def audited(
    model: type[models.Model] | None = None,
    *,
    label: Any,
    secrets: Iterable[str] = (),
    ignore: Iterable[str] = (),
    many: Iterable[str] = (),
    words: Mapping[str, tuple[Any, Callable[[Any], str]]] | None = None,
) -> Any:
    """Watch a model: creation, change, deletion and the links of its many-to-many fields in `many`.

    `label` is the Table column of the log (AUD-05). Fields in `secrets` appear as “changed”; encrypted fields and
    those named like a secret always do. Fields in `ignore` never appear. `words` maps a field to its label and to what
    makes words of a value, where the stored value is a code. Works as a call or as a class decorator.
    """
    if model is None:
        return _decorator(label=label, secrets=secrets, ignore=ignore, many=many, words=words)
    left_out = {*ignore, model._meta.pk.name}
    fields = [field for field in model._meta.concrete_fields if field.name not in left_out]
    hidden = {*secrets} | {field.name for field in fields if is_secret(field)}
    # Named one by one, because the library would otherwise read reverse relations, too: other tables, other schemas.
    auditlog.register(model, include_fields=[field.name for field in fields], mask_fields=sorted(hidden))
    for name in many:
        receiver = watch_links(model, name)
        through = getattr(model, name).through
        m2m_changed.connect(receiver, sender=through, weak=False, dispatch_uid=f"audit {model._meta.label} {name}")
    name_table(model, label)
    _words.update({(model._meta.label_lower, name): told for name, told in (words or {}).items()})
    _audited[model] = frozenset(hidden)
    return model


def exempt(model: type[models.Model], *, because: str) -> None:
    """Leave a model out of the log. The reason is read by people who review the list."""
    _exempt[model] = because


def secrets_of(model: type[models.Model]) -> frozenset[str]:
    """Names of the fields that the log never shows by value."""
    return _audited.get(model, frozenset())


def words_of(model: str, field: str) -> tuple[Any, Callable[[Any], str]] | None:
    """Label and words of a field of `model` (`app.model`); None where the field speaks for itself."""
    return _words.get((model, field))


def audited_models() -> list[type[models.Model]]:
    """Every watched model."""
    return list(_audited)


def exempt_models() -> dict[type[models.Model], str]:
    """Every model left out, with its reason."""
    return dict(_exempt)


def _decorator(**options: Any) -> Callable[[type[models.Model]], type[models.Model]]:
    def register(model: type[models.Model]) -> type[models.Model]:
        return audited(model, **options)

    return register

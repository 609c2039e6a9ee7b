"""Links of many-to-many fields: recorded as the list before and the list after."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from portal.audit.models import LogEntry

Names = list[str]


def watch_links(model: type[models.Model], field: str) -> Callable[..., None]:
    """A receiver that records who was linked to each instance of `model` by `field`."""

    def receiver(*, action: str, instance: Any, pk_set: Any, reverse: bool, **_: Any) -> None:
        if action == "pre_clear":
            instance._audit_cleared = _cleared(model, field, instance, reverse)
        elif action == "post_clear":
            for owner, before in instance.__dict__.pop("_audit_cleared", []):
                _write(owner, field, before, _linked(owner, field))
        elif action in ("post_add", "post_remove") and pk_set:
            _changed(model, field, instance, pk_set, reverse=reverse, added=action == "post_add")

    return receiver


def _changed(
    model: type[models.Model], field: str, instance: Any, pks: Iterable[Any], *, reverse: bool, added: bool
) -> None:
    if reverse:
        for owner in model._base_manager.filter(pk__in=pks):
            _one_changed(owner, field, [str(instance)], added=added)
    else:
        target = model._meta.get_field(field).related_model
        _one_changed(instance, field, _names(target._base_manager.filter(pk__in=pks)), added=added)


def _one_changed(owner: Any, field: str, moved: Names, *, added: bool) -> None:
    after = _linked(owner, field)
    before = [name for name in after if name not in moved] if added else sorted([*after, *moved])
    _write(owner, field, before, after)


def _cleared(model: type[models.Model], field: str, instance: Any, reverse: bool) -> list[tuple[Any, Names]]:
    owners = [instance]
    if reverse:
        owners = list(model._base_manager.filter(**{field: instance.pk}))
    return [(owner, _linked(owner, field)) for owner in owners]


def _linked(owner: Any, field: str) -> Names:
    # The manager's own query, not a prefetched list that was read before the change.
    return _names(getattr(type(owner), field).field.related_model._base_manager.filter(**_back(owner, field)))


def _back(owner: Any, field: str) -> dict[str, Any]:
    return {type(owner)._meta.get_field(field).related_query_name(): owner.pk}


def _names(found: models.QuerySet) -> Names:
    return sorted(map(str, found))


def _write(owner: Any, field: str, before: Names, after: Names) -> None:
    if before != after:
        LogEntry.objects.write(type(owner), owner, action=LogEntry.Action.UPDATE, changes={field: [before, after]})

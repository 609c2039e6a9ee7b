"""One set of keys for many extensions: a template linked or copied, or the keys of a colleague (BLF-05)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from extensions.keys.in_force import keys_in_force
from extensions.keys.phones import limits_of
from extensions.keys.words import JOINED
from extensions.models import Extension, Key, KeyPanel
from extensions.services.configuration import configuration_changed
from extensions.services.keys.copies import copies_of
from extensions.services.keys.fill import FIELDS, write_keys
from extensions.services.keys.order import SHOWN
from extensions.services.keys.panels import lock_panel
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.bulk import SetChanged
from portal.core.errors import DomainError


class NoTargets(DomainError):
    """None of the chosen extensions can get these keys."""


class NotLinked(DomainError):
    """The panel follows no template."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An extension that cannot get the keys, and why."""

    extension: Extension
    sentence: str


@dataclass(frozen=True, slots=True)
class SpreadPlan:
    """Who gets the keys, who cannot, and how many of those who do have keys already."""

    fitting: Sequence[Extension]
    refused: Sequence[Refused]
    having_keys: int


def plan_spread(*, keys: Sequence[Key], extensions: Sequence[Extension]) -> SpreadPlan:
    """What putting `keys` on `extensions` would do, in three queries: each telephone's limit is asked."""
    needed = max((key.position for key in keys), default=-1) + 1
    limits = limits_of(extensions)
    fitting = [one for one in extensions if limits[one.pk] >= needed]
    refused = [
        Refused(
            one,
            _("The last of these keys is number %(needed)d; this telephone has %(limit)d.")
            % {"needed": needed, "limit": limits[one.pk]},
        )
        for one in extensions
        if limits[one.pk] < needed
    ]
    having = KeyPanel.objects.filter(extension__in=[one.pk for one in fitting], keys__isnull=False).distinct()
    return SpreadPlan(fitting, refused, having.count())


@transaction.atomic
def apply_template(
    *, template: KeyPanel, extensions: Sequence[Extension], linked: bool, by: User, expected: int | None = None
) -> SpreadPlan:
    """Put the template on those of `extensions` whose telephones have keys enough, and return who got it and who not.

    Linked, their panels follow it and own keys stay where it has none; otherwise they get a copy that replaces what
    was there and can be compared later. Raises NoTargets, and SetChanged unless `expected` extensions get it.
    """
    keys = list(template.keys.select_related(*JOINED))
    plan = _plan(keys, extensions, expected)
    _spread(plan.fitting, keys=[] if linked else keys, replace=not linked, template=template, linked=linked)
    configuration_changed(by=by)
    return plan


@transaction.atomic
def copy_keys(
    *, source: Extension, extensions: Sequence[Extension], by: User, expected: int | None = None
) -> SpreadPlan:
    """Replace the keys of `extensions` by those that hold for `source`. Raises what `apply_template` raises."""
    keys = [one.key for one in keys_in_force(source)]
    plan = _plan(keys, [one for one in extensions if one.pk != source.pk], expected)
    _spread(plan.fitting, keys=keys, replace=True, template=None, linked=False)
    configuration_changed(by=by)
    return plan


@transaction.atomic
def give_up_link(*, panel: KeyPanel, keep_keys: bool, by: User, version: int | None = None) -> KeyPanel:
    """Let the panel stop following its template: with its keys as a copy, or back to the panel's own keys.

    Raises NotLinked and ChangedMeanwhile.
    """
    locked = lock_panel(panel, version)
    if not locked.linked or locked.template is None:
        raise NotLinked(_("These keys follow no template."))
    if keep_keys:
        keys = list(locked.template.keys.select_related(*JOINED))
        _remove(Key.objects.filter(panel=locked, position__in=[key.position for key in keys]))
        write_keys(copies_of(keys, [locked]))
    else:
        locked.template = None
    locked.linked = False
    locked.save(update_fields=["linked", "template"])
    configuration_changed(by=by)
    return locked


def _plan(keys: Sequence[Key], extensions: Sequence[Extension], expected: int | None) -> SpreadPlan:
    plan = plan_spread(keys=keys, extensions=extensions)
    if not plan.fitting:
        raise NoTargets(_("None of these extensions has a telephone with keys enough."))
    if expected is not None and len(plan.fitting) != expected:
        raise SetChanged
    return plan


def _spread(
    extensions: Sequence[Extension], *, keys: Sequence[Key], replace: bool, template: KeyPanel | None, linked: bool
) -> None:
    ids = [one.pk for one in extensions]
    there = set(KeyPanel.objects.filter(extension__in=ids).values_list("extension_id", flat=True))
    # audit: recorded with the change below
    KeyPanel.objects.bulk_create([KeyPanel(extension_id=pk) for pk in ids if pk not in there], ignore_conflicts=True)
    # Always in the same order, so that two of these never wait for each other.
    panels = list(KeyPanel.objects.filter(extension__in=ids).order_by("pk").select_for_update())
    rows = KeyPanel.objects.filter(pk__in=[panel.pk for panel in panels])
    changes = {"template_id": template.pk if template else None, "linked": linked}
    record_set(rows.annotate(shown=F("extension__number")), verb=Verb.PUT, changes=changes, name="shown")
    # audit: written above, from the same locked rows
    rows.update(version=F("version") + 1, template=template, linked=linked)
    if replace:
        _remove(Key.objects.filter(panel__in=panels))
        write_keys(copies_of(keys, panels))


def _remove(rows: QuerySet[Key]) -> None:
    record_set(rows.annotate(shown=SHOWN), verb=Verb.DELETE, fields=FIELDS, name="shown")
    # audit: written above, from the same rows
    rows.delete()

"""Finding the panel that is changed, and who may change which of its keys."""

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.keys.phones import fittings, limit_of
from extensions.models import Extension, Key, KeyPanel, Phone
from portal.core.errors import DomainError
from portal.core.versions import ChangedMeanwhile, lock_version


class KeyLocked(DomainError):
    """An administrator wants this key to stay as it is."""


class KeyOfTemplate(DomainError):
    """The key is the template's; it is changed there."""


class NoSuchKey(DomainError):
    """The telephone has no such key."""


def panel_for(extension: Extension) -> KeyPanel:
    """The extension's panel; where nobody has made one, a new one that is not saved yet (version 0)."""
    found = KeyPanel.objects.select_related("template").filter(extension=extension).first()
    panel = found or KeyPanel(extension=extension, version=0)
    panel.extension = extension
    return panel


def lock_panel(panel: KeyPanel, version: int | None = None) -> KeyPanel:
    """The panel, locked for change, with its version counted up and saved. Raises ChangedMeanwhile."""
    if panel.pk is None:
        with transaction.atomic():
            made, is_new = KeyPanel.objects.get_or_create(extension=panel.extension)
        if is_new:
            return made
        if version is not None:
            raise ChangedMeanwhile(made)
        panel = made
    locked: KeyPanel = lock_version(KeyPanel, panel.pk, version)
    locked.save(update_fields=["version"])
    return locked


def limit_for(panel: KeyPanel) -> int:
    """How many keys fit: what the largest telephone of the extension has, or the model that it was drawn for."""
    owned = list(Phone.objects.filter(extension=panel.extension_id)) if panel.extension_id else []
    return limit_of(fittings(owned, panel))


def demand_position(panel: KeyPanel, *positions: int, field: str | None = None) -> None:
    """Raise NoSuchKey unless all positions are keys that the telephone has."""
    limit = limit_for(panel)
    if any(not 0 <= position < limit for position in positions):
        raise NoSuchKey(_("This telephone has %(limit)d keys. Choose one of them.") % {"limit": limit}, field=field)


def demand_free_of_template(panel: KeyPanel, *positions: int) -> None:
    """Raise KeyOfTemplate where the panel follows a template that says something about one of the positions."""
    if panel.linked and Key.objects.filter(panel=panel.template_id, position__in=positions).exists():
        raise KeyOfTemplate(
            _("This key comes from the template “%(name)s”. Change it there, or give up the link.")
            % {"name": panel.template}
        )


def demand_unlocked(keys: list[Key], *, respect_locks: bool) -> None:
    """Raise KeyLocked where one of the keys is locked and locks bind whoever asks."""
    if respect_locks and any(key.locked for key in keys):
        raise KeyLocked(_("Your administrator has locked this key."))

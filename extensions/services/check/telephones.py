"""Keys that watch somebody hidden, and places that emergency services would not be told (BLF-06, EXT-16)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.emergency import PLACE, demanding_source
from extensions.models import Key, KeyKind
from extensions.services.check.problems import Problem, Survey, called
from extensions.settings.catalogue.presence import Visibility
from portal.core.sentences import Sentence

VISIBILITY = "monitoring.visibility"


def keys_of_hidden_people(survey: Survey) -> Iterator[Problem]:
    """Keys of colleagues and of templates whose lamp stays dark, because the watched one does not want to be seen."""
    extensions = survey.snapshot.extensions
    hidden = [one.id for one in extensions.values() if one.settings[VISIBILITY].value == Visibility.HIDDEN]
    keys = Key.objects.filter(kind=KeyKind.PRESENCE, extension__in=hidden).select_related("panel__extension")
    for key in keys.order_by("pk"):
        owner = key.panel.extension
        if owner is not None and owner.pk == key.extension_id:
            continue  # on the own telephone such a key is a line
        watched = extensions[key.extension_id or 0]
        text = _("Key %(place)d watches %(name)s, whose calls are not visible: its lamp stays dark.")
        page = ("extensions:keys", owner.number) if owner else ("extensions:key_template", key.panel_id)
        yield Problem(
            subject=str(key.pk),
            name=str(key.panel),
            text=Sentence(text, {"place": key.position + 1, "name": called(watched)}),
            url=reverse(page[0], args=[page[1]]),
        )


def emergency_places_missing(survey: Survey) -> Iterator[Problem]:
    """Extensions without a place, in countries that demand one; where nobody has one, told once for the company."""
    source = demanding_source()
    if not source:
        return
    extensions = survey.snapshot.extensions.values()
    missing = [one for one in extensions if not one.settings[PLACE].value]
    said = {"source": source, "n": len(missing)}
    if missing and not survey.snapshot.company[PLACE].value:
        text = Sentence(_("Emergency services are told no place for %(n)d extensions. Demanded by: %(source)s."), said)
        yield Problem("company", Sentence(_("Company")), text, reverse("extensions:calls_section", args=["caller-id"]))
        return
    for one in missing:
        text = Sentence(_("Emergency services are told no place. Demanded by: %(source)s."), said)
        yield Problem(str(one.id), called(one), text, reverse("extensions:extension_emergency", args=[one.number]))

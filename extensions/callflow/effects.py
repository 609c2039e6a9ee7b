"""What each row of a profile does in effect, whether its forward is ticked or not (CTL-01, CTL-02)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from extensions.callflow.profiles import Forward, Profile, profile_of, taker
from extensions.callflow.words import taken_words
from extensions.models import DestinationKind, Extension, StatusKind
from extensions.settings.catalogue.forwarding import Condition, Origin, conditions_of, key_of
from extensions.settings.resolve import Effective


def row_effects(
    settings: Mapping[str, Effective], kind: StatusKind, extension: Extension | None = None
) -> dict[str, str]:
    """A sentence for each condition of the profile `kind`, by the key of its switch.

    `settings` is what holds (settings.subjects.effective_settings over `sentence_settings()`), `extension` whose they
    are, where they are an extension's.
    """
    box = bool(settings["voicemail.enabled"].value)

    def leads_back(to: Any) -> bool:
        return extension is not None and to.kind == DestinationKind.EXTENSION and to.extension_id == extension.pk

    found = {}
    for origin in Origin:
        profile = profile_of(settings, kind, origin)
        taken = {one: taker(profile, one, box=box, leads_back=leads_back) for one in Condition}
        forwarded = Condition.ALWAYS in conditions_of(kind) and isinstance(taken[Condition.ALWAYS], Forward)
        for condition in conditions_of(kind):
            if forwarded and condition is not Condition.ALWAYS:
                words = _("Never asked: every call is forwarded at once.")
            elif condition is Condition.ALWAYS and not forwarded:
                words = _("Calls ring first.")
            else:
                words = _sentence(profile, condition, taken_words(taken[condition], box))
            found[key_of(kind, origin, condition)] = words
    return found


def _sentence(profile: Profile, condition: Condition, to: str) -> str:
    if profile.kind is StatusKind.DND:
        pattern = _("Nothing rings. Callers get: %(to)s.")
    elif condition is Condition.NO_ANSWER:
        pattern = _("After %(seconds)d s callers get: %(to)s.")
    else:
        pattern = _("Callers get: %(to)s.")
    return pattern % {"to": to, "seconds": profile.ring_seconds}

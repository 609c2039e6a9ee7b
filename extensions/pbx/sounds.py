"""What people uploaded, as a PBX plays it (VM-04, SEC-07)."""

from collections.abc import Mapping
from functools import partial
from typing import TypedDict

from django.core.files.storage import default_storage

from extensions.pbx.driver import NotConverted, Sound
from extensions.pbx.facts import SoundFacts, TenantFacts
from extensions.services.audio.telephone import Unplayable, telephone_wav


class Sounds(TypedDict):
    """The sounds of a change."""

    announcements: Mapping[int, Sound]
    greetings: Mapping[int, Sound]


def sounds_of(facts: TenantFacts) -> Sounds:
    """Announcements by id and greetings by box. The tenant's schema must be active; reading needs none."""
    known = {id: _sound(one) for id, one in facts.sounds.items()}
    greetings = {box: known[one.greeting] for box, one in facts.boxes.items() if one.greeting in known}
    return {
        "announcements": {id: known[id] for id in facts.snapshot.announcements if id in known},
        "greetings": greetings,
    }


def _sound(facts: SoundFacts) -> Sound:
    return Sound(facts.sha256, partial(_read, default_storage.path(facts.path)))


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as kept:
            return telephone_wav(kept.read())
    except (OSError, Unplayable) as fault:
        raise NotConverted(str(fault)) from fault

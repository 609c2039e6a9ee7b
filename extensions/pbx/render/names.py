"""What things are called on the PBX. Ids, not numbers, so that renumbering moves nothing but what is dialled.

Limits of names: PHONE-SYSTEM 2.1. Slugs are schema names (`t2`), at most 20 characters.
"""

from functools import lru_cache

from extensions.pbx.formats.values import digits, host, word

REMEMBERED = 20_000  # pieces of configuration about one extension each: most are the same at the next change

SOUNDS = "sounds"  # the folder of a tenant's announcements, below its own


@lru_cache(maxsize=REMEMBERED)
def endpoint(number: str, fqdn: str) -> str:
    """An extension's endpoint, address of record and sign-in: Asterisk looks it up by user and domain."""
    return f"{digits(number)}@{host(fqdn)}"


def queue(slug: str, team: int) -> str:
    """Queue names are global, so the slug is part of them."""
    return f"{word(slug)}-g{team:d}"


def member(slug: str, extension: int) -> str:
    """How a team's queue calls an extension: through our own context, so that its status counts."""
    return f"Local/{extension:d}@{word(slug)}-member/n"


def mailbox(slug: str, box: int) -> str:
    """A voicemail box with its context."""
    return f"{box:d}@{word(slug)}"


def room(slug: str, conference: int) -> str:
    """A conference, and the profile of its bridge."""
    return f"{word(slug)}-c{conference:d}"


def do_not_disturb(slug: str, number: str) -> str:
    """The device whose lamp is lit while somebody does not want to be disturbed. By number: patterns make hints."""
    return f"Custom:{word(slug)}-dnd-{number}"


def status_device(slug: str, number: str, kind: str) -> str:
    """The device whose lamp is lit while an extension has this status."""
    return f"Custom:{word(slug)}-is-{kind}-{number}"


def status_key(slug: str, extension: int) -> str:
    """Where the PBX keeps the status of an extension: `kind:epoch`."""
    return f"tl/{word(slug)}/status/{extension:d}"


def announcement(sound: int) -> str:
    """What the file of an announcement is called, without its ending."""
    return f"a{sound:d}"

"""Voicemail boxes, by id. Mail about messages is sent by the portal, in its own words and with its own log (VM-03).

Nothing plays or mails the names of boxes here. Left out, a changed name does not let Asterisk read all boxes again,
which takes it longer than everything else.
"""

from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.ini import Options, write_ini
from extensions.pbx.formats.values import NotEmittable, word

_MINUTE = 60
_SPARE = 100  # boxes for each that is there before it is needed


def render_voicemail(facts: TenantFacts) -> str:
    """voicemail.conf of one tenant: `box => PIN,,,,options`."""
    snapshot = facts.snapshot
    options = Options()
    zone = f"tz={zone_name(facts)}"
    seconds = int(snapshot.company["voicemail.box_minutes"].value) * _MINUTE
    for box in boxes_of(facts):
        pin = facts.boxes[box].pin if box in facts.boxes else ""
        if not (pin == "" or pin.isascii() and pin.isdigit()):
            raise NotEmittable(f"the PIN of box {box} is not made of digits")
        # Without a PIN the box opens only from its own telephone: a dash first forbids every PIN.
        options.add(f"{box:d}", f"{pin or '-'},,,,{zone}|maxsecs={min(seconds, 3600)}|envelope=yes")
    return write_ini([options.section(word(snapshot.tenant))], arrow=True)


def boxes_of(facts: TenantFacts) -> list[int]:
    """The ids of a tenant's boxes and, of a large tenant, of those that come next.

    Asterisk reads all boxes for one more, in a second where there are six thousand. A new box has no PIN; so it is
    there already, and only one in many new ones lets them be read. Nothing leads to a box that has no owner yet.
    """
    known = sorted(facts.snapshot.mailboxes)
    some = len(known) // _SPARE
    if not some:
        return known
    step = 1 << (some.bit_length() - 1)  # moves only when a company doubles
    return [*known, *range(known[-1] + 1, (known[-1] // step + 2) * step)]


def zone_name(facts: TenantFacts) -> str:
    """What the main file calls the tenant's time zone: letters and digits; `+` in words, or GMT+1 would be GMT-1."""
    return "".join(sign for sign in facts.snapshot.zone.key.lower().replace("+", "plus") if sign.isalnum())

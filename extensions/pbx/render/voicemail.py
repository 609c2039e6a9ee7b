"""Voicemail boxes, by id. Mail about messages is sent by the portal, in its own words and with its own log (VM-03).

Nothing plays or mails the names of boxes here. Left out, a changed name does not let Asterisk read all boxes again,
which takes it longer than everything else.
"""

from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.ini import Options, write_ini
from extensions.pbx.formats.values import NotEmittable, word

_MINUTE = 60


def render_voicemail(facts: TenantFacts) -> str:
    """voicemail.conf of one tenant: `box => PIN,,,,options`."""
    snapshot = facts.snapshot
    options = Options()
    zone = f"tz={zone_name(facts)}"
    seconds = int(snapshot.company["voicemail.box_minutes"].value) * _MINUTE
    for box in snapshot.mailboxes.values():
        pin = facts.boxes[box.id].pin if box.id in facts.boxes else ""
        if not (pin == "" or pin.isascii() and pin.isdigit()):
            raise NotEmittable(f"the PIN of box {box.id} is not made of digits")
        # Without a PIN the box opens only from its own telephone: a dash first forbids every PIN.
        options.add(f"{box.id:d}", f"{pin or '-'},,,,{zone}|maxsecs={min(seconds, 3600)}|envelope=yes")
    return write_ini([options.section(word(snapshot.tenant))], arrow=True)


def zone_name(facts: TenantFacts) -> str:
    """What the main file calls the tenant's time zone: letters and digits; `+` in words, or GMT+1 would be GMT-1."""
    return "".join(sign for sign in facts.snapshot.zone.key.lower().replace("+", "plus") if sign.isalnum())

"""A PIN that somebody chose on the telephone becomes the PIN of the box (VM-02)."""

from collections.abc import Mapping

from django.db import transaction

from extensions.models import Mailbox
from extensions.services.configuration import configuration_changed


@transaction.atomic
def learn_pins(pins: Mapping[int, str]) -> int:
    """Take over the PINs, by box, that telephones set; how many differed from ours.

    It is already in force, so that the rules for good PINs come too late for it: the PBX asks for four digits. A link
    under way would show another PIN, and ends.
    """
    learnt = 0
    for box in Mailbox.objects.select_for_update(of=("self",)).filter(pk__in=pins).order_by("pk"):
        if box.pin != pins[box.pk]:
            box.pin, box.link_token = pins[box.pk], ""
            box.save(update_fields=["pin", "link_token"])
            learnt += 1
    if learnt:
        configuration_changed(by=None)
    return learnt

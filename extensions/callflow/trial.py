"""“Test a number”: a decision for an extension, or for a set of rules by itself (CTL-06)."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from extensions.callflow.outgoing import Decision, outgoing_decision
from extensions.models import Level
from extensions.settings.resolve import Effective, Said
from extensions.snapshot.facts import Snapshot
from portal.core.errors import DomainError


class NoSuchExtension(DomainError):
    """Nobody dials from there."""


def try_number(snapshot: Snapshot, number: str, at: datetime, *, extension: str = "", rule_set: int = 0) -> Decision:
    """The decision about `number` dialled at `at` by the extension with that number, or under a set of rules alone.

    Raises NoSuchExtension on `extension`.
    """
    if extension:
        found = snapshot.by_number(extension)
        if found is None:
            raise NoSuchExtension(_("There is no extension %(number)s.") % {"number": extension}, field="extension")
        return outgoing_decision(snapshot, found, number, at)
    held = snapshot.company["outgoing.rules"]
    said = Said(Level.TENANT, rule_set or held.value)
    chosen = Effective(held.setting, said.value, said, here=True, locked_by=None, inherited=held.value)
    trial = replace(snapshot, company={**snapshot.company, "outgoing.rules": chosen})
    return outgoing_decision(trial, None, number, at)

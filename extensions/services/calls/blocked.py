"""Blocking callers and numbers, and letting them through again (CTL-05)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import BlockAction, BlockDirection, BlockedCaller, BlockMatch, Extension
from extensions.services.calls.patterns import clean_number, clean_prefix
from extensions.services.configuration import configuration_changed
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError

FIELDS = ("match", "pattern", "direction", "action", "note")


class BlockedAlready(DomainError):
    """The list has this caller in this direction."""


class OnlyIncoming(DomainError):
    """Callers without a number can only be blocked when they call."""


@dataclass(frozen=True, slots=True)
class Blocking:
    """One line of the list, as typed. `checked()` gives it with a comparable pattern."""

    match: BlockMatch
    pattern: str
    direction: BlockDirection
    action: BlockAction
    note: str = ""

    def checked(self) -> "Blocking":
        """Raises NotAPattern and OnlyIncoming on the field."""
        if self.match is BlockMatch.ANONYMOUS:
            if self.direction is not BlockDirection.IN:
                raise OnlyIncoming(_("Callers without a number can only be blocked for incoming calls."),
                                   field="direction")  # fmt: skip
            return Blocking(self.match, "", self.direction, self.action, self.note)
        clean = clean_number if self.match is BlockMatch.NUMBER else clean_prefix
        return Blocking(self.match, clean(self.pattern), self.direction, self.action, self.note)

    @property
    def key(self) -> tuple[str, str, str]:
        """What may stand once in a list."""
        return self.match.value, self.pattern, self.direction.value


@transaction.atomic
def block_caller(*, extension: Extension | None, blocking: Blocking, by: User) -> BlockedCaller:
    """Add one line to the list of `extension`, or of the company, and return it.

    Raises NotAPattern, OnlyIncoming and BlockedAlready.
    """
    checked = blocking.checked()
    values = {name: getattr(checked, name) for name in FIELDS}
    with refusing({"blocked_caller_once": BlockedAlready(_("This is in the list already."), field="pattern")}):
        row = BlockedCaller.objects.create(extension=extension, **values)
    configuration_changed(by=by)
    return row


@transaction.atomic
def unblock_caller(*, blocked: BlockedCaller, by: User) -> None:
    """Take one line out of its list."""
    blocked.delete()
    configuration_changed(by=by)


@transaction.atomic
def import_blocked(*, extension: Extension | None, lines: Sequence[Blocking], by: User) -> int:
    """Add many checked lines at once and return how many were new; what is in the list already stays as it is.

    Raises BlockedAlready where somebody else added one of them at the same moment.
    """
    known = set(BlockedCaller.objects.filter(extension=extension).values_list("match", "pattern", "direction"))
    fresh = {line.key: line for line in lines if line.key not in known}
    rows = [
        BlockedCaller(extension=extension, **{name: getattr(line, name) for name in FIELDS}) for line in fresh.values()
    ]
    too_late = BlockedAlready(_("Somebody added one of these lines a moment ago. Check the file again."))
    with refusing({"blocked_caller_once": too_late}):
        # audit: recorded below, as a set
        made = BlockedCaller.objects.bulk_create(rows)
    if made:
        record_set(
            BlockedCaller.objects.filter(pk__in=[row.pk for row in made]),
            verb=Verb.POST, fields=FIELDS, name="pattern",
        )  # fmt: skip
        configuration_changed(by=by)
    return len(made)

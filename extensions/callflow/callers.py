"""Who calls, and whether a pattern of digits means a number."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from extensions.settings.catalogue.forwarding import Origin
from extensions.snapshot.facts import ExtensionFacts, Snapshot
from portal.core.phone_numbers import NotANumber, for_people, to_e164


@dataclass(frozen=True, slots=True)
class Caller:
    """`number` is an internal number, or E.164, or empty: then the caller withholds it."""

    number: str = ""
    extension: ExtensionFacts | None = None

    @property
    def is_anonymous(self) -> bool:
        return not self.number

    @property
    def origin(self) -> Origin:
        """Calls of colleagues come from inside, all others from outside."""
        return Origin.INTERNAL if self.extension is not None else Origin.EXTERNAL

    @property
    def words(self) -> str:
        """The caller as people read it."""
        if self.extension is not None:
            return f"{self.extension.number} {self.extension.name}"
        return for_people(self.number) if self.number else _("a caller without a number")


def caller_of(snapshot: Snapshot, typed: str) -> Caller:
    """The caller that `typed` means: nothing for anonymous, an extension's number, or an outside number.

    Raises NotANumber where it is none of them.
    """
    text = "".join(typed.split())
    if not text:
        return Caller()
    own = snapshot.by_number(text)
    if own is not None:
        return Caller(own.number, own)
    if text.isdigit() and len(text) <= 5:  # noqa: PLR2004 - the longest internal number
        raise NotANumber(_("No extension here has the number %(number)s.") % {"number": text})
    return Caller(to_e164(text, country=snapshot.country))


def begins_with(number: str, prefix: str) -> bool:
    """Whether `number` lies under `prefix`: `+65` covers outside numbers, `10` internal ones; never each other."""
    return bool(number) and number.startswith(prefix)

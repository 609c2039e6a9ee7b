"""Where calls go, as a value that services take and forms give, and how it becomes a row."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from extensions.models import AudioFile, ConferenceRoom, Destination, DestinationKind, Extension, Mailbox, Team
from extensions.models.destination import POINTERS
from portal.core.errors import DomainError
from portal.core.phone_numbers import NotANumber, to_e164


class NoSuchTarget(DomainError):
    """Nothing here has that number or name."""


@dataclass(frozen=True, slots=True)
class Target:
    """A kind and what it points at: an object for the kinds of POINTERS, an E.164 number for NUMBER, else nothing."""

    kind: DestinationKind
    object: Any = None
    number: str = ""

    @classmethod
    def of(cls, row: Destination) -> "Target":
        """The value of a stored destination."""
        kind = DestinationKind(row.kind)
        pointer = POINTERS.get(kind)
        return cls(kind, getattr(row, pointer) if pointer else None, row.number)

    @property
    def typed(self) -> str:
        """What a person types into a form for it: a number, or a name."""
        if self.kind is DestinationKind.NUMBER:
            return self.number
        return _typed(self.object) if self.object is not None else ""

    def __str__(self) -> str:
        label = str(self.kind.label)
        pointed = self.object or self.number
        return f"{label}: {pointed}" if pointed else label


def write_destination(row: Destination | None, target: Target | None) -> Destination | None:
    """Write `target` into `row`, or into a new row, and return it; without a target the row is deleted.

    A row that says the same already is left alone.
    """
    if target is None:
        if row is not None:
            row.delete()
        return None
    written = row or Destination()
    if row is not None and Target.of(row) == target:
        return row
    written.kind = target.kind
    written.number = target.number
    for kind, pointer in POINTERS.items():
        setattr(written, pointer, target.object if kind is target.kind else None)
    written.save()
    return written


def find_target(kind: DestinationKind, typed: str, *, field: str) -> Target:
    """The target that a person means by `typed`, in three queries at most.

    Extensions, teams, boxes and rooms are found by their number, teams and announcements also by name; an outside
    number is read with the company's country. Raises NoSuchTarget and NotANumber on `field`.
    """
    text = " ".join(typed.split())
    if kind is DestinationKind.NUMBER:
        return Target(kind, number=_outside(text, field))
    if kind not in POINTERS:
        return Target(kind)
    found = _FINDERS[kind](text) if text else None
    if found is None:
        raise NoSuchTarget(_missing(kind, text), field=field)
    return Target(kind, found)


def offered_targets(kind: DestinationKind, text: str, *, most: int = 20) -> list[tuple[str, str]]:
    """(what to type, words beside it) of up to `most` targets of a kind that fit `text`; one query."""
    if kind not in _OFFERED:
        return []
    rows, columns = _OFFERED[kind]
    fits = Q()
    for column in columns:
        fits |= Q(**{f"{column}__icontains": text.strip()})
    found = rows().filter(fits).order_by(columns[0], "pk")[:most]
    return [(_typed(one), str(one)) for one in found]


def _outside(text: str, field: str) -> str:
    if not text:
        raise NoSuchTarget(_("Type the outside number that calls go to."), field=field)
    try:
        return to_e164(text, country=connection.tenant.country, field=field)
    except NotANumber as fault:
        raise NotANumber(str(fault), field=field) from fault


def _number_of(text: str) -> str:
    return text.split(" ", 1)[0]


def _extension(text: str) -> Extension | None:
    return Extension.objects.filter(number=_number_of(text)).first()


def _team(text: str) -> Team | None:
    by_name = Team.objects.filter(name__iexact=text).first()
    return by_name or Team.objects.filter(number=_number_of(text)).exclude(number="").first()


def _mailbox(text: str) -> Mailbox | None:
    return Mailbox.objects.filter(extension=None, number=_number_of(text)).first()


def _conference(text: str) -> ConferenceRoom | None:
    return ConferenceRoom.objects.filter(number=_number_of(text)).first()


def _announcement(text: str) -> AudioFile | None:
    return AudioFile.objects.filter(name__iexact=text, purpose="announcement").first()


_FINDERS: dict[DestinationKind, Any] = {
    DestinationKind.EXTENSION: _extension,
    DestinationKind.TEAM: _team,
    DestinationKind.MAILBOX: _mailbox,
    DestinationKind.CONFERENCE: _conference,
    DestinationKind.ANNOUNCEMENT: _announcement,
}


# Where to look for what is offered: rows, and the columns that are searched; the first one is the order.
_OFFERED: dict[DestinationKind, Any] = {
    DestinationKind.EXTENSION: (Extension.objects.all, ("number", "directory_name")),
    DestinationKind.TEAM: (Team.objects.all, ("name", "number")),
    DestinationKind.MAILBOX: (lambda: Mailbox.objects.filter(extension=None), ("number", "name")),
    DestinationKind.CONFERENCE: (ConferenceRoom.objects.all, ("number", "name")),
    DestinationKind.ANNOUNCEMENT: (lambda: AudioFile.objects.filter(purpose="announcement"), ("name",)),
}


def _typed(found: Any) -> str:
    return getattr(found, "number", "") or str(found)


def _missing(kind: DestinationKind, text: str) -> str:
    if not text:
        return _("Say which one.")
    sentences = {
        DestinationKind.EXTENSION: _("There is no extension “%(text)s”."),
        DestinationKind.TEAM: _("There is no team “%(text)s”."),
        DestinationKind.MAILBOX: _("There is no shared voicemail box “%(text)s”."),
        DestinationKind.CONFERENCE: _("There is no conference room “%(text)s”."),
        DestinationKind.ANNOUNCEMENT: _("There is no announcement “%(text)s”."),
    }
    return sentences[kind] % {"text": text[:60]}

"""PINs of voicemail boxes and conference rooms: typed on telephones, so digits; not ones that people guess (VM-02)."""

import re
import secrets

from django.utils.translation import gettext as _

from portal.core.errors import DomainError

LEAST, MOST = 4, 10
NEW_LENGTH = 6
_SHAPE = re.compile(r"[0-9]{4,10}")
_BLOCK_AGAIN = re.compile(r"([0-9]+?)\1+")  # 1111, 1212, 123123
_DOUBLES = re.compile(r"(?:([0-9])\1)+")  # 1122, 334455


class BadPin(DomainError):
    """The PIN has another shape, or is one of the first that somebody would try."""


def demand_good_pin(pin: str, *, own_number: str = "", field: str = "pin") -> None:
    """Raise BadPin, on `field`, unless `pin` is 4 to 10 digits and not trivial.

    Trivial are runs up or down (1234, 9876), repeated digits or blocks (1111, 1212, 123123), pairs (1122), and the
    number that the box or room itself is dialled by.
    """
    if not _SHAPE.fullmatch(pin):
        raise BadPin(_("Use 4 to 10 digits."), field=field)
    if own_number and pin.lstrip("0") == own_number.lstrip("0"):
        raise BadPin(_("Use another PIN than the number itself."), field=field)
    if _is_run(pin) or _BLOCK_AGAIN.fullmatch(pin) or _DOUBLES.fullmatch(pin):
        raise BadPin(
            _("Choose one that is harder to guess: no run such as 1234, no repeated digits such as 1111 or 1212."),
            field=field,
        )


def new_pin(*, own_number: str = "") -> str:
    """Six random digits that `demand_good_pin` accepts."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _place in range(NEW_LENGTH))
        try:
            demand_good_pin(pin, own_number=own_number)
        except BadPin:
            continue
        return pin


def _is_run(pin: str) -> bool:
    """1234, 7890, 4321, 0987: each digit one more or one less than the one before, 0 following 9."""
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    return steps in ({1}, {9})

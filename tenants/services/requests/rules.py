"""Shapes of what is typed on the Tenant tab (REG-05 to REG-09): pure functions, one sentence for each wrong form.

Each takes the trimmed text and returns the value to keep, or raises WrongShape. Whether a name is taken is asked
elsewhere (`tenants.services.names`): that needs the database.
"""

import re
import unicodedata
from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from tenants.services.names import RESERVED
from tenants.services.personnel import logon, personnel_id

LOGON_LONGEST = 150
NAME_LENGTHS = (2, 63)
SHORT_NAME_LENGTHS = (2, 12)
USER_NAME_LENGTHS = (2, 32)
SUFFIX_LONGEST = 253

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_PLAIN = re.compile(r"[A-Za-z0-9]+")
_USER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.]*")
_MACHINE_NAME = re.compile(r"t[0-9]+|tpl[0-9]*(v[0-9]+)?")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class WrongShape(DomainError):
    """The text has a shape that cannot work."""


def clean_name(text: str) -> str:
    """The tenant's name: letters and digits, 2 to 63 (REG-05)."""
    _demand_plain(text, example="KentonElectronics")
    _demand_length(text, *NAME_LENGTHS)
    _demand_free_word(text)
    return text


def clean_short_name(text: str) -> str:
    """The short name: letters and digits, 2 to 12, a letter first, no reserved word (REG-06)."""
    _demand_plain(text, example="ke")
    if not text[0].isalpha():
        raise WrongShape(_("Start with a letter."))
    _demand_length(text, *SHORT_NAME_LENGTHS)
    _demand_free_word(text)
    return text


def clean_suffix(text: str) -> str:
    """The UPN suffix: a DNS domain in lower case (REG-07)."""
    suffix = text.lower()
    demand_visible(suffix)
    if "@" in suffix:
        raise WrongShape(_("Leave out the @ and what stands before it: kenton-electronics.com."))
    if "/" in suffix or ":" in suffix:
        raise WrongShape(_("Leave out https:// and everything after the domain: kenton-electronics.com."))
    if re.search(r"\s", suffix):
        raise WrongShape(_("Leave out spaces."))
    if "_" in suffix:
        raise WrongShape(_("Leave out underscores."))
    _demand_latin(suffix)
    if len(suffix) > SUFFIX_LONGEST:
        raise WrongShape(_too_long(suffix, SUFFIX_LONGEST))
    _demand_domain(suffix.split("."))
    if suffix in (settings.PORTAL_BASE_DOMAIN, settings.PORTAL_MANAGEMENT_FQDN):
        raise WrongShape(_("This domain belongs to the provider. Use the company's own domain."))
    return suffix


def clean_user_name(text: str) -> str:
    """The administrator's user name: a letter, then letters, digits and dots, 2 to 32 in all (REG-08)."""
    demand_visible(text)
    if re.search(r"\s", text):
        raise WrongShape(_("Leave out spaces."))
    if "_" in text:
        raise WrongShape(_("Leave out underscores."))
    if "@" in text:
        raise WrongShape(_("Leave out the @ and what follows: the UPN suffix is added by the system."))
    _demand_latin(text)
    if text[:1] and not text[0].isalpha():
        raise WrongShape(_("Start with a letter."))
    if not _USER_NAME.fullmatch(text):
        raise WrongShape(_("Use letters, digits and dots only: leave out “%(sign)s”.") % {"sign": _odd(text, ".")})
    _demand_length(text, *USER_NAME_LENGTHS)
    return text


def demand_fitting_logon(*, user_name: str, suffix: str) -> None:
    """Raise WrongShape, on the suffix, when the whole logon would be longer than a logon can be."""
    if len(logon(user_name, suffix)) > LOGON_LONGEST:
        message = _("The logon %(id)s@… may have at most %(longest)d characters. Use a shorter suffix.")
        raise WrongShape(message % {"id": personnel_id(user_name), "longest": LOGON_LONGEST}, field="upn_suffix")


def readings(text: str) -> set[str]:
    """What the eye may take `text` for, in lower case: 0 as o, 1 as l or i, a capital I as l."""
    letters = {text, text.replace("I", "l")}
    return {word.translate(str.maketrans("01", ones)).lower() for word in letters for ones in ("ol", "oi")}


RULES: dict[str, Callable[[str], str]] = {
    "name": clean_name,
    "short_name": clean_short_name,
    "upn_suffix": clean_suffix,
    "user_name": clean_user_name,
}


def _demand_plain(text: str, *, example: str) -> None:
    demand_visible(text)
    if re.search(r"\s", text):
        raise WrongShape(_("Leave out spaces: write it like %(example)s.") % {"example": example})
    if "_" in text:
        raise WrongShape(_("Leave out underscores: write it like %(example)s.") % {"example": example})
    _demand_latin(text)
    if not _PLAIN.fullmatch(text):
        raise WrongShape(_("Use letters and digits only: leave out “%(sign)s”.") % {"sign": _odd(text)})


def demand_visible(text: str) -> None:
    """Raise WrongShape for NUL, control and formatting characters: they hide in names that look like others."""
    if any(unicodedata.category(sign) in _INVISIBLE for sign in text):
        raise WrongShape(_("There is an invisible character in this field. Type it again by hand."))


def _demand_latin(text: str) -> None:
    strange = next((sign for sign in text if not sign.isascii() and sign.isalnum()), None)
    if strange:
        message = _("Use the letters A to Z without accents and the digits 0 to 9: “%(sign)s” is not one of them.")
        raise WrongShape(message % {"sign": strange})


def _demand_length(text: str, shortest: int, longest: int) -> None:
    if len(text) < shortest:
        raise WrongShape(_("Use at least %(shortest)d characters.") % {"shortest": shortest})
    if len(text) > longest:
        raise WrongShape(_too_long(text, longest))


def _too_long(text: str, longest: int) -> str:
    return _("Use at most %(longest)d characters; these are %(length)d.") % {"longest": longest, "length": len(text)}


def _demand_free_word(text: str) -> None:
    if readings(text) & RESERVED or _MACHINE_NAME.fullmatch(text.lower()):
        raise WrongShape(_("“%(word)s” is a reserved word. Choose the company's own name.") % {"word": text})


def _demand_domain(labels: list[str]) -> None:
    if any(not _LABEL.fullmatch(label) for label in labels) or len(labels) < 2 or labels[-1].isdigit():
        message = _("Write a domain such as kenton-electronics.com: letters, digits and hyphens with dots between.")
        raise WrongShape(message)
    if any(len(label) > 63 for label in labels):
        raise WrongShape(_("Each part between two dots has at most 63 characters."))
    if any(label.startswith("xn--") for label in labels):
        raise WrongShape(_("Domains in other scripts (xn--…) cannot be used here."))


def _odd(text: str, also: str = "") -> str:
    return next((sign for sign in text if not (sign.isascii() and sign.isalnum()) and sign not in also), text[:1])

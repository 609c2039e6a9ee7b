"""The makers' families: file names, the words of their accounts and keys. Sources: PHONE-SYSTEM 5.1 to 5.3."""

from extensions.phone_models import model_of
from extensions.provisioning.families.cisco import CISCO
from extensions.provisioning.families.fanvil import FANVIL
from extensions.provisioning.families.grandstream import GRANDSTREAM
from extensions.provisioning.families.poly import POLY
from extensions.provisioning.families.shape import CHECK_SYNC, Family, FileKind
from extensions.provisioning.families.snom import SNOM
from extensions.provisioning.families.yealink import YEALINK

FAMILIES: dict[str, Family] = {one.vendor: one for one in (YEALINK, SNOM, GRANDSTREAM, POLY, FANVIL, CISCO)}

__all__ = ["CHECK_SYNC", "FAMILIES", "Family", "FileKind", "family_of"]


def family_of(model: str) -> Family | None:
    """The family of a model's code; None for a model that fetches nothing."""
    return FAMILIES.get(model_of(model).vendor)

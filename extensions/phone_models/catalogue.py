"""The models that are known, with the figures of the makers' data sheets.

Where a data sheet leaves room (keys that a page switch takes away, pages that depend on the firmware) the smaller
number stands here and the line says so: a key too few is a nuisance, a key that does not exist is a fault. A model
that is missing is used as “any telephone”.
"""

from django.utils.translation import gettext_lazy as _

from extensions.models import KeyKind
from extensions.phone_models.shape import EVERY_KIND, ModuleModel, PhoneModel

_EXP43 = ModuleModel("EXP43", left=10, right=10, pages=3)  # data sheet: 20 keys, 60 over three pages
_EXP50 = ModuleModel("EXP50", left=10, right=10, pages=3)  # data sheet: 20 keys, 60 over three pages
_D7 = ModuleModel("D7", left=9, right=9)  # data sheet: 18 keys; pages are left out
_GBX20 = ModuleModel("GBX20", left=10, right=10, pages=2)  # data sheet: 20 keys, 40 over two pages
_EM50 = ModuleModel("EM50", left=15, right=15)  # data sheet: 30 keys; further pages depend on the firmware
_KEM = ModuleModel("8800 KEM", left=7, right=7, pages=2)  # data sheet of the 8851/8861 module: 14 keys, two pages

# Entry models whose lamps do not show a parking slot or a login, as far as their guides tell.
_WITHOUT_LAMP_PAGES = EVERY_KIND - {KeyKind.TEAM_LOGIN}

GENERIC = PhoneModel("", "", _("Any telephone"), left=5, right=5, pages=2)

_LIST = (
    # Yealink, data sheets: the last key of a page turns it, so 10 keys make 27 over three pages and 8 make 21.
    PhoneModel("yealink-t33g", "Yealink", "SIP-T33G", left=2, right=2, pages=3),
    PhoneModel("yealink-t43u", "Yealink", "SIP-T43U", left=4, right=3, pages=3, module=_EXP43, most_modules=3),
    PhoneModel("yealink-t46u", "Yealink", "SIP-T46U", left=5, right=4, pages=3, module=_EXP43, most_modules=3),
    PhoneModel("yealink-t53w", "Yealink", "SIP-T53W", left=4, right=3, pages=3, module=_EXP50, most_modules=3),
    PhoneModel("yealink-t54w", "Yealink", "SIP-T54W", left=5, right=4, pages=3, module=_EXP50, most_modules=3),
    PhoneModel("yealink-t58w", "Yealink", "SIP-T58W", left=5, right=4, pages=3, module=_EXP50, most_modules=3),
    # Snom, data sheets: the D785 has six labelled keys on four pages; the D713 is counted without pages and modules.
    PhoneModel("snom-d713", "Snom", "D713", left=4, right=4),
    PhoneModel("snom-d785", "Snom", "D785", left=0, right=6, pages=4, module=_D7, most_modules=3),
    # Grandstream, data sheets: GRP2615 40 virtual keys behind 10; GRP2616 24 keys beside the second display.
    PhoneModel("grandstream-grp2604", "Grandstream", "GRP2604", left=5, right=5, kinds=_WITHOUT_LAMP_PAGES),
    PhoneModel("grandstream-grp2615", "Grandstream", "GRP2615", left=5, right=5, pages=4, module=_GBX20,
               most_modules=4),
    PhoneModel("grandstream-grp2616", "Grandstream", "GRP2616", left=12, right=12, module=_GBX20, most_modules=4),
    # Poly, data sheets: line keys only, no pages counted; the module is for the VVX 450.
    PhoneModel("poly-vvx250", "Poly", "VVX 250", left=2, right=2),
    PhoneModel("poly-vvx350", "Poly", "VVX 350", left=3, right=3),
    PhoneModel("poly-vvx450", "Poly", "VVX 450", left=6, right=6, module=_EM50, most_modules=2),
    # Fanvil, data sheets: X4U 6 keys on five pages, X7 28 on four pages; the V64 is counted without pages.
    PhoneModel("fanvil-x4u", "Fanvil", "X4U", left=0, right=6, pages=5),
    PhoneModel("fanvil-v64", "Fanvil", "V64", left=4, right=4),
    PhoneModel("fanvil-x7", "Fanvil", "X7", left=14, right=14, pages=4),
    # Cisco with multiplatform firmware, data sheets: five keys on either side of the display.
    PhoneModel("cisco-8845", "Cisco", "8845 MPP", left=5, right=5),
    PhoneModel("cisco-8851", "Cisco", "8851 MPP", left=5, right=5, module=_KEM, most_modules=2),
    PhoneModel("cisco-8861", "Cisco", "8861 MPP", left=5, right=5, module=_KEM, most_modules=3),
)  # fmt: skip

MODELS: dict[str, PhoneModel] = {model.code: model for model in _LIST}


def model_of(code: str) -> PhoneModel:
    """The model with this code; an unknown one, or none, is “any telephone”."""
    return MODELS.get(code, GENERIC)


def vendors() -> list[tuple[str, list[PhoneModel]]]:
    """The models by maker, in the order of the list."""
    found: dict[str, list[PhoneModel]] = {}
    for model in MODELS.values():
        found.setdefault(model.vendor, []).append(model)
    return list(found.items())

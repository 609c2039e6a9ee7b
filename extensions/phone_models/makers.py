"""Whose telephone a MAC address says it is: beginnings that the IEEE registered for the makers of `catalogue`.

Makers have more of them than stand here, so an unknown beginning says nothing, and a known one is only a hint.
"""

_BEGINNINGS = {
    "Yealink": ("001565", "805e0c", "805ec0", "249ad8", "44dbd2", "c4fc22"),
    "Snom": ("000413",),
    "Grandstream": ("000b82", "c074ad", "ec74d7"),
    "Poly": ("0004f2", "64167f", "482567"),
    "Fanvil": ("0c383e", "00a859"),
    "Cisco": ("00000c", "001bd4", "001e13"),
}
_MAKERS = {beginning: maker for maker, beginnings in _BEGINNINGS.items() for beginning in beginnings}


def maker_of(mac: str) -> str:
    """The maker whose addresses begin like `mac` (twelve small hexadecimal digits); empty where nobody knows."""
    return _MAKERS.get(mac[:6], "")

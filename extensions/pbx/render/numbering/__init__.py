"""What a dialled number means, decided by the PBX alone: the plans of `phonenumbers`, compiled into a dialplan.

`Gosub(tl-number-DE,s,1(0301234567,x30))` leaves what `callflow.dialling.meaning_of` says of a number that is neither
internal, nor a code, nor an emergency number:

| variable | |
|---|---|
| TL_KIND | `outside`, or `unknown`: nothing can be called by it |
| TL_E164 | E.164; a short number of the country, or what is unknown, as it was dialled |
| TL_CLASS | a CallClass: local, national, mobile, international, premium; internal where it is unknown |
| TL_COUNTRY | ISO 3166 of the number's country, 001 of a code of no country, empty where nobody knows |

TL_D, TL_N, TL_X, TL_OWN, TL_OWN_CODE and TL_SHORT are its own. `shared/numbering.conf` holds the calling codes of the
world, `shared/numbering-DE.conf` what telephones of one country dial.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from extensions.pbx.formats.dialplan import write_dialplan
from extensions.pbx.formats.values import NotEmittable
from extensions.pbx.render.numbering.areas import area_of
from extensions.pbx.render.numbering.country import write_country
from extensions.pbx.render.numbering.world import country_context, write_world

NO_COUNTRY = "ZZ"  # a company whose country nobody said: only + and a calling code lead anywhere
_ISO = re.compile(r"[A-Z]{2}", re.ASCII)


def render_numbering(countries: Iterable[str]) -> dict[str, str]:
    """The files of these countries (ISO 3166, empty for none) and of the world, by their names below `shared/`.

    Raises NotEmittable where something is no country.
    """
    names = {_known(one) for one in countries}
    return {"numbering.conf": _world(), **{f"numbering-{name}.conf": _country(name) for name in sorted(names)}}


def number_call(dialled: str, *, country: str, ani: str) -> str:
    """The Gosub that decides about `dialled` (digits, or an expression that gives bare digits, such as
    `${FILTER(0-9+*#,${EXTEN})}`) for a company in `country` whose own number is `ani`. Raises NotEmittable.
    """
    return f"Gosub({country_context(_known(country))},s,1({dialled},{area_of(ani, country)}))"


def _known(country: str) -> str:
    if country and not _ISO.fullmatch(country):
        raise NotEmittable(f"{country!r} is no country")
    return country or NO_COUNTRY


@lru_cache(maxsize=1)
def _world() -> str:
    return write_dialplan(write_world())


@lru_cache(maxsize=300)
def _country(region: str) -> str:
    return write_dialplan([write_country(region)])

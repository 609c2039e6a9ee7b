"""The files that all tenants of a PBX share, by their names below `shared/`."""

from collections.abc import Iterable, Sequence

from extensions.pbx.driver import FileSet
from extensions.pbx.render.dialplan.shared import render_shared
from extensions.pbx.render.numbering import render_numbering
from extensions.pbx.render.trunks import TrunkFacts, render_trunks, render_ways_out


def render_common(*, trunks: Sequence[TrunkFacts], countries: Iterable[str], sounds: str = "") -> FileSet:
    """Routines, trunks in their order, and the numbering plans of these countries (ISO 3166, empty for none).

    `sounds` is the absolute folder in which the tenants' folders lie. Raises NotEmittable where it has signs in its
    name that steps of a dialplan cannot hold.
    """
    return {
        "routines.conf": render_shared(sounds=sounds),
        "trunks.conf": render_ways_out(trunks),
        **render_trunks(trunks),
        **render_numbering(countries),
    }

"""The portal's decision about a dialled number, and the dialplan's, in the same shape."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import phonenumbers

from extensions.callflow.dialling import Kind, meaning_of
from extensions.pbx.render.numbering import number_call, render_numbering
from extensions.snapshot.facts import Snapshot
from tests.extensions.calls.facts import Company
from tests.extensions.pbx.numbering.dialplan import Dialplan


class Decided(NamedTuple):
    """`number` is E.164, or a short or unknown number as it was dialled."""

    kind: str
    number: str
    call_class: str
    country: str


def company_in(country: str, ani: str | None = None) -> Snapshot:
    """A company without numbers of its own inside; its outside number is the country's example, unless told."""
    example = phonenumbers.example_number(country) if ani is None else None
    if example is not None:
        ani = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    more = {"country": country, "ani": ani or "", "numbers": {}, "features": {}, "speed_dials": {}}
    return Company().has(**more).snapshot()


def portal(company: Snapshot, dialled: str) -> Decided | None:
    """What the portal says; None for emergency numbers, which the PBX knows before it asks."""
    found = meaning_of(company, dialled)
    if found.kind is Kind.EMERGENCY:
        return None
    return Decided(found.kind.value, found.number, found.call_class.value, found.country)


def of_variables(variables: dict[str, str]) -> Decided:
    """What the dialplan left."""
    return Decided(*(variables.get(name, "") for name in ("TL_KIND", "TL_E164", "TL_CLASS", "TL_COUNTRY")))


@cache
def dialplan() -> Dialplan:
    """The calling codes of the world, read; countries are added as they are asked about."""
    return Dialplan(*render_numbering(()).values())


def pbx(company: Snapshot, dialled: str) -> Decided:
    """What the dialplan says, worked out without a PBX."""
    found = dialplan()
    if f"tl-number-{company.country}" not in found.patterns:
        found.add(render_numbering([company.country])[f"numbering-{company.country}.conf"])
    call = number_call("${FILTER(0-9+*#,${DIALLED})}", country=company.country, ani=company.ani)
    return of_variables(found.gosub(call, {"DIALLED": dialled}))


def differences(company: Snapshot, numbers: Iterable[str]) -> list[tuple[str, Decided, Decided]]:
    """Each number about which the two do not agree, with what the portal and the dialplan say."""
    answers = ((dialled, portal(company, dialled), pbx(company, dialled)) for dialled in numbers)
    return [(dialled, here, there) for dialled, here, there in answers if here is not None and here != there]

"""Looking whether Asterisk has the telephones that were written: it is asked for those that changed, value by value.

Listing six thousand endpoints takes longer than reading one file; only where many changed at once are all listed, and
some of them asked for.
"""

import asyncio
from collections.abc import Iterable, Mapping

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.placing import Placed
from extensions.pbx.driver import Change, PbxAway, PbxFault
from extensions.pbx.render.names import endpoint
from extensions.pbx.render.pjsip import ADDRESSES, ENDPOINTS, FILES, SIGN_INS

MOST_ASKED = 200  # of one tenant; beyond that all names are listed
SOME_ASKED = 20  # of those that are listed
_AT_ONCE = 50  # questions under way
_DETAILS = {ENDPOINTS: "EndpointDetail", SIGN_INS: "AuthDetail", ADDRESSES: "AorDetail"}
Wanted = dict[str, dict[str, str]]  # by name of the endpoint: file and the text of its section


def moved(change: Change, placed: Placed) -> tuple[Wanted, set[str]]:
    """What is to be asked for: endpoints as they are meant, and those that are to be gone."""
    before, meant = placed.before or {}, meant_for(change)
    # What is as it was is read once: it is most of it.
    read = {text: dict(_sections(text)) for text in {*_texts(change.files), *_texts(before)}}
    now, then = _by_name(change.files, read), _by_name(before, read)
    wanted = {name: now.get(name, {}) for name in meant if name not in now or then.get(name) != now[name]}
    return wanted, (then.keys() | now.keys()) - meant


def meant_for(change: Change) -> set[str]:
    """Every endpoint that the tenant is to have: by the facts, not by what was written."""
    facts = change.facts
    extensions = facts.snapshot.extensions.values()
    return {endpoint(one.number, facts.fqdn) for one in extensions if one.id in facts.lines}


async def odd_ones(client: AmiClient, wanted: Wanted, gone: Iterable[str]) -> list[str]:
    """The endpoints that Asterisk has otherwise than wanted, or still has; three are enough to tell."""
    asked: list[tuple[str, dict[str, str] | None]] = [*wanted.items(), *((name, None) for name in gone)]
    odd: list[str] = []
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        right = await asyncio.gather(*(_is_as_wanted(client, name, own) for name, own in some))
        odd += [name for (name, _own), good in zip(some, right, strict=True) if not good]
    return odd


def some_of(wanted: Wanted) -> Wanted:
    """A few from everywhere, the first and the last among them."""
    names = sorted(wanted)
    kept = {*names[:: max(1, len(names) // SOME_ASKED)], *names[-1:]}
    return {name: wanted[name] for name in sorted(kept)}


async def _is_as_wanted(client: AmiClient, name: str, own: Mapping[str, str] | None) -> bool:
    """`own` is None for what is to be gone."""
    try:
        _response, events = await client.listing("PJSIPShowEndpoint", ("Endpoint", name))
    except PbxAway:
        raise
    except PbxFault:
        return own is None
    told = {event.get("Event"): event for event in events}
    details = {file: told.get(event) for file, event in _DETAILS.items()}
    return own is not None and all(one is not None and _agrees(own.get(file, ""), one) for file, one in details.items())


def _agrees(body: str, told: Message) -> bool:
    for line in body.splitlines():
        key, _equals, value = line.partition(" = ")
        header = "".join(part.capitalize() for part in key.split("_"))  # md5_cred is told as Md5Cred
        if header in told and _plain(told.get(header)) != _plain(value):
            return False
    return True


def _plain(value: str) -> list[str]:
    """Groups come in another order and with other spaces."""
    return sorted(part.strip() for part in value.split(","))


def _texts(files: Mapping[str, str]) -> Iterable[str]:
    return (files[file] for file in FILES if file in files)


def _by_name(files: Mapping[str, str], read: Mapping[str, Mapping[str, str]]) -> Wanted:
    found: Wanted = {}
    for file in FILES:
        for name, body in read.get(files.get(file, ""), {}).items():
            found.setdefault(name, {})[file] = body
    return found


def _sections(text: str) -> Iterable[tuple[str, str]]:
    """Name and body of each section of a file that `formats.ini` wrote."""
    for block in text.split("\n\n"):
        head, _newline, body = block.strip("\n").partition("\n")
        if head.startswith("["):
            yield head[1 : head.index("]")], body

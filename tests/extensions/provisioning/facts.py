"""Telephones as plain facts, and what the makers' files say about them, read with other means than they are written."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from extensions.pbx.address import SipAddress
from extensions.phone_models import model_of
from extensions.provisioning.device import Access, Device, DeviceKey, KeyType, Line

MODELS = {
    "Yealink": "yealink-t54w",
    "Snom": "snom-d785",
    "Grandstream": "grandstream-grp2615",
    "Poly": "poly-vvx450",
    "Fanvil": "fanvil-x4u",
    "Cisco": "cisco-8851",
}
KEYS = (
    DeviceKey(0, KeyType.LINE, "101"),
    DeviceKey(1, KeyType.BLF, "Mei Tan", "102"),
    DeviceKey(2, KeyType.PARK, "Slot 701", "701"),
    DeviceKey(3, KeyType.SPEED, "Taxi", "+6561234567"),
    DeviceKey(4),
    DeviceKey(5, KeyType.VOICEMAIL, "Voicemail", "*97"),
)


def device(vendor: str, **facts: Any) -> Device:
    """Extension 101 on a telephone of this maker, with a key of each type."""
    model = model_of(MODELS[vendor])
    limit = model.keys(1 if model.module else 0)
    keys = {key.position: key for key in facts.pop("keys", KEYS)}
    modules = 1 if model.module else 0
    if modules:  # and one on the expansion module
        keys.setdefault(model.own_keys + 1, DeviceKey(model.own_keys + 1, KeyType.BLF, "Ravi Kumar", "103"))
    line = Line("101", "a7dk2mvq9xrt", "Kp4nTq8vZs2mXw6yBd3h", "101 Wei Chen", "Wei Chen", "alpha.example")
    given: dict[str, Any] = {
        "mac": "805ec0000101",
        "model": model,
        "modules": modules,
        "lines": (line,),
        "keys": tuple(keys.get(position, DeviceKey(position)) for position in range(limit)),
        "sip": SipAddress("sip.provider.example", 5061, "tls"),
        "access": Access("https://alpha.example/p/secretofthisaddress/", "805ec0000101", "passwordofthefetch"),
        "admin_password": "passwordofthepages",
        "voicemail": "*97",
        "pickup": "**",
        "utc_offset": 480,
    }
    return Device(**given | facts)


def with_labels(vendor: str, labels: Sequence[str], numbers: Sequence[str]) -> Device:
    """The same, named as the first label, with one key for each label; every other one has a lamp."""
    made = device(vendor)
    line = replace(made.lines[0], label=labels[0], display_name=labels[0])
    keys = [
        DeviceKey(position, KeyType.SPEED if position % 2 else KeyType.BLF, label, number)
        for position, (label, number) in enumerate(zip(labels, numbers, strict=True))
    ]
    model = replace(made.model, pages=1, left=0, right=len(keys))
    return replace(made, model=model, modules=0, lines=(line,), keys=tuple(keys))


# --- reading back -------------------------------------------------------------------------------------------------
def pairs(text: str) -> dict[str, str]:
    """`key = value`, as a telephone reads it: line by line, at whatever any reader takes for the end of a line."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("#") or line.startswith("include:"):
            continue
        key, sign, value = line.partition("=")
        assert sign, line
        assert key.strip() not in found, key
        found[key.strip()] = value.strip()
    return found


@lru_cache(maxsize=2)
def _parsed(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Name, attributes and text of every element, in order; read by expat itself."""
    found: list[tuple[str, dict[str, str], list[str]]] = []
    open_ones: list[list[str]] = []
    reader = expat.ParserCreate()

    def begin(name: str, told: dict[str, str]) -> None:
        open_ones.append([])
        found.append((name, told, open_ones[-1]))

    reader.StartElementHandler = begin
    reader.EndElementHandler = lambda _name: open_ones.pop()
    reader.CharacterDataHandler = lambda data: open_ones[-1].append(data)
    reader.Parse(text.encode(), True)
    return [(name, told, "".join(pieces)) for name, told, pieces in found]


def elements(text: str, name: str) -> list[tuple[dict[str, str], str]]:
    """Attributes and text of all elements called `name`, in order."""
    return [(told, said) for found, told, said in _parsed(text) if found == name]


def attributes(text: str) -> dict[str, str]:
    """All attributes of all elements of a document."""
    return {key: value for _name, told, _said in _parsed(text) for key, value in told.items()}


def parts(function: str) -> dict[str, str]:
    """A function of Cisco's."""
    return dict(part.split("=", 1) for part in function.split(";")) if function else {}


Told = tuple[str, list[tuple[str, str]]]  # the account's name; label and number of each key, written as `with_labels`


def _yealink(files: dict[str, str]) -> Told:
    said = pairs(files["805ec0000101.cfg"])
    count = sum(key.startswith("linekey.") and key.endswith(".type") for key in said)
    keys = [(said[f"linekey.{n}.label"], said[f"linekey.{n}.value"]) for n in range(1, count + 1)]
    return said["account.1.display_name"], keys


def _snom(files: dict[str, str]) -> Told:
    text = files["805ec0000101.xml"]
    keys = [
        (told["label"], does.removeprefix("blf sip:").removeprefix("speed ").split("@")[0])
        for told, does in elements(text, "fkey")
    ]
    return elements(text, "user_realname")[0][1], keys


def _grandstream(files: dict[str, str]) -> Told:
    items = {told["name"]: text for told, text in elements(files["cfg805ec0000101.xml"], "item")}
    count = sum(name.endswith(".keyMode") for name in items)
    keys = [(items[f"pks.vpk.{n}.description"], items[f"pks.vpk.{n}.value"]) for n in range(1, count + 1)]
    return items["account.1.sip.subscriber.name"], keys


def _poly(files: dict[str, str]) -> Told:
    said = attributes(files["805ec0000101-account.cfg"])
    directory = files["805ec0000101-directory.xml"]
    names, numbers = ([text for _told, text in elements(directory, tag)] for tag in ("fn", "ct"))
    keys = []
    for n in range(1, sum(key.endswith(".category") for key in said) + 1):
        index = int(said[f"lineKey.{n}.index"])
        if said[f"lineKey.{n}.category"] == "BLF":
            watched = f"attendant.resourceList.{index}"
            keys.append((said[f"{watched}.label"], said[f"{watched}.address"].split("@")[0]))
        else:
            keys.append((names[index - 1], numbers[index - 1]))
    return said["reg.1.displayName"], keys


def _fanvil(files: dict[str, str]) -> Told:
    text = files["805ec0000101.cfg"]
    titles, values = ([found for _told, found in elements(text, name)] for name in ("Title", "Value"))
    keys = [(title, value.split("@")[0]) for title, value in zip(titles, values, strict=True)]
    return elements(text, "DisplayName")[0][1], keys


def _cisco(files: dict[str, str]) -> Told:
    said = {name: value for name, _told, value in _parsed(files["805ec0000101.xml"])}
    functions = [parts(value) for name, value in said.items() if name.startswith("Extended_Function_")]
    return said["Display_Name_1_"], [(one.get("nme", ""), one["ext"].split("@")[0]) for one in functions]


READ: dict[str, Callable[[dict[str, str]], Told]] = {
    "Yealink": _yealink,
    "Snom": _snom,
    "Grandstream": _grandstream,
    "Poly": _poly,
    "Fanvil": _fanvil,
    "Cisco": _cisco,
}

# --- hostile names ------------------------------------------------------------------------------------------------
_PIECES = (
    "\n", "\r\n", "\t", "\0", "\x0b", "\x1c", "\x85", "\u2028", "\u2029", "\u202e", "\u200b", "\ufeff", "\ud800",
    "\U000e0001", ";", "#", "=", "&", "<", ">", '"', "'", "]]>", "<![CDATA[", "<!--", "-->", "<?", "?>", "&amp;",
    "&#10;", "%0a", "%00", "${", "$[", "$PROXY", "$MA", "{mac}", "@", "|", "\\", "/", "../", "`", "*", "+", " = ",
    "account.1.password = x", "</settings>", "fnc=sd;ext=999", "linekey.9.type = 16", "[--uid", "ü", "陈", "ع", "😀",
    "é", "Mei", "Tan", " ", "  ", "-",
)  # fmt: skip


def hostile_names(count: int, seed: int) -> list[str]:
    """So many texts that try to be something else than a name; the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - for tests
    return ["".join(draw.choice(_PIECES) for _ in range(draw.randint(0, 8))) for _ in range(count)]


def hostile_numbers(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)  # noqa: S311 - for tests
    return [draw.choice(["", "+"]) + "".join(draw.choice("0123456789*#") for _ in range(draw.randint(1, 15)))
            for _ in range(count)]  # fmt: skip

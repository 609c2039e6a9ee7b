"""Cisco's strings of functions, `fnc=blf+sd;sub=102@$PROXY;nme=Bob`, which know no quoting (PHONE-SYSTEM 5.3)."""

import re

from extensions.provisioning.formats.values import NotWritable, demand_line

# What would end a part or begin a macro is written as what looks like it.
_LOOKALIKES = str.maketrans({";": ",", "$": "S"})
_PART = re.compile(r"[a-z]+", re.ASCII)
_OURS = re.compile(r"[A-Za-z0-9*#+%@.$-]+", re.ASCII)


def plain(label: str) -> str:
    """A label as it may stand in such a string."""
    return demand_line(label).translate(_LOOKALIKES)


def function(does: str, *, label: str = "", **parts: str) -> str:
    """The string; `parts` are ours, `label` was typed. Raises NotWritable."""
    for name, value in {"fnc": does, **parts}.items():
        if not _PART.fullmatch(name) or not _OURS.fullmatch(value):
            raise NotWritable(f"{name}={value!r} may not stand in a function")
    said = [f"fnc={does}", *(f"{name}={value}" for name, value in parts.items())]
    return ";".join([*said, *([f"nme={plain(label)}"] if label else [])])

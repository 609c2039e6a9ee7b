"""The configuration of an Asterisk: main files, written at each start, which include what the portal renders."""

import re
from pathlib import Path
from zoneinfo import available_timezones

from portal.run.console import Refusal, _

TEMPLATES = Path(__file__).parent / "etc"
# Folders that the portal renders into: one for each tenant, and what all of them share.
WRITTEN_HERE = ("event_filters", "zones")
INCLUDED = ("tenants", "shared", "shared/pjsip")
# More than half of what a simple call tells, and nothing that the portal shows.
UNWANTED_EVENTS = (
    "VarSet", "Newexten", "RTCPSent", "RTCPReceived", "TestEvent", "SuccessfulAuth", "ChallengeSent",
)  # fmt: skip
FILTERS_BY_NAME_SINCE = 22
PLACE = re.compile(r"@\{(\w+)\}")


def write_configuration(etc: Path, values: dict[str, str]) -> None:
    """Write every main file into `etc`, with `values` in the places of the templates. What the portal rendered stays.
    Raises Refusal when a value cannot stand in a configuration file."""
    for name, value in values.items():
        if name not in WRITTEN_HERE and re.search(r"[\x00-\x1f;]", value):
            raise Refusal(
                _("“{value}” cannot stand in Asterisk's configuration; choose another folder.").format(value=value)
            )
    for folder in INCLUDED:
        (etc / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    for template in sorted(TEMPLATES.glob("*.conf")):
        text = PLACE.sub(lambda found: values[found[1]], template.read_text())
        target, fresh = etc / template.name, etc / f".{template.name}.new"
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(text)
        fresh.rename(target)


def event_filters(version: str) -> str:
    """The lines of manager.conf that keep unwanted events away, in the words of this version of Asterisk."""
    if int(version.partition(".")[0]) >= FILTERS_BY_NAME_SINCE:
        return "\n".join(f"eventfilter(action(exclude),name({name})) =" for name in UNWANTED_EVENTS)
    return "\n".join(f"eventfilter = !Event: {name}" for name in UNWANTED_EVENTS)


def zone_messages() -> str:
    """The lines of voicemail.conf that name every time zone, its letters and digits alone in lower case, as Asterisk
    takes no `/` there. `+` is written `plus`: Etc/GMT+1 and Etc/GMT-1 are two hours apart."""
    zones = sorted(available_timezones())
    names = {"".join(sign for sign in zone.lower().replace("+", "plus") if sign.isalnum()): zone for zone in zones}
    return "\n".join(f"{name} = {zone}|'vm-received' Q 'digits/at' R" for name, zone in names.items())

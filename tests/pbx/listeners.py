"""Which sockets of a process wait for somebody, from the kernel's own tables."""

import os
import re
from pathlib import Path

TABLES = ("tcp", "tcp6", "udp", "udp6")
LISTENS, UNCONNECTED = "0A", "07"
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


def listeners(pid: int) -> list[tuple[str, str, int]]:
    """Protocol, address ("loopback" or "everywhere" or as the kernel writes it) and port of every socket on which the
    process can be reached."""
    inodes = {found[1] for link in _links(pid) if (found := re.fullmatch(r"socket:\[(\d+)\]", link))}
    found = []
    for table in TABLES:
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            address, port = words[1].split(":")
            if words[9] in inodes and words[3] in (LISTENS, UNCONNECTED):
                found.append((table, _named(address), int(port, 16)))
    return sorted(found)


def _links(pid: int) -> list[str]:
    links = []
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            links.append(os.readlink(entry))
        except OSError:
            continue  # closed meanwhile
    return links


def _named(address: str) -> str:
    if address in LOOPBACK:
        return "loopback"
    return "everywhere" if set(address) == {"0"} else address

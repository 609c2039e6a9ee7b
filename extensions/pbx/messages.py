"""Voicemail messages as a PBX holds them (VM-05). A message is named by an id that it keeps wherever it is moved."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Folder(StrEnum):
    """Where a message lies. What is deleted on a page can be got back until the portal forgets it."""

    NEW = "new"
    READ = "read"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `caller` is a number, empty where it was withheld; `seconds` is its length."""

    box: int
    id: str
    folder: Folder
    caller: str
    caller_name: str
    at: datetime
    seconds: int

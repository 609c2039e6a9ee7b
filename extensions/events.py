"""What happened to extensions, for apps above this one."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True, slots=True)
class ExtensionCreated(Event):
    extension_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class ExtensionsCreated(Event):
    """One for a whole set that was made by one statement; nobody is told of each."""

    extension_ids: tuple[int, ...]
    by_id: int


@dataclass(frozen=True, slots=True)
class ExtensionChanged(Event):
    extension_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class ExtensionsChanged(Event):
    """One for a whole set that changed by one statement."""

    extension_ids: tuple[int, ...]
    by_id: int


@dataclass(frozen=True, slots=True)
class MobileNumberRemoved(Event):
    """The extension had a mobile number, and has none now. Whoever needs it may refuse."""

    extension_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class ObjectsDeleted(Event):
    """Objects of one model (label in small letters) were deleted; they may come back for a while."""

    model: str
    ids: tuple[int, ...]
    by_id: int


@dataclass(frozen=True, slots=True)
class ObjectsRestored(Event):
    """The deletion was undone."""

    model: str
    ids: tuple[int, ...]
    by_id: int


@dataclass(frozen=True, slots=True)
class TeamChanged(Event):
    """Its name, how it rings, or who is in it."""

    team_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class QueueParametersPublished(Event):
    by_id: int


@dataclass(frozen=True, slots=True)
class StatusesChanged(Event):
    """Somebody's agent status became another. One for a whole set; listeners coalesce."""


@dataclass(frozen=True, slots=True)
class ConfigurationChanged(Event):
    """Something that telephones or callers could notice. Told once for each service call; listeners coalesce."""

    by_id: int | None

"""A file that is refused as a whole."""

from portal.core.errors import DomainError


class UnreadableFile(DomainError):
    """The file as a whole cannot be taken; the sentence says why, and in which row where there is one."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")

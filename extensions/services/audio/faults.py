"""What can be wrong with an uploaded sound, in sentences for the person who chose the file."""

from django.utils.translation import gettext as _

from portal.core.errors import DomainError


class NotASound(DomainError):
    """The file is not a sound that telephones can play, whatever it is called."""


class SoundTooLarge(DomainError):
    """More bytes than an upload may have."""


class SoundTooLong(DomainError):
    """It plays longer than an announcement may."""


class BadFileName(DomainError):
    """The file's name is none that a recording has."""


class SoundNameTaken(DomainError):
    """Another sound of this purpose has the name."""


class StorageFull(DomainError):
    """The company's room for files is used up."""


def damaged(field: str = "file") -> NotASound:
    """The refusal of a file that starts like a sound and then says things that cannot be."""
    return NotASound(_("This file is damaged: what its header says does not fit what it holds."), field=field)

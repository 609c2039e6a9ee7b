"""One-click repairs. Each calls the service that the page of the object calls, so that the log tells who did what."""

from datetime import datetime

from django.utils.translation import gettext as _

from extensions.models import Extension, Holiday, Key, KeyKind, Team
from extensions.services.deletion.delete import delete_object
from extensions.services.keys.edit import remove_key
from extensions.services.teams.members import set_members
from extensions.services.voicemail.boxes import ensure_mailbox
from extensions.services.voicemail.pin import reset_pin
from portal.accounts.models import User
from portal.core.errors import DomainError


class GoneMeanwhile(DomainError):
    """What was to be mended does not exist any more."""

    def __init__(self) -> None:
        super().__init__(_("That is gone meanwhile: there is nothing left to mend."))


def take_out_of_team(subject: str, by: User, at: datetime) -> None:
    """Take the suspended member out of the team. Raises GoneMeanwhile."""
    team_id, extension_id = map(int, subject.split(":"))
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        raise GoneMeanwhile
    members = list(team.memberships.order_by("position").values_list("extension_id", flat=True))
    if not Extension.objects.filter(pk=extension_id, state="suspended").exists() or extension_id not in members:
        raise GoneMeanwhile
    set_members(team=team, members=[one for one in members if one != extension_id], by=by)


def delete_holiday(subject: str, by: User, at: datetime) -> None:
    """Delete the holiday that is over; it can be brought back under “Deleted lately”. Raises GoneMeanwhile."""
    holiday = Holiday.objects.filter(pk=int(subject)).first()
    if holiday is None:
        raise GoneMeanwhile
    delete_object(holiday, by=by, at=at)


def take_key_off(subject: str, by: User, at: datetime) -> None:
    """Free the key that watches somebody hidden. Raises GoneMeanwhile, and what remove_key raises."""
    key = Key.objects.select_related("panel").filter(pk=int(subject), kind=KeyKind.PRESENCE).first()
    if key is None:
        raise GoneMeanwhile
    remove_key(panel=key.panel, position=key.position, by=by)


def send_pin(subject: str, by: User, at: datetime) -> None:
    """Make a PIN for the box of the extension and mail the link that shows it once. Raises GoneMeanwhile, NoAddress."""
    extension = Extension.objects.filter(pk=int(subject)).first()
    if extension is None:
        raise GoneMeanwhile
    box = ensure_mailbox(extension)
    if box.pin:  # somebody set one meanwhile: it must not be replaced
        raise GoneMeanwhile
    reset_pin(mailbox=box, by=by, at=at)

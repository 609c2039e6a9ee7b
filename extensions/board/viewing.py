"""Who may see what of whose calls (BLF-06): the wish of the one who is watched counts for everybody but themselves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from extensions.models import Extension
from extensions.pbx.live.calls import Call
from extensions.settings.catalogue.presence import Visibility


@dataclass(frozen=True, slots=True)
class Viewer:
    """`sees_all`: holds the permission for all calls; then only those who are not visible stay hidden.

    `wishes` are the wishes of the extensions by number.
    """

    own_number: str = ""
    sees_all: bool = False
    wishes: Mapping[str, Visibility] = field(default_factory=dict)

    def sees_device(self, number: str) -> bool:
        """Whether this person sees what a colleague's telephones do."""
        return number == self.own_number or self.wishes.get(number, Visibility.VISIBLE) is not Visibility.HIDDEN

    def sees_parties(self, call: Call) -> bool:
        """Whether this person sees who talks to whom in a call."""
        if self.own_number and self.own_number in call.numbers:
            return True
        wishes = {self.wishes.get(number, Visibility.VISIBLE) for number in call.numbers}
        if Visibility.HIDDEN in wishes:
            return False
        return self.sees_all or wishes == {Visibility.WITH_CALLER}


def viewer_of(
    own: str, *, sees_all: bool, extensions: Collection[Extension], wishes: Mapping[int, Visibility]
) -> Viewer:
    """A viewer with the extension number `own` (empty for none); `wishes` by the ids of `extensions`."""
    return Viewer(own, sees_all, {one.number: wishes[one.pk] for one in extensions if one.pk in wishes})

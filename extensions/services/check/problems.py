"""What a check reads, and what it reports."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from extensions.models import Extension, Mailbox, Phone, SettingValue
from extensions.snapshot.facts import ExtensionFacts, Snapshot
from portal.core.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem with one object. `subject` is unique within its check and leads the repair back to the object.

    `name` is what people call the object, `url` where it is mended (empty: nowhere in particular). A Sentence
    is stored without a language and drawn in that of the reader.
    """

    subject: str
    name: str | Sentence
    text: Sentence
    url: str = ""


class Survey:
    """The snapshot that all checks look at, and sets that it does not hold; each is read once, by one query."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def with_telephone(self) -> frozenset[int]:
        """The extensions that have a telephone."""
        rows = Phone.objects.exclude(extension=None)
        return frozenset(rows.order_by().values_list("extension_id", flat=True))

    @cached_property
    def with_pin(self) -> frozenset[int]:
        """The extensions whose voicemail box has a PIN."""
        rows = Mailbox.objects.exclude(extension=None).exclude(pin="")
        return frozenset(rows.order_by().values_list("extension_id", flat=True))

    @cached_property
    def with_address(self) -> frozenset[int]:
        """The extensions about which somebody can be written to."""
        rows = Extension.objects.exclude(Q(email="") & (Q(user=None) | Q(user__email="")))
        return frozenset(rows.order_by().values_list("pk", flat=True))

    @cached_property
    def outspoken(self) -> frozenset[int]:
        """The extensions that set something themselves or have exceptions; all others only inherit."""
        rows = SettingValue.objects.exclude(extension=None).order_by().values_list("extension_id", flat=True)
        excepted = {one.id for one in self.snapshot.extensions.values() if one.exceptions}
        return frozenset(rows.distinct()) | excepted


def called(extension: ExtensionFacts) -> str:
    """An extension as people call it: “101 Wei Chen”."""
    return f"{extension.number} {extension.name}"

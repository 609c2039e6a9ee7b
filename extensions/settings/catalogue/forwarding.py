"""What each profile does with calls, apart for calls from inside and outside (CTL-01, CTL-02).

Each forward is up to three settings: `forward.<profile>.<origin>.<condition>` switches it on, `….to` says where to, and
for “no answer” `….seconds` says after how long. What no forward takes goes to the voicemail box, where there is one.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from extensions.forms.pickers import DestinationField
from extensions.models import DestinationKind, StatusKind
from extensions.settings.registry import EVERYWHERE, INSIDE, Setting, Shape, register
from extensions.settings.words import name_or_none, number, seconds, switch, yes_no

PREFIX = "forward."
# Where a forward may go (CTL-02).
KINDS = (
    DestinationKind.VOICEMAIL,
    DestinationKind.MAILBOX,
    DestinationKind.EXTENSION,
    DestinationKind.TEAM,
    DestinationKind.NUMBER,
    DestinationKind.ANNOUNCEMENT,
)


class Origin(models.TextChoices):
    INTERNAL = "internal", _("Calls from inside")
    EXTERNAL = "external", _("Calls from outside")


class Condition(models.TextChoices):
    ALWAYS = "always", _("Always")
    BUSY = "busy", _("When busy")
    NO_ANSWER = "no_answer", _("When nobody answers")
    UNREGISTERED = "unregistered", _("When no telephone is connected")


def key_of(profile: StatusKind, origin: Origin, condition: Condition) -> str:
    """`forward.available.internal.busy`: the switch; `.to` and `.seconds` are beside it."""
    return f"{PREFIX}{profile.value}.{origin.value}.{condition.value}"


def conditions_of(profile: StatusKind) -> tuple[Condition, ...]:
    """What can be asked in a profile. Do not disturb never rings: only “busy” of it says where calls go (CTL-03)."""
    return (Condition.BUSY,) if profile is StatusKind.DND else tuple(Condition)


def _destination() -> DestinationField:
    return DestinationField(kinds=KINDS, empty_label=_("Voicemail"))


for _profile in StatusKind:
    for _origin in Origin:
        for _condition in Condition:
            _key = key_of(_profile, _origin, _condition)
            # Whoever is logged out is not rung.
            _default = _profile is StatusKind.LOGGED_OUT and _condition is Condition.ALWAYS
            register(
                Setting(_key, _condition.label, switch, default=_default, words=yes_no, levels=EVERYWHERE),
                Setting(f"{_key}.to", _("Forward to"), _destination, shape=Shape.DESTINATION, levels=INSIDE,
                        words=name_or_none, help=_("Empty: the voicemail of the extension that was called.")),
            )  # fmt: skip
        register(
            Setting(f"{key_of(_profile, _origin, Condition.NO_ANSWER)}.seconds", _("After"), number(5, 120), default=25,
                    words=seconds),
        )  # fmt: skip

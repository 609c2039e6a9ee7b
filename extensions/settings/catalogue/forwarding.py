"""What each profile does with calls, apart for calls from inside and outside (CTL-01, CTL-02).

Each forward is three settings: `forward.<profile>.<origin>.<condition>` switches it on, `….to` says where to, and for
“no answer” `….seconds` says after how long.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from extensions.forms.pickers import DestinationField
from extensions.models import StatusKind
from extensions.settings.registry import EVERYWHERE, INSIDE, Setting, Shape, register
from extensions.settings.words import name_or_none, number, seconds, switch, yes_no


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
    return f"forward.{profile.value}.{origin.value}.{condition.value}"


# Do not disturb blocks by itself (CTL-03); what it forwards is what “busy” of that profile says.
for _profile in StatusKind:
    for _origin in Origin:
        for _condition in Condition:
            _key = key_of(_profile, _origin, _condition)
            _logged_out = _profile is StatusKind.LOGGED_OUT and _condition is Condition.ALWAYS
            _ends_in_box = _condition is not Condition.ALWAYS or _logged_out
            register(
                Setting(_key, _condition.label, switch, default=_ends_in_box, words=yes_no, levels=EVERYWHERE),
                Setting(f"{_key}.to", _("Forward to"), DestinationField, shape=Shape.DESTINATION, levels=INSIDE,
                        words=name_or_none, help=_("Empty: the voicemail of the extension that was called.")),
            )  # fmt: skip
        register(
            Setting(f"{key_of(_profile, _origin, Condition.NO_ANSWER)}.seconds", _("After"), number(5, 120), default=25,
                    words=seconds),
        )  # fmt: skip

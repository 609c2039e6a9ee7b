"""Feature codes: what a telephone dials to switch something (TPL-02, PHONE-SYSTEM 2.3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class Feature(models.TextChoices):
    VOICEMAIL = "voicemail", _("Own voicemail")
    PICKUP = "pickup", _("Pick up a team's call")
    DIRECTED_PICKUP = "directed_pickup", _("Pick up the call of an extension (code, then number)")
    DND_ON = "dnd_on", _("Do not disturb on")
    DND_OFF = "dnd_off", _("Do not disturb off")
    FORWARD_ON = "forward_on", _("Forward all calls (code, then number)")
    FORWARD_OFF = "forward_off", _("Stop forwarding")
    NIGHT_MODE = "night_mode", _("Open or close the company's hours")
    TEAM_LOGIN = "team_login", _("Log in to or out of a team (code, then number)")
    STATUS = "status", _("Set status (code, then its place in the list)")
    INTERCOM = "intercom", _("Speak through a colleague's loudspeaker (code, then number)")
    ECHO = "echo", _("Echo test")


class FeatureCode(Versioned):
    """One code of each feature; `code` is a star and digits, or two stars."""

    clone = Clone.ROWS

    feature = models.CharField(max_length=16, choices=Feature.choices)
    code = models.CharField(_("Code"), max_length=5)
    enabled = models.BooleanField(_("In use"), default=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["feature"], name="feature_code_feature_once"),
            models.UniqueConstraint(fields=["code"], name="feature_code_code_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^(\*\*|\*[0-9]{1,4})$"), name="feature_code_shape"),
        ]

    def __str__(self) -> str:
        return self.code

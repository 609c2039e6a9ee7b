"""What a setting is called where nothing around it says what it is about: in the log, in lists of changes."""

from django.utils.translation import gettext as _

from extensions.settings.catalogue.forwarding import PREFIX, Condition
from extensions.settings.registry import setting


def spoken(key: str) -> str:
    """The label of a setting; of a forward “Forwarding: When busy”. A key of another version stays as it is."""
    if key.startswith(PREFIX) and key.count(".") >= 3:
        condition = key.split(".")[3]
        if condition in Condition.values:
            return _("Forwarding: %(when)s") % {"when": Condition(condition).label}
    try:
        return str(setting(key).label)
    except KeyError:
        return key

"""Feature codes and keys that somebody used on a telephone, told by our own dialplan (`UserEvent(PortalFeature,…)`)."""

import re

from extensions.models import Feature
from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.shapes import Clock
from extensions.pbx.asterisk.translate.subject import Lists, Subject, Told
from extensions.pbx.events import PhoneFeature

EVENT = "PortalFeature"
_KNOWN = frozenset(Feature.values) | {"emergency"}
_ID = re.compile(r"[0-9]{1,9}")
# A number, or a word of ours: a kind of status, `out-5`.
_ARGUMENT = re.compile(r"\+?[0-9*#]{0,32}|[a-z][a-z0-9_]{0,20}(-[0-9]{1,9})?")


class Features(Subject):
    """Its headers begin with Tl, as a channel's own come beside them. What is not exactly as ours is Stray."""

    def __init__(self, attribution: Attribution, clock: Clock) -> None:
        super().__init__(attribution, clock)
        self.handlers = {"UserEvent": self._used}

    def begin(self, lists: Lists) -> Told:
        return []

    def _used(self, message: Message) -> Told:
        if message.get("UserEvent") != EVENT:
            return []
        tenant = self._tenant(message)
        extension, feature = message.get("TlExtension"), message.get("TlFeature")
        argument = message.get("TlArgument").strip()
        if not tenant or feature not in _KNOWN or not _ID.fullmatch(extension) or not _ARGUMENT.fullmatch(argument):
            return [self.stray(message, f"{message.get('TlTenant')} {extension} {feature}")]
        at = self.clock.moment(message.get("TlEpoch")) or self.clock.at(message)
        return [PhoneFeature(tenant, int(extension), feature, argument, at)]

    def _tenant(self, message: Message) -> str | None:
        said = message.get("TlTenant")
        stated = (said, message.get("Tenantid"), message.get("AccountCode"))
        return self.attribution.tenant(stated, (message.get("Channel"),)) if said else None

"""How many messages wait in voicemail boxes. A box is named by its id and its tenant: `23@t2`."""

import re

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.shapes import Clock, count_of
from extensions.pbx.asterisk.translate.subject import Lists, Subject, Told
from extensions.pbx.events import BoxCount, Stray

_BOX = re.compile(r"([0-9]{1,9})@(.{1,63})")


class Voicemail(Subject):
    def __init__(self, attribution: Attribution, clock: Clock) -> None:
        super().__init__(attribution, clock)
        self.handlers = {"MessageWaiting": self._waiting}

    def begin(self, lists: Lists) -> Told:
        for message in lists.get("VoicemailUsersList", []):
            name = f"{message.get('VoiceMailbox')}@{message.get('VMContext')}"
            yield self._count(message, name, "NewMessageCount", "OldMessageCount")

    def _waiting(self, message: Message) -> Told:
        return [self._count(message, message.get("Mailbox"), "New", "Old")]

    def _count(self, message: Message, name: str, new: str, old: str) -> BoxCount | Stray:
        found = _BOX.fullmatch(name)
        tenant = self.attribution.tenant((found[2],)) if found else None
        if not found or not tenant:
            return self.stray(message, name)
        return BoxCount(tenant, int(found[1]), count_of(message.get(new)), count_of(message.get(old)))

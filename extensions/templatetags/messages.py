"""Drawing voicemail messages and recorded calls (VM-05, CTL-07)."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from extensions.pbx.messages import Folder, Message
from extensions.pbx.recordings import Recording
from portal.core.phone_numbers import for_people
from portal.core.templatetags.look import tone_chip

register = template.Library()


@register.simple_tag
def message_chip(message: Message) -> SafeString:
    """Chip of where a message lies."""
    if message.folder is Folder.NEW:
        return tone_chip("progress", _("New"), "mail")
    if message.folder is Folder.READ:
        return tone_chip("neutral", _("Read"), "mail-check")
    return tone_chip("cancelled", _("Deleted"), "trash")


@register.simple_tag
def caller_words(message: Message) -> str:
    """Who left it: name and number as people write them."""
    number = for_people(message.caller) if message.caller else ""
    return f"{number} {message.caller_name}".strip() or _("Unknown caller")


@register.simple_tag
def other_side(recording: Recording) -> str:
    """Who the other one was, as people write a number."""
    return for_people(recording.number) if recording.number else _("Withheld")


@register.simple_tag
def length_words(sound: Message | Recording) -> str:
    """Its length as minutes and seconds."""
    return f"{sound.seconds // 60}:{sound.seconds % 60:02}"

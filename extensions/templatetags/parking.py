"""Drawing parking slots."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from extensions.services.parking.states import SlotState
from portal.core.chips import chip_of
from portal.core.templatetags.look import tone_chip

register = template.Library()

_ICONS = {SlotState.FREE: "parking", SlotState.TAKEN: "phone-pause", SlotState.UNKNOWN: "question-mark"}


@register.simple_tag
def slot_chip(state: SlotState) -> SafeString:
    """What is in a slot: icon and word."""
    return tone_chip(chip_of(state).tone, state.label, _ICONS[state])


@register.filter
def with_number(text: Any, number: str) -> str:
    """`text` with `%(number)s` filled in."""
    return str(text) % {"number": number}

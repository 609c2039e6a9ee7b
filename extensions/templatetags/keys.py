"""What the picture of a telephone asks of its page."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def key_url(page: Any, number: int) -> str:
    """The address of one key, counted from 1, of the panel that `page` (views.keys.panel.Keys) shows."""
    return str(page.url("key", number))

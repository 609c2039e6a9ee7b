"""Amounts in templates."""

from django import template

from portal.core.money import in_words

register = template.Library()


@register.simple_tag
def money(minor: int, currency: str) -> str:
    """`{% money quote.rest quote.currency %}`: “1,234.50 EUR” of minor units."""
    return in_words(minor, currency)

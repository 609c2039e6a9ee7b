"""Drawing helpers for templates and tables: icons, status chips, cards, shell classes.

Tables call `icon` and `chip` as plain functions; templates use them as tags (`{% icon "phone" %}`, `{% chip state %}`).
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from portal.core.chips import TONES, chip_of

register = template.Library()

ICONS = Path(__file__).resolve().parents[3] / "static" / "vendor" / "tabler-icons"

_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.S)
_EMPTY_PATH = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


class UnknownIcon(ValueError):
    """No such icon is vendored. Add its name to bin/vendor.icons and run bin/vendor."""


@cache
def _paths(name: str) -> str:
    """The drawing inside the vendored file, on one line."""
    file = ICONS / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        raise UnknownIcon(f"There is no icon “{name}”: add it to bin/vendor.icons and run bin/vendor.")
    found = _DRAWING.search(file.read_text(encoding="utf-8"))
    return " ".join(_EMPTY_PATH.sub("", found.group(1) if found else "").split())


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Inline drawing, 1em high, hidden from screen readers: the word beside it speaks.

    `css` is added to its classes. Raises UnknownIcon.
    """
    classes = f"ico {conditional_escape(css)}".rstrip()
    return mark_safe(  # noqa: S308 - vendored drawing, escaped class
        f'<svg class="{classes}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{_paths(name)}</svg>'
    )


@register.simple_tag
def chip(state: Any, label: Any = None) -> SafeString:
    """Status chip: icon, word and edge, never colour alone (UXP-04).

    `state` has `.label`, `.tone` (a key of TONES) and, if the tone's own icon does not fit, `.icon`.
    `label` replaces the word. An empty state draws nothing.
    """
    if state is None or state == "":
        return SafeString("")
    tone = getattr(state, "tone", "") or "neutral"
    if tone not in TONES:
        raise ValueError(f"There is no tone “{tone}”: use one of {', '.join(TONES)}.")
    drawing = icon(getattr(state, "icon", "") or TONES[tone])
    return format_html('<span class="chip chip-{}">{}{}</span>', tone, drawing, label or getattr(state, "label", state))


def state_chip(state: Any) -> SafeString:
    """The chip of a state enum's member, for tables, which show it in every row."""
    return _state_chip(state, get_language())


@lru_cache(maxsize=500, typed=True)  # equal words of two enums are two states
def _state_chip(state: Any, _language: str | None) -> SafeString:
    return chip(chip_of(state))


@register.simple_tag
def tone_chip(tone: str, label: Any, icon_name: str = "") -> SafeString:
    """A chip for something that is no state object: `{% tone_chip "trial" _("Trial") %}`."""
    if tone not in TONES:
        raise ValueError(f"There is no tone “{tone}”: use one of {', '.join(TONES)}.")
    return format_html('<span class="chip chip-{}">{}{}</span>', tone, icon(icon_name or TONES[tone]), label)


@register.simple_block_tag
def card(content: SafeString, title: Any = "", **options: Any) -> SafeString:
    """`{% card _("Contacts") icon="users" %}…{% endcard %}`: a bordered block with a heading.

    Options: `icon` (name), `aside` (text or safe HTML at the right of the heading), `css` (classes),
    `flush` (True: no padding, for tables and lists), `id`.
    """
    heading: str | SafeString = ""
    if title:
        drawing = icon(options["icon"]) if options.get("icon") else ""
        aside = format_html('<div class="card-aside">{}</div>', options["aside"]) if options.get("aside") else ""
        heading = format_html(
            '<div class="card-header"><h2 class="card-title">{}{}</h2>{}</div>', drawing, title, aside
        )
    mark = format_html(' id="{}"', options["id"]) if options.get("id") else ""
    body = "card-flush" if options.get("flush") else "card-body"
    return format_html(
        '<section class="card {}"{}>{}<div class="{}">{}</div></section>',
        options.get("css", ""),
        mark,
        heading,
        body,
        content,
    )


@register.filter
def initials(name: Any) -> str:
    """One or two capital letters for the avatar: “Olivia Operator” gives “OO”."""
    words = [word for word in re.split(r"[\s._@-]+", str(name or "")) if word]
    letters = [word[0] for word in (words if len(words) < 2 else (words[0], words[-1]))]
    return "".join(letters).upper() or "?"


@register.filter
def short_id(value: Any) -> str:
    """The first eight characters of a long identifier; the whole one is what gets copied."""
    text = str(value)
    return text if len(text) <= 12 else f"{text[:8]}…"


@register.filter
def tone_of(state: Any) -> str:
    """The state's tone, for CSS classes."""
    tone = getattr(state, "tone", "") or "neutral"
    return tone if tone in TONES else "neutral"


@register.filter
def icon_of(state: Any) -> str:
    """The state's own icon, else its tone's."""
    return getattr(state, "icon", "") or TONES[tone_of(state)]


@register.filter
def without_placeholder(field: BoundField) -> BoundField:
    """The field without a placeholder that only repeats its label (allauth sets those)."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.filter
def as_check(tag: SafeString) -> SafeString:
    """A radio button or tick box in the look of our forms."""
    return mark_safe(tag.replace("<input ", '<input class="form-check-input" ', 1))  # noqa: S308 - rendered by Django


# Searched in this order: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(user_agent: Any) -> str:
    """What a browser is called by people: “Firefox on Windows”. Unknown ones keep their own words, shortened."""
    told = str(user_agent or "")
    browser = next((name for mark, name in _BROWSERS if mark in told), "")
    system = next((name for mark, name in _SYSTEMS if mark in told), "")
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or told[:60] or gettext("Unknown")

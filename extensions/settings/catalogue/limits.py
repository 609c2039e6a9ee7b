"""What people read when a limit is reached: the provider's words (TEN-07)."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from extensions.models import Level
from extensions.settings.registry import Setting, register
from extensions.settings.words import name_or_none

SENTENCE = "limit.sentence"
LINK = "limit.link"
WORDS = ("limit", "used", "what")
_WORD = re.compile(r"\{(.*?)\}")
_PROVIDER = frozenset({Level.PLATFORM})


def _known_words(text: str) -> None:
    unknown = [word for word in _WORD.findall(text) if word not in WORDS]
    if unknown:
        raise ValidationError(_now("Use {limit}, {used} and {what}; {%(word)s} is not known.") % {"word": unknown[0]})


def _sentence() -> forms.CharField:
    return forms.CharField(
        max_length=300, required=False, validators=[_known_words], widget=forms.Textarea({"rows": 2})
    )


def _web_or_mail(text: str) -> None:
    if not re.fullmatch(r"(https?://|mailto:)[^\s<>\"']{3,300}", text):
        raise ValidationError(_now("Start with https:// or mailto:, for example mailto:sales@provider.example."))


def _link() -> forms.CharField:
    return forms.CharField(max_length=310, required=False, validators=[_web_or_mail])


register(
    Setting(SENTENCE, _("Sentence when a limit is reached"), _sentence, default="", words=name_or_none,
            levels=_PROVIDER, lockable=False,
            help=_("{limit} is how many are allowed, {used} how many there are, {what} of what. Empty: our own.")),
    Setting(LINK, _("Link to buy more"), _link, default="", words=name_or_none, levels=_PROVIDER, lockable=False,
            help=_("Shown behind that sentence. Empty: the customer's own page about limits.")),
)  # fmt: skip

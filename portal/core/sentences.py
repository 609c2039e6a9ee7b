"""Sentences that are stored now and read later, by people of other languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text of the catalogues (`gettext_lazy`) with named arguments: words, numbers, lazy texts or sentences.

    `str()` draws it in the language of whoever reads; `stored()` keeps it without a language, `read()` brings it back.
    """

    text: Any
    words: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        text = str(self.text) if isinstance(self.text, Promise) else gettext(self.text)
        return text % {name: _drawn(value) for name, value in self.words.items()} if self.words else text

    def stored(self) -> dict[str, Any]:
        """As JSON: the text in the language of the program, which is what the catalogues are asked for."""
        with override(None):
            words = {name: _kept(value) for name, value in self.words.items()}
            return {"text": str(self.text), "words": words}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Sentence":
        """The sentence that `stored()` kept."""
        words = {name: cls.read(value) if isinstance(value, dict) else value for name, value in kept["words"].items()}
        return cls(kept["text"], words)


def in_source_language(said: Any) -> str:
    """A sentence or plain text as the program itself says it: for columns that are sorted and searched."""
    with override(None):
        return str(said)


def _drawn(value: Any) -> Any:
    return str(value) if isinstance(value, Promise | Sentence) else value


def _kept(value: Any) -> Any:
    if isinstance(value, Promise):
        return Sentence(value).stored()
    return value.stored() if isinstance(value, Sentence) else value

"""Sentences that are stored without a language and drawn in the reader's (UXP-04)."""

import json

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from portal.core.sentences import Sentence, in_source_language


def test_a_stored_sentence_is_drawn_in_the_language_of_whoever_reads_it() -> None:
    # Texts that Django itself has in many languages.
    inner = Sentence(_("Saturday"))
    said = Sentence("%(day)s, %(end)s: %(n)d", {"day": inner, "end": _("and"), "n": 3})
    with override("fr"):
        kept = json.loads(json.dumps(said.stored()))
        in_french = str(Sentence.read(kept))

    with override("de"):
        in_german = str(Sentence.read(kept))
    with override("en"):
        in_english = str(Sentence.read(kept))

    assert (in_french, in_german, in_english) == ("samedi, et: 3", "Samstag, und: 3", "Saturday, and: 3")


def test_a_sentence_without_words_may_hold_a_percent_sign() -> None:
    assert str(Sentence.read(Sentence("100 % of all calls").stored())) == "100 % of all calls"


def test_columns_that_are_searched_hold_the_language_of_the_program() -> None:
    with override("de"):
        assert in_source_language(Sentence(_("Saturday"))) == "Saturday"
        assert in_source_language("Anna 100 %") == "Anna 100 %"

"""How both versions are told where two people saved the same thing (UXP-05)."""

from typing import Any

import pytest
from django import forms

from extensions.models import Team
from portal.core.pages.versions import in_words

RINGING = forms.ChoiceField(choices=[("all", "All at once"), ("Others", [("turns", "Taking turns")])])
MANY = forms.MultipleChoiceField(choices=[(1, "Night service"), (2, "Office hours")])


@pytest.mark.feature("UXP-05")
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(), None, ""),
        (forms.CharField(), "Reception", "Reception"),
        (forms.BooleanField(), True, "Yes"),
        (forms.BooleanField(), False, "No"),
        (RINGING, "turns", "Taking turns"),
        (MANY, [2, 1], "Night service, Office hours"),
        (MANY, [Team(name="Support"), Team(name="Sales")], "Sales, Support"),
        (MANY, [], ""),
    ],
)
def test_a_value_is_told_as_people_read_it(field: forms.Field, value: Any, words: str) -> None:
    assert in_words(field, value) == words

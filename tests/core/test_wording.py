"""Forms say what is wanted, in our words (UXP-05)."""

import pytest
from django import forms
from django.core.validators import MaxValueValidator, RegexValidator

from portal.core.forms import PortalForm
from portal.core.wording import first_of


class Pair(forms.MultiValueField):
    widget = forms.MultiWidget([forms.TextInput(), forms.TextInput()])

    def __init__(self) -> None:
        super().__init__([forms.DateField(), forms.CharField(max_length=9)])

    def compress(self, data_list: list) -> list:
        return data_list


class Sample(PortalForm):
    name = forms.CharField(max_length=3)
    number = forms.IntegerField(min_value=5, max_value=9)
    price = forms.DecimalField()
    kind = forms.ChoiceField(choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])
    mail = forms.EmailField()
    day = forms.DateField()
    agreed = forms.BooleanField()
    own = forms.CharField(error_messages={"required": "Say it in your own words."})
    shape = forms.CharField(validators=[RegexValidator("^x$", "Type an x.")])
    parts = Pair()
    most = forms.IntegerField(validators=[MaxValueValidator(2, "Two are enough.")])


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Fill this in."),
        ("name", "abcd", "Use at most 3 characters; these are 4."),
        ("name", "a\0", "There is a character in it that cannot be kept: type it anew."),
        ("number", "x", "Type a whole number, in digits."),
        ("number", "4", "Use 5 or more."),
        ("number", "10", "Use 9 or less."),
        ("price", "x", "Type a number, such as 12.50."),
        ("kind", "", "Choose one."),
        ("kind", "b", "“b” is not in this list: choose another one."),
        ("several", "", "Choose at least one."),
        ("mail", "x", "Type an e-mail address, such as anna@company.com."),
        ("day", "x", "Type a day, such as 2026-12-24."),
        ("agreed", "", "Tick this box to go on."),
        ("own", "", "Say it in your own words."),
        ("shape", "y", "Type an x."),
        ("parts_0", "x", "Type a day, such as 2026-12-24."),
        ("most", "3", "Two are enough."),
    ],
)
def test_a_mistake_is_told_as_what_is_wanted_and_words_of_a_field_stay(field: str, typed: str, said: str) -> None:
    form = Sample({"parts_1": "10:00", field: typed} if typed else {})

    assert said in form.errors[field.removesuffix("_0")]


def test_a_long_list_of_names_ends_with_how_many_more_there_are() -> None:
    assert first_of(["a", "b", "c", "d"]) == "a, b, c, d"
    assert first_of(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"

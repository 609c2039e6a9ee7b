"""Forms in our look: label, hint, box and error belong together, for eyes and for screen readers."""

import pytest
from django import forms
from django.template import Context, Template

from portal.core.forms import PortalForm


class Wish(PortalForm):
    name = forms.CharField(label="Name", help_text="For example ke.")
    colour = forms.ChoiceField(label="Colour", choices=[("r", "Red"), ("b", "Blue")], widget=forms.RadioSelect)
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput, required=False)


def drawn(form: forms.Form, **context: object) -> str:
    return Template('{% include "components/form.html" %}').render(Context({"form": form, **context}))


def test_the_hint_comes_before_the_box_and_describes_it() -> None:
    html = drawn(Wish())

    assert html.index("For example ke.") < html.index('name="name"')
    assert 'aria-describedby="id_name_helptext"' in html


@pytest.mark.feature("UXP-04")
def test_required_is_said_by_a_word() -> None:
    assert drawn(Wish()).count(">required</span>") == 2


@pytest.mark.feature("UXP-04")
def test_an_error_stands_beside_its_field_and_in_the_summary_with_a_link() -> None:
    html = drawn(Wish({"colour": "r"}))

    assert 'href="#id_name"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_typed_stays_but_a_password_does_not() -> None:
    html = drawn(Wish({"name": "kenton", "secret": "do not echo"}))

    assert 'value="kenton"' in html
    assert "do not echo" not in html


def test_a_single_refusal_is_one_sentence_without_a_list() -> None:
    form = Wish({"name": "ke", "colour": "r"})
    form.is_valid()
    form.add_error(None, "That name is taken.")

    html = drawn(form)

    assert "<span>That name is taken.</span>" in html
    assert "Please look at" not in html


def test_a_password_box_offers_to_show_what_is_typed() -> None:
    assert 'data-behaviour="password-toggle"' in drawn(Wish())


@pytest.mark.feature("UXP-03")
def test_a_form_goes_by_post_with_a_way_back_and_needs_no_script() -> None:
    html = drawn(Wish(), cancel_url="/back/", submit_label="Create")

    assert 'method="post"' in html
    assert 'href="/back/"' in html
    assert "hx-" not in html


def test_text_before_a_box_stands_in_one_line_with_it() -> None:
    source = '{% include "bootstrap5/layout/prepended_appended_text.html" %}'
    html = Template(source).render(Context({"field": Wish()["name"], "crispy_prepended_text": "prp"}))

    assert '<span class="affix">prp</span>' in html

"""Pieces of pages that are kept in the process hold nothing that their key does not hold."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import override_settings
from django.urls import set_urlconf
from django.utils.safestring import mark_safe
from django.utils.translation import override

from portal.accounts.models import User
from portal.core.templatetags.remember import MOST, RememberNode


def piece(source: str) -> Template:
    return Template("{% load remember %}" + source)


def kept_by(template: Template) -> int:
    (node,) = template.nodelist.get_nodes_by_type(RememberNode)
    return len(node.kept)


def test_a_piece_is_drawn_once_for_each_set_of_values() -> None:
    template = piece("{% remember name=name %}<b>{{ name }}</b>{% endremember %}")

    drawn = [template.render(Context({"name": name})) for name in ("Ada", "Bob", "Ada")]

    assert drawn == ["<b>Ada</b>", "<b>Bob</b>", "<b>Ada</b>"]
    assert kept_by(template) == 2


@pytest.mark.feature("TEN-01")
def test_a_piece_sees_only_the_values_that_it_is_kept_by() -> None:
    template = piece("{% remember name=name %}{{ name }}{{ user }}{{ request }}{{ csrf_token }}{% endremember %}")
    person = {"user": "Ada", "request": "/secret/", "csrf_token": "token"}

    assert template.render(Context({"name": "x", **person})) == "x"


def test_a_csrf_token_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="CSRF"):
        piece("{% remember %}<form>{% csrf_token %}</form>{% endremember %}")


@pytest.mark.feature("TEN-01")
def test_rows_of_a_database_are_refused_also_inside_others() -> None:
    template = piece("{% remember of=of %}{{ of }}{% endremember %}")

    for value in (User(pk=1), (User(pk=1),)):
        with pytest.raises(TypeError, match="no plain value"):
            template.render(Context({"of": value}))


def test_each_language_and_each_face_has_its_own_piece() -> None:
    template = piece("{% remember %}{% load i18n %}{% get_current_language as now %}{{ now }}{% endremember %}")
    address = piece("{% remember %}{% url 'home' %}{% endremember %}")

    drawn = []
    for language in ("en", "de", "en"):
        with override(language):
            drawn.append(template.render(Context()))
    for urlconf in ("portal.sites.urls_management", "portal.sites.urls_tenant", "portal.sites.urls_management"):
        set_urlconf(urlconf)
        drawn.append(address.render(Context()))
    set_urlconf(None)

    assert drawn[:3] == ["en", "de", "en"]
    assert kept_by(template) == kept_by(address) == 2


def test_equal_values_of_other_kinds_are_other_values() -> None:
    template = piece("{% remember of=of %}{{ of }}{% endremember %}")
    values = (1, True, "<b>", mark_safe("<b>"))  # noqa: S308 - what the test is about

    assert [template.render(Context({"of": value})) for value in values] == ["1", "True", "&lt;b&gt;", "<b>"]


def test_lists_are_drawn_each_time_and_not_kept() -> None:
    template = piece("{% remember of=of %}{{ of|join:'-' }}{% endremember %}")

    assert [template.render(Context({"of": of})) for of in (["a", "b"], ["c"])] == ["a-b", "c"]
    assert kept_by(template) == 0


def test_only_so_many_pieces_are_kept() -> None:
    template = piece("{% remember of=of %}{{ of }}{% endremember %}")

    for number in range(MOST + 1):
        template.render(Context({"of": number}))

    assert kept_by(template) == 1


def test_other_settings_draw_anew() -> None:
    template = piece("{% remember %}{% load static %}{% static 'a.css' %}{% endremember %}")
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

    drawn = []
    for folder in ("/one/", "/two/"):
        with override_settings(STATIC_URL=folder, STORAGES=plain):
            drawn.append(template.render(Context()))

    assert drawn == ["/one/a.css", "/two/a.css"]

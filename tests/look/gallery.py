"""Pages that show every component, for the tests that look at them in a browser."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.template import engines
from django.test import RequestFactory
from django.utils.safestring import SafeString

from portal.core.forms import PortalForm
from portal.core.tables import PortalTable
from portal.core.templatetags.look import TONES, chip

SOURCES = Path(__file__).parent / "pages"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Person(forms.Form):
    q = forms.CharField(label="Search a name", required=False)
    state = forms.ChoiceField(label="State", choices=[("", "Any"), ("active", "Active")], required=False)


class Names(PortalTable):
    """A table over plain objects."""

    name = tables.Column(verbose_name="Name")
    state = tables.Column(verbose_name="State", orderable=False)
    calls = tables.Column(verbose_name="Calls")
    default_sort = "name"
    numeric = ("calls",)
    secondary = ("calls",)

    def cell_state(self, record: Any) -> SafeString:
        return chip(record.state)

    def row_url(self, record: Any) -> str:
        return f"/form.html?of={record.name}"


class Wish(PortalForm):
    short_name = forms.CharField(label="Short name", help_text="For example ke.", max_length=12)
    notes = forms.CharField(
        label="Notes",
        required=False,
        widget=forms.Textarea(attrs={"maxlength": 100, "data-behaviour": "counter", "rows": 3}),
    )
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    start = forms.ChoiceField(
        label="Start", choices=[("now", "At once"), ("later", "Off-peak")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="I agree", help_text="To everything above.")


SHELL = {
    "platform_name": "Trunkline",
    "tenant_label": "Trunkline",
    "face": "management",
    "help_url": "/help.html",
    "profile_menu": [{"label": "Sessions", "url": "/sessions.html", "icon": "devices"}],
    "navigation": [
        {"label": "Today", "items": [{"label": "Overview", "url": "/a.html", "icon": "home", "active": True}]},
        {"label": "Tenants", "items": [{"label": "Tenants", "url": "/b.html", "icon": "building", "active": False}]},
    ],
}


def state(label: str, tone: str) -> SimpleNamespace:
    return SimpleNamespace(label=label, tone=tone)


def contexts() -> dict[str, dict[str, Any]]:
    rows = [SimpleNamespace(pk=n, name=name, state=state("Active", "good"), calls=n) for n, name in enumerate("abc")]
    request = RequestFactory().get("/list.html", {"state": "active"})
    table = Names(QuerySet(), request=request)
    sheet = Paginator(rows, 50).get_page(1)
    table.show(sheet)
    wish = Wish({"short_name": "", "start": ""})
    return {
        "pieces": {
            "steps": [
                {"title": "Reserved", "state": state("Done", "good"), "at": NOON, "duration": "0.2 s"},
                {"title": "Cloned", "state": state("In progress", "progress"), "at": NOON},
                {"title": "Ready", "state": state("Failed", "failed"), "detail": "The name is taken."},
            ],
            "states": [state(tone.capitalize(), tone) for tone in TONES],
            "changes": [{"field": "Name", "before": "Kenton", "after": "KentonElectronics"}],
            "raw": "{}",
            "job": SimpleNamespace(pk=1, title="Import", state=state("In progress", "progress"), done=3, total=9),
            "facts": [{"label": "State", "chip": state("Trial", "trial")}, {"label": "ANI", "value": ""}],
            "tabs": [{"label": "Main", "url": "/list.html", "active": True}, {"label": "Later", "url": ""}],
            "messages": [Message(SUCCESS, "Saved."), Message(ERROR, "Not saved.")],
        },
        "list": {"table": table, "page_obj": sheet, "filter": SimpleNamespace(form=Person({"state": "active"}))},
        "form": {"form": wish},
        "polling": {},
    }


def pages() -> Iterator[tuple[str, str]]:
    """(name, HTML) of every page of the gallery."""
    request = SimpleNamespace(path="/list.html", user=SimpleNamespace(is_authenticated=False))
    user = SimpleNamespace(is_authenticated=True, get_username=lambda: "olivia@example.com")
    for name, context in contexts().items():
        source = (SOURCES / f"{name}.html").read_text()
        yield name, engines["django"].from_string(source).render({**SHELL, "request": request, "user": user, **context})

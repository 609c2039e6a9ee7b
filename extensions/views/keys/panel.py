"""The picture of a panel and everything that can be done on it; for extensions and for templates alike (BLF-02)."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.forms.keys import FillForm, KeyForm, MoveForm, OrderForm
from extensions.keys.in_force import KeyInForce, in_force, keys_of_panel
from extensions.keys.phones import Fitting
from extensions.keys.picture import Picture, draw, place_words, query_for
from extensions.keys.targets import suggestions
from extensions.keys.words import typed
from extensions.models import Extension, KeyKind, KeyPanel
from extensions.phone_models import place_of
from extensions.services.keys.edit import move_key, remove_key, set_key
from extensions.services.keys.fill import fill_keys
from extensions.services.keys.order import NotAnOrder, reorder_keys, sort_keys
from portal.core.pages import ActionPage, Page, VersionedFormPage
from portal.core.versions import Versioned
from portal.permissions import Perm


class Keys(Page, abstract=True):
    """A page about one panel. The subclasses of two mixins say whose: `ofextension.py` and `oftemplate.py`."""

    prefix = ""  # of the names of its URLs
    steps: tuple[str, ...] = ("order", "sort", "fill", "suggest")  # what can be done with the whole panel
    respect_locks = False  # True for people who change their own telephone

    def panel(self) -> KeyPanel:
        """The panel; not saved yet where an extension has none. Read once per request."""
        raise NotImplementedError(f"{type(self).__qualname__}.panel")

    def fittings(self) -> list[Fitting]:
        """The telephones that it can be drawn for."""
        raise NotImplementedError(f"{type(self).__qualname__}.fittings")

    def arguments(self) -> list[Any]:
        """What its addresses begin with."""
        raise NotImplementedError(f"{type(self).__qualname__}.arguments")

    @property
    def may_change(self) -> bool:
        """Whether the keys can be clicked and moved."""
        return bool(self.request.user.may(Perm.KEY_UPDATE))  # type: ignore[union-attr]

    @property
    def owner(self) -> Extension | None:
        return self.panel().extension

    def url(self, step: str = "", number: int | None = None) -> str:
        """The address of one of its pages."""
        more = [] if number is None else [number]
        return reverse(f"{self.prefix}_{step}" if step else self.prefix, args=[*self.arguments(), *more])

    @cached_property
    def fitting(self) -> Fitting:
        """The telephone that is drawn: the one asked for, else the one with the most keys."""
        found = self.fittings()
        asked = self.request.GET.get("phone", "")
        return next(
            (one for one in found if one.phone is not None and one.phone.mac == asked),
            max(found, key=lambda one: one.limit),
        )

    @cached_property
    def held(self) -> list[KeyInForce]:
        panel = self.panel()
        return in_force(panel, keys_of_panel(panel)) if panel.pk else []

    def shown_from(self) -> dict[str, str]:
        """Which pages of the telephone are shown."""
        return self.request.GET.dict()

    def position(self) -> int:
        """The position in the address, from 0."""
        return int(self.kwargs["position"]) - 1

    def back(self, position: int) -> str:
        """The panel, on the page with this position."""
        return self.url() + query_for(position, self.fitting)

    def context(self) -> dict[str, Any]:
        panel, picture = self.panel(), self.picture()
        return {
            "panel": panel,
            "extension": panel.extension,
            "picture": picture,
            "rows": self._rows() if self.request.GET.get("view") == "list" else None,
            "fittings": self.fittings(),
            "fitting": self.fitting,
            "urls": {step: self.url(step) for step in self.steps},
            "here": self.url(),
            "selected": None,
        }

    def picture(self) -> Picture:
        return draw(self.fitting, self.held, self.shown_from())

    def _rows(self) -> list[dict[str, Any]]:
        model, modules = self.fitting.model, self.fitting.modules
        places = [place_words(place_of(one.position, model, modules), self.fitting) for one in self.held]
        return [
            {"held": one, "number": one.position + 1, "place": place, "kind": one.kind.label}
            for one, place in zip(self.held, places, strict=True)
        ]


class PanelPage(Keys, abstract=True):
    template = "keys/panel.html"


class KeyPage(Keys, VersionedFormPage, abstract=True):
    """One key beside the picture: kind, target, label. htmx swaps only the form in; without it this is the page."""

    template = "keys/panel.html"
    partial = "keys/_key_side.html"
    form_class = KeyForm
    done_message = _("Key saved.")

    def current(self) -> Versioned:
        return self.panel()

    def key(self) -> KeyInForce | None:
        """What is on the key now."""
        return next((one for one in self.held if one.position == self.position()), None)

    def shown_from(self) -> dict[str, str]:
        place = place_of(self.position(), self.fitting.model, self.fitting.modules)
        if place is None:
            return {}
        return {f"m{place.sheet.module}" if place.sheet.module else "page": str(place.sheet.page)}

    def initial(self) -> dict[str, Any]:
        held = self.key()
        if held is None:
            return {"kind": KeyKind.PRESENCE.value, "target": "", "label": "", "locked": False}
        key = held.key
        return {"kind": key.kind, "target": typed(key), "label": key.label, "locked": key.locked}

    def form_arguments(self) -> dict[str, Any]:
        return {"suggest_url": self.url("suggest")}

    def build(self, data: Any = None, files: Any = None) -> Any:
        form = super().build(data, files)
        kinds = [(kind.value, kind.label) for kind in KeyKind if kind in self.fitting.model.kinds]
        form.fields["kind"].choices = kinds
        return form

    def context(self) -> dict[str, Any]:
        position, held = self.position(), self.key()
        limit = self.fitting.limit
        if position < 0 or (position >= limit and held is None):
            raise Http404
        others = [number for number in range(1, limit + 1) if number != position + 1]
        return {
            **super().context(),
            "selected": held,
            "position": position,
            "number": position + 1,
            "place": place_words(place_of(position, self.fitting.model, self.fitting.modules), self.fitting),
            "up": position if 0 < position <= limit else 0,
            "down": position + 2 if position + 1 < limit else 0,
            "others": others,
            "key_urls": {step: self.url(step, position + 1) for step in ("key", "remove", "move")},
        }

    def perform(self, form: KeyForm) -> str:
        position = self.position()
        set_key(
            panel=self.panel(), position=position, said=form.said(), by=self.request.user,
            version=form.cleaned_data["version"], respect_locks=self.respect_locks,
        )  # fmt: skip
        if "next" in self.request.POST and position + 1 < self.fitting.limit:
            return self.url("key", position + 2)
        return self.back(position)


class KeyRemove(Keys, ActionPage, abstract=True):
    done_message = _("Key freed.")

    def refused_to(self) -> str:
        return self.back(self.position())

    def perform(self) -> str:
        remove_key(panel=self.panel(), position=self.position(), by=self.request.user, respect_locks=self.respect_locks)
        return self.back(self.position())


class KeyMove(Keys, ActionPage, abstract=True):
    """Up, down, or in exchange with any other key."""

    done_message = _("Key moved.")

    def refused_to(self) -> str:
        return self.back(self.position())

    def perform(self) -> str:
        form = MoveForm(self.request.POST)
        to = form.cleaned_data["to"] - 1 if form.is_valid() else -1  # no such key: the service says so
        move_key(
            panel=self.panel(), position=self.position(), to=to, by=self.request.user, respect_locks=self.respect_locks
        )
        return self.url("key", to + 1)


class KeysOrder(Keys, ActionPage, abstract=True):
    """The keys of one page as somebody dragged them."""

    done_message = _("Order saved.")

    def refused_to(self) -> str:
        return self.url()

    def perform(self) -> str:
        panel, form = self.panel(), OrderForm(self.request.POST)
        if not form.is_valid():
            raise NotAnOrder
        order = form.positions()
        place = place_of(min(order), self.fitting.model, self.fitting.modules)
        if place is None:
            raise NotAnOrder
        version = self.request.POST.get("version", "")
        reorder_keys(
            panel=panel, positions=list(place.sheet.positions), order=order, by=self.request.user,
            version=int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else None,
            respect_locks=self.respect_locks,
        )  # fmt: skip
        return self.back(min(order))


class KeysSort(Keys, ActionPage, abstract=True):
    done_message = _("Keys sorted by label.")

    def refused_to(self) -> str:
        return self.url()

    def perform(self) -> str:
        sort_keys(panel=self.panel(), by=self.request.user, respect_locks=self.respect_locks)
        return self.url()


class KeysFill(Keys, VersionedFormPage, abstract=True):
    """The members of a team, or everybody else, on the free keys."""

    template = "keys/fill.html"
    form_class = FillForm

    def current(self) -> Versioned:
        return self.panel()

    def perform(self, form: FillForm) -> str:
        facts = form.cleaned_data
        filled = fill_keys(panel=self.panel(), team=facts["team"], version=facts["version"], by=self.request.user)
        told = ngettext("%(n)d key added.", "%(n)d keys added.", filled.added) % {"n": filled.added}
        if filled.unfitting:
            told += " " + ngettext(
                "%(n)d colleague found no free key.", "%(n)d colleagues found no free key.", filled.unfitting
            ) % {"n": filled.unfitting}
        if filled.hidden:
            told += " " + ngettext(
                "%(n)d does not want to be watched.", "%(n)d do not want to be watched.", filled.hidden
            ) % {"n": filled.hidden}
        self.done_message = told
        return self.url()


class SuggestForm(forms.Form):
    kind = forms.TypedChoiceField(choices=KeyKind.choices, coerce=KeyKind)
    target = forms.CharField(required=False, max_length=80)


class KeysSuggest(Keys, abstract=True):
    """What there is to point at, while somebody types."""

    template = "keys/_suggestions.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        panel, form = self.panel(), SuggestForm(request.GET)
        found = []
        if form.is_valid():
            found = suggestions(form.cleaned_data["kind"], form.cleaned_data["target"], panel)
        return self.page({"suggestions": found})

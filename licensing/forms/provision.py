"""Provisioning a range, and giving what came of it to people."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import ExtensionNumberField
from extensions.models import Extension
from extensions.services.reassign import unassigned_users
from licensing.services.provision import PLAN
from portal.accounts.models import User
from portal.core.forms import PortalForm

OFFERED = 500


class ProvisionForm(PortalForm):
    """The fields have the names of the service's arguments."""

    count = forms.IntegerField(
        label=_("Number of Users"), min_value=1, max_value=PLAN.most, initial=1, help_text=_("One extension for each.")
    )
    first = ExtensionNumberField()
    skip_used = forms.BooleanField(
        label=_("Skip used numbers"),
        required=False,
        help_text=_("Otherwise nothing is made when a number of the range is in use."),
    )
    submit_label = _("Provision & Assign")

    def __init__(self, *args: Any, preview_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].label = _("Start from Extension")
        self.fields["first"].help_text = _("3 to 5 digits, for example 201. The others follow upwards.")
        for name, field in self.fields.items():
            field.widget.attrs |= {
                "hx-get": preview_url,
                "hx-trigger": "change" if name == "skip_used" else "input changed delay:300ms",
                "hx-target": "#provision-preview",
                "hx-swap": "innerHTML",
                "hx-sync": "#provision-preview:queue last",
                "hx-include": "#id_count, #id_first, #id_skip_used",
            }


class AssignForm(PortalForm):
    """One box for each extension: whose it is. It takes a logon, or a name that only one person has."""

    submit_label = _("Assign")

    def __init__(self, *args: Any, extensions: list[Extension], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = list(unassigned_users()[:OFFERED])
        self.rows = extensions
        for extension in extensions:
            self.fields[f"extension_{extension.pk}"] = forms.CharField(
                label=_("User of %(number)s") % {"number": extension.number},
                required=False,
                max_length=254,
                widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off", "spellcheck": "false"}),
            )

    def clean(self) -> dict[str, Any]:
        """`users`: the chosen people's ids by extension id."""
        typed = {row.pk: self.cleaned_data.get(f"extension_{row.pk}", "").strip() for row in self.rows}
        words = {word.lower() for word in typed.values() if word}
        known: dict[str, list[int]] = {}
        for user in _named(words):
            for word in {user.username.lower(), user.email.lower(), str(user.display_name).lower()} & words:
                known.setdefault(word, []).append(user.pk)
        users = {}
        for pk, word in typed.items():
            found = known.get(word.lower(), []) if word else []
            if len(found) == 1:
                users[pk] = found[0]
            elif word:
                many = _("Several people are called so. Type the logon.") if found else None
                self.add_error(f"extension_{pk}", many or _("Choose somebody who has no extension yet."))
        self.cleaned_data["users"] = users
        return self.cleaned_data


def _named(words: set[str]) -> list[User]:
    """The people without an extension whom these words may mean; one query for all boxes."""
    if not words:
        return []
    found = Q()
    for word in words:
        found |= Q(username__iexact=word) | Q(email__iexact=word) | Q(display_name__iexact=word)
    return list(unassigned_users().filter(found))

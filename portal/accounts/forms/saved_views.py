"""Saving a list as somebody wants to see it again (UXP-02)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import PortalForm


class SavedViewForm(PortalForm):
    """`page` is the list's URL name, `query` its query string."""

    name = forms.CharField(label=_("Name of the view"), max_length=40)
    page = forms.RegexField(r"^[a-z_]+:[a-z_]+$", max_length=80)
    query = forms.CharField(max_length=1000, required=False)

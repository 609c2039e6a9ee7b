"""What is typed in the Customer Access Portal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import PortalForm

MOST = 100_000


class QuantityForm(PortalForm):
    """How many licences: a whole number, at least 1 (PLT-10)."""

    quantity = forms.IntegerField(label=_("Number of licenses"), min_value=1, max_value=MOST, required=True)
    submit_label = _("Show the price")

    def __init__(self, *args: Any, cancelling: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cancelling:
            self.submit_label = _("Show the new price")
        self.fields["quantity"].help_text = (
            _("So many fewer than now. Licenses in use cannot be cancelled.")
            if cancelling
            else _("So many more than now. You see the price before anything is bought.")
        )

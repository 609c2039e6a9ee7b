"""General parameters of the queues (REG-26)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import PortalForm


class QueueParametersForm(PortalForm):
    callback_folder_email = forms.EmailField(
        label=_("Callback Folder e-mail address"),
        max_length=254,
        help_text=_(
            "Requests to be called back are sent to this mailbox, for example callback@kenton-electronics.com."
        ),
    )
    callback_attempts = forms.IntegerField(
        label=_("Attempts to call back"), min_value=1, max_value=10, help_text=_("From 1 to 10.")
    )
    callback_expires_hours = forms.IntegerField(
        label=_("Callback requests expire after (hours)"),
        min_value=1,
        max_value=168,
        help_text=_("From 1 to 168 hours, which is one week."),
    )
    announce_position = forms.BooleanField(label=_("Tell callers their position in the queue"), required=False)
    submit_label = _("Save draft")

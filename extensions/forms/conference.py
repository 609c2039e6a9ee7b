"""Conference rooms (CONF-01)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import NameField
from extensions.forms.voicemail import DialField, PinField
from extensions.models import Extension
from portal.core.forms import PortalForm


class EditRoomForm(PortalForm):
    number = DialField()
    name = NameField(label=_("Name"), max_length=60)
    most = forms.IntegerField(label=_("Most people"), min_value=2, max_value=200, help_text=_("From 2 to 200."))
    announce = forms.BooleanField(label=_("Announce who comes and goes"), required=False)
    wait_for_member = forms.BooleanField(
        label=_("Guests wait until a member is there"),
        required=False,
        help_text=_("Members are chosen on the room's page."),
    )
    submit_label = _("Save room")


class CreateRoomForm(EditRoomForm):
    wait_for_member = None  # there are no members yet
    with_pin = forms.BooleanField(
        label=_("Ask callers for a PIN"), required=False, help_text=_("It is made for you and shown once.")
    )
    submit_label = _("Create room")


class RoomPinForm(PortalForm):
    pin = PinField(
        required=False,
        help_text=_("4 to 10 digits, not easy to guess. Empty: callers are not asked for one any more."),
    )
    submit_label = _("Save PIN")


class MembersForm(PortalForm):
    """`shown` names the extensions that stood on the page; only those change, by whether they are in `ticked`."""

    shown = forms.ModelMultipleChoiceField(label=_("Shown"), queryset=Extension.objects.none(), required=False)
    members = forms.ModelMultipleChoiceField(label=_("Members"), queryset=Extension.objects.none(), required=False)
    submit_label = _("Save members")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("shown", "members"):
            self.fields[name].queryset = Extension.objects.all()  # type: ignore[attr-defined]

    def changes(self) -> dict[str, set[int]]:
        """Ids to `add` and to `remove`."""
        shown, ticked = ({one.pk for one in self.cleaned_data[name]} for name in ("shown", "members"))
        return {"add": ticked, "remove": shown - ticked}

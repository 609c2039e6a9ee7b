"""Forms about PBXs and trunks. Secrets are only written: an empty field keeps the one that is there (PBX-08)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import PasswordInput, PortalForm
from tenants.models import PbxKind, Transport

_TEXT = {"autocomplete": "off", "spellcheck": "false"}


def _line(label: Any, *, longest: int, required: bool = False, hint: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs=_TEXT)
    return forms.CharField(label=label, max_length=longest, required=required, help_text=hint, widget=widget)


def _port(label: Any, standard: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=65535, initial=standard)


class SecretField(forms.CharField):
    """Never shown again; `hint` says what an empty field means."""

    def __init__(self, label: Any, *, longest: int) -> None:
        hint = _("It is kept encrypted and never shown. Leave it empty to keep the one that is there.")
        super().__init__(
            label=label, max_length=longest, required=False, help_text=hint, strip=False, widget=PasswordInput(new=True)
        )


class PbxForm(PortalForm):
    name = _line(_("Name"), longest=60, required=True)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=PbxKind.choices, help_text=_("A simulator plays calls and needs no address.")
    )
    host = _line(_("Address of its manager interface"), longest=253, hint=_("A host name or an IP address."))
    ami_port = _port(_("Port of its manager interface"), 5038)
    ami_user = _line(_("User name"), longest=40, hint=_("As in the PBX's manager.conf."))
    ami_secret = SecretField(_("Secret"), longest=200)
    config_folder = _line(
        _("Folder of its configuration"), longest=300, hint=_("Where the portal's workers write the files.")
    )
    spool_folder = _line(_("Folder of its messages and recordings"), longest=300)
    sip_host = _line(_("Address for telephones"), longest=253)
    sip_port = _port(_("Port for telephones"), 5060)
    transport = forms.ChoiceField(label=_("Transport"), choices=Transport.choices)
    enabled = forms.BooleanField(label=_("Enabled"), required=False, initial=True)
    submit_label = _("Save PBX")


class TrunkForm(PortalForm):
    name = _line(_("Name"), longest=60, required=True)
    host = _line(_("Address"), longest=253, required=True, hint=_("The provider's host name or IP address."))
    port = _port(_("Port"), 5060)
    transport = forms.ChoiceField(label=_("Transport"), choices=Transport.choices)
    username = _line(_("User name"), longest=60, hint=_("Empty: the provider knows the PBX by its address."))
    secret = SecretField(_("Password"), longest=200)
    match_addresses = _line(
        _("Calls come from"), longest=500, hint=_("Addresses or networks of the provider, divided by commas.")
    )
    enabled = forms.BooleanField(label=_("Enabled"), required=False, initial=True)
    emergency = forms.BooleanField(label=_("Takes emergency calls"), required=False)
    submit_label = _("Save trunk")

    def clean_match_addresses(self) -> list[str]:
        """The addresses one by one."""
        found = [one.strip() for one in str(self.cleaned_data["match_addresses"]).split(",")]
        return [one for one in found if one]

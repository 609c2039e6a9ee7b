"""The provider's policy."""

from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from portal.core.pages import FormPage, Page
from portal.permissions import Perm
from tenants.forms.platform import PlatformForm
from tenants.models import Domain, Platform
from tenants.services.platform import POLICY, change_policy


class PlatformSettings(Page):
    permission = Perm.PLATFORM_READ
    template = "tenants/platform.html"

    def context(self) -> dict[str, Any]:
        platform = Platform.objects.get(pk=1)
        return {
            "platform": platform,
            "days": [WEEKDAYS[day] for day in platform.off_peak_days or range(7)],
            "every_day": len(set(platform.off_peak_days)) in (0, 7),
            "domain": Domain.objects.get(tenant__is_management=True, is_primary=True),
            "may_write": self.request.user.may(Perm.PLATFORM_WRITE),
        }


class PlatformEdit(FormPage):
    permission = Perm.PLATFORM_WRITE
    template = "tenants/platform_edit.html"
    form_class = PlatformForm
    done_message = _("Settings saved.")

    def initial(self) -> dict[str, Any]:
        platform = Platform.objects.get(pk=1)
        return {name: getattr(platform, name) for name in POLICY} | {
            "off_peak_days": platform.off_peak_days or list(range(7))
        }

    def perform(self, form: PlatformForm) -> str:
        change_policy(policy=form.cleaned_data)
        return reverse("tenants:platform")

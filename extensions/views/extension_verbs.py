"""What can be done with one extension: new password, suspend, put back in service, delete (EXT-10, EXT-11, EXT-13)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.forms.extension_delete import DeleteExtensionForm
from extensions.models import Deletion, Extension
from extensions.scopes import extensions_within
from extensions.selectors import next_free_number
from extensions.services.delete import delete_extension
from extensions.services.deletion import dependants
from extensions.services.secrets import regenerate_sip_password
from extensions.services.suspend import reactivate_extension, suspend_extension
from extensions.views.deletion import DeletePage
from extensions.views.shown_once import show_once
from portal.core.forms import PortalForm
from portal.core.pages import ActionPage, FormPage
from portal.permissions import Perm


class ExtensionAction(ActionPage, abstract=True):
    """A verb on one extension, from its page."""

    permission = Perm.EXTENSION_UPDATE

    def extension(self) -> Extension:
        within = extensions_within(self.request.user, self.permission)  # type: ignore[arg-type]
        return get_object_or_404(within, number=self.kwargs["number"])

    def page_url(self) -> str:
        return reverse("extensions:detail", args=[self.kwargs["number"]])

    def refused_to(self) -> str:
        return self.page_url()


class ExtensionPassword(ExtensionAction):
    permission = Perm.EXTENSION_UPDATE
    done_message = _("New password made. Telephones with the old one are refused from now on.")

    def perform(self) -> str:
        show_once(self.request, regenerate_sip_password(extension=self.extension(), by=self.request.user))
        return self.page_url()


class ExtensionSuspend(FormPage):
    """Asks first, because others may count on the extension."""

    permission = Perm.EXTENSION_UPDATE
    template = "extensions/extension_suspend.html"
    form_class = PortalForm
    done_message = _("Extension suspended.")

    def extension(self) -> Extension:
        within = extensions_within(self.request.user, self.permission)  # type: ignore[arg-type]
        return get_object_or_404(within, number=self.kwargs["number"])

    def context(self) -> dict[str, Any]:
        extension = self.extension()
        return {"extension": extension, "groups": dependants(extension)[0]}

    def perform(self, form: PortalForm) -> str:
        suspend_extension(extension=self.extension(), by=self.request.user)
        return reverse("extensions:detail", args=[self.kwargs["number"]])


class ExtensionReactivate(ExtensionAction):
    permission = Perm.EXTENSION_UPDATE
    done_message = _("Extension back in service.")

    def perform(self) -> str:
        reactivate_extension(extension=self.extension(), by=self.request.user)
        return self.page_url()


class ExtensionDelete(DeletePage):
    permission = Perm.EXTENSION_DELETE
    form_class = DeleteExtensionForm

    def found(self) -> Extension:
        return get_object_or_404(Extension.objects.select_related("user"), number=self.kwargs["number"])

    def back(self) -> str:
        return reverse("extensions:detail", args=[self.row().number])

    def initial(self) -> dict[str, Any]:
        return {"box_number": next_free_number(), "box_name": self.row().directory_name[:60]}

    def carry_out(self, form: DeleteExtensionForm, expected: str) -> Deletion:
        return delete_extension(
            extension=self.row(),
            by=self.request.user,
            at=timezone.now(),
            replacements=form.replacements(),
            keep_box=form.kept_box(),
            expected=expected,
        )

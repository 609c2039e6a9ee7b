"""General parameters of the queues: edit the draft, then publish (REG-26)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.forms.queue_parameters import QueueParametersForm
from extensions.models import QueueParameters
from extensions.selectors import QueueState, in_words, label_of, queue_state
from extensions.services.queue_parameters import PARAMETERS, edit_queue_parameters, publish_queue_parameters
from portal.core.forms import PortalForm
from portal.core.pages import FormPage, Page
from portal.permissions import Perm


class QueueParametersPage(Page):
    permission = Perm.SETTING_READ
    template = "extensions/queue_parameters.html"

    def context(self) -> dict[str, Any]:
        state = queue_state()
        return {"state": state, "facts": _facts(state.published)}


class QueueParametersEdit(FormPage):
    permission = Perm.SETTING_UPDATE
    template = "extensions/queue_parameters_edit.html"
    form_class = QueueParametersForm
    done_message = _("Draft saved. Publish it to put it to use.")

    def initial(self) -> dict[str, Any]:
        draft = queue_state().draft
        return {name: getattr(draft, name) for name in PARAMETERS}

    def perform(self, form: QueueParametersForm) -> str:
        edit_queue_parameters(at=timezone.now(), **form.cleaned_data)
        return reverse("extensions:queue_parameters")


class QueueParametersPublish(FormPage):
    permission = Perm.SETTING_PUBLISH
    template = "extensions/queue_parameters_publish.html"
    form_class = PortalForm
    done_message = _("Queue parameters published.")

    def context(self) -> dict[str, Any]:
        state: QueueState = queue_state()
        return {"state": state}

    def perform(self, form: PortalForm) -> str:
        publish_queue_parameters(by=self.request.user, at=timezone.now())
        return reverse("extensions:queue_parameters")


def _facts(parameters: QueueParameters) -> list[dict[str, Any]]:
    return [{"label": label_of(name), "value": in_words(getattr(parameters, name))} for name in PARAMETERS]

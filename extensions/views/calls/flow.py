"""“What happens if somebody calls X at time T?”, and the tests kept about it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.call_selectors import failing_call_tests
from extensions.callflow.callers import caller_of
from extensions.callflow.path import call_path
from extensions.callflow.steps import BAD_ENDS, EndKind, Path
from extensions.filters.calls import CallTestFilter
from extensions.forms.calls.questions import AVAILABLE, CallTestForm, QuestionForm, company_zone
from extensions.models import CallTest, CallTestState
from extensions.services.calls.kept_tests import (
    Question,
    accept_call_test,
    delete_call_test,
    edit_call_test,
    keep_call_test,
    run_call_tests,
)
from extensions.snapshot.facts import Snapshot
from extensions.snapshot.one_call import snapshot_for_call
from extensions.tables.calls import CallTestTable
from extensions.views.calls.places import url_of
from portal.core.chips import chip_of
from portal.core.errors import DomainError
from portal.core.forms import PortalForm
from portal.core.pages import ActionPage, FormPage, ListPage, Page, VersionedFormPage
from portal.core.pages.forms import refuse
from portal.permissions import Perm

_END_ICONS = {
    EndKind.VOICEMAIL: "record-mail",
    EndKind.MAILBOX: "record-mail",
    EndKind.CONFERENCE: "users",
    EndKind.PARKING: "parking",
    EndKind.FEATURE: "hash",
    EndKind.ANNOUNCEMENT: "speakerphone",
    EndKind.OUTSIDE: "phone-outgoing",
    EndKind.EMERGENCY: "ambulance",
    EndKind.BUSY: "phone-pause",
    EndKind.REJECTED: "ban",
    EndKind.HANGUP: "phone-off",
    EndKind.NOBODY: "phone-off",
    EndKind.LOOP: "refresh-alert",
}


def shown(path: Path, snapshot: Snapshot) -> dict[str, Any]:
    """A path as the picture shows it."""
    return {
        "path": path,
        "steps": [(step, url_of(step.place, snapshot)) for step in path.steps],
        "end_icon": _END_ICONS.get(path.end.kind, "phone-x"),
        "end_bad": path.end.kind in BAD_ENDS,
    }


class CallFlow(Page):
    """The question is in the address, so that the answer can be sent to somebody."""

    permission = Perm.CALL_FLOW_READ
    template = "calls/flow.html"

    def context(self) -> dict[str, Any]:
        query, now = self.request.GET, timezone.now()
        if "dialled" not in query:
            return {"form": QuestionForm(initial={"at": now})}
        given = query.copy()
        if not given.get("at"):
            given["at"] = timezone.localtime(now, company_zone()).strftime("%Y-%m-%dT%H:%M")
        form = QuestionForm(given)
        if not form.is_valid():
            return {"form": form}
        facts = form.cleaned_data
        snapshot = snapshot_for_call(at=now, everybody_available=facts["statuses"] == AVAILABLE)
        try:
            caller = caller_of(snapshot, facts["caller"])
        except DomainError as refusal:
            refuse(form, _on_caller(refusal))
            return {"form": form}
        path = call_path(snapshot, caller, facts["dialled"], facts["at"])
        return {"form": form, "zone": company_zone(), "keep_url": self._keep(given), **shown(path, snapshot)}

    def _keep(self, query: Any) -> str:
        kept = {name: query.get(name, "") for name in ("caller", "dialled", "at")}
        return f"{reverse('extensions:call_test_keep')}?{urlencode(kept)}"


def _on_caller(refusal: DomainError) -> DomainError:
    return DomainError(str(refusal.message), field="caller")


class CallTests(ListPage):
    permission = Perm.CALL_FLOW_READ
    template = "calls/tests.html"
    table = CallTestTable
    filter = CallTestFilter
    export_name = "call-tests"

    def rows(self) -> QuerySet:
        return CallTest.objects.all()

    def context(self) -> dict[str, Any]:
        return {"failing": failing_call_tests().count()}


def _question(form: CallTestForm) -> Question:
    facts = form.cleaned_data
    return Question(facts["caller"], facts["dialled"], facts["at"])


class CallTestKeep(FormPage):
    permission = Perm.CALL_FLOW_UPDATE
    template = "calls/test_form.html"
    form_class = CallTestForm
    done_message = _("Test kept. It is run again after every change.")

    def initial(self) -> dict[str, Any]:
        query = self.request.GET
        return {"at": timezone.now(), **{name: query[name] for name in ("caller", "dialled", "at") if query.get(name)}}

    def context(self) -> dict[str, Any]:
        return {"title": _("Keep a call test"), "back_url": reverse("extensions:call_tests")}

    def perform(self, form: CallTestForm) -> str:
        name, question = form.cleaned_data["name"], _question(form)
        made = keep_call_test(name=name, question=question, by=self.request.user, at=timezone.now())
        return reverse("extensions:call_test", args=[made.pk])


class OneTest:
    """Finds the test in the address."""

    kwargs: dict[str, Any]

    def current(self) -> CallTest:
        if not hasattr(self, "_test"):
            self._test = get_object_or_404(CallTest, pk=self.kwargs["pk"])
        return self._test

    def page_url(self) -> str:
        return reverse("extensions:call_test", args=[self.kwargs["pk"]])


class CallTestPage(OneTest, Page):
    permission = Perm.CALL_FLOW_READ
    template = "calls/test.html"

    def context(self) -> dict[str, Any]:
        test = self.current()
        at = timezone.localtime(test.at, company_zone())
        asked = {"caller": test.caller, "dialled": test.dialled, "at": at.strftime("%Y-%m-%dT%H:%M")}
        query = urlencode({**asked, "statuses": AVAILABLE})
        return {
            "test": test,
            "chip": chip_of(CallTestState(test.state)),
            "zone": company_zone(),
            "at": at,
            "flow_url": f"{reverse('extensions:call_flow')}?{query}",
            "failed": test.state == CallTestState.FAILED,
        }


class CallTestEdit(OneTest, VersionedFormPage):
    permission = Perm.CALL_FLOW_UPDATE
    template = "calls/test_form.html"
    form_class = CallTestForm
    done_message = _("Test saved. What happens now is what must happen.")

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.current(), name) for name in ("name", "caller", "dialled", "at")}

    def context(self) -> dict[str, Any]:
        return {"title": _("Edit call test"), "back_url": self.page_url()}

    def perform(self, form: CallTestForm) -> str:
        edit_call_test(
            test=self.current(), name=form.cleaned_data["name"], question=_question(form),
            version=form.cleaned_data["version"], by=self.request.user, at=timezone.now(),
        )  # fmt: skip
        return self.page_url()


class CallTestDelete(OneTest, FormPage):
    permission = Perm.CALL_FLOW_UPDATE
    template = "calls/confirm.html"
    form_class = PortalForm
    done_message = _("Test deleted.")

    def context(self) -> dict[str, Any]:
        return {
            "title": _("Delete call test"),
            "text": _("“%(name)s” is no longer run.") % {"name": self.current().name},
            "submit_label": _("Delete test"),
            "back_label": self.current().name,
            "cancel_url": self.page_url(),
        }

    def perform(self, form: PortalForm) -> str:
        delete_call_test(test=self.current(), by=self.request.user)
        return reverse("extensions:call_tests")


class CallTestRun(OneTest, ActionPage):
    permission = Perm.CALL_FLOW_UPDATE
    done_message = _("Test run.")

    def perform(self) -> str:
        run_call_tests(at=timezone.now(), only=[self.current().pk])
        return self.page_url()


class CallTestAccept(OneTest, ActionPage):
    permission = Perm.CALL_FLOW_UPDATE
    done_message = _("From now on this must happen.")

    def perform(self) -> str:
        accept_call_test(test=self.current(), by=self.request.user, at=timezone.now())
        return self.page_url()


class CallTestsRun(ActionPage):
    permission = Perm.CALL_FLOW_UPDATE
    done_message = _("All tests run.")

    def perform(self) -> str:
        run_call_tests(at=timezone.now())
        return reverse("extensions:call_tests")

"""Sets of rules for outgoing calls, and “Test a number” (CTL-06)."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.call_selectors import rule_sets
from extensions.callflow.outgoing import Decision, decision_words, what_words
from extensions.callflow.trial import try_number
from extensions.forms.calls.lists import RuleForm, RuleSetForm
from extensions.forms.calls.questions import NumberTestForm
from extensions.models import OutgoingMatch, OutgoingRule, OutgoingRuleSet
from extensions.services.calls.rules import (
    add_rule,
    create_rule_set,
    delete_rule_set,
    edit_rule_set,
    move_rule,
    order_rules,
    remove_rule,
    users_of,
)
from extensions.snapshot.facts import Snapshot
from extensions.snapshot.load import take_snapshot
from extensions.tables.calls import RuleSetTable
from extensions.views.calls.places import url_of
from portal.core.errors import DomainError
from portal.core.forms import PortalForm
from portal.core.pages import ActionPage, FormPage, ListPage, Page, VersionedFormPage
from portal.core.pages.forms import refuse
from portal.core.phone_numbers import for_people
from portal.permissions import Perm


def number_test(query: QueryDict, *, rule_set: int = 0) -> dict[str, Any]:
    """The “Test a number” box, and its answer where the address asks for one."""
    asked = "number" in query
    form = NumberTestForm(query if asked else None, alone=bool(rule_set), initial={"extension": "", "number": ""})
    if not asked or not form.is_valid():
        return {"test_form": form}
    facts, now = form.cleaned_data, timezone.now()
    at = facts["at"] or now
    snapshot = take_snapshot(at=now)
    try:
        decision = try_number(snapshot, facts["number"], at, extension=facts["extension"], rule_set=rule_set)
    except DomainError as refusal:
        refuse(form, refusal)
        return {"test_form": form}
    return {"test_form": form, **_answer(decision, snapshot), "asked_at": at}


def _answer(decision: Decision, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "decision": decision,
        "verdict": decision_words(decision),
        "presented": for_people(decision.presented) if decision.presented else _("no number"),
        "tried": [(one, url_of(one.place, snapshot)) for one in decision.tried],
    }


class NumberTest(Page):
    """Which rule wins when this extension dials that number at that time."""

    permission = Perm.CALL_CONTROL_READ
    template = "calls/number_test.html"

    def context(self) -> dict[str, Any]:
        return number_test(self.request.GET)


class RuleSets(ListPage):
    permission = Perm.CALL_CONTROL_READ
    template = "calls/rule_sets.html"
    table = RuleSetTable
    export_name = "outgoing-rules"

    def rows(self) -> QuerySet:
        return rule_sets()


class OneRuleSet:
    """Finds the set in the address."""

    kwargs: dict[str, Any]

    def current(self) -> OutgoingRuleSet:
        if not hasattr(self, "_set"):
            self._set = get_object_or_404(OutgoingRuleSet, pk=self.kwargs["pk"])
        return self._set

    def page_url(self) -> str:
        return reverse("extensions:rules", args=[self.kwargs["pk"]])


class RulesPage(OneRuleSet, Page):
    """The rules in order, with the one that wins marked."""

    permission = Perm.CALL_CONTROL_READ
    template = "calls/rules.html"

    def context(self) -> dict[str, Any]:
        chosen = self.current()
        found = list(OutgoingRule.objects.filter(rule_set=chosen).order_by("position"))
        answer = number_test(self.request.GET, rule_set=chosen.pk)
        decision = answer.get("decision")
        here = decision is not None and decision.rule_set_id == chosen.pk
        rules = [
            (rule, what_words(OutgoingMatch(rule.match), rule.value), here and decision.position == place)
            for place, rule in enumerate(found)
        ]
        return {
            "rule_set": chosen,
            "rules": rules,
            "default_wins": here and decision.position is None,
            "users": users_of(chosen),
            **answer,
        }


class RuleSetCreate(FormPage):
    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/rule_set.html"
    form_class = RuleSetForm
    done_message = _("Set of rules created.")

    def context(self) -> dict[str, Any]:
        return {"title": _("Create set of rules"), "back_url": reverse("extensions:rule_sets")}

    def perform(self, form: RuleSetForm) -> str:
        made = create_rule_set(by=self.request.user, **form.cleaned_data)
        return reverse("extensions:rules", args=[made.pk])


class RuleSetEdit(OneRuleSet, VersionedFormPage):
    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/rule_set.html"
    form_class = RuleSetForm
    done_message = _("Set of rules saved.")

    def initial(self) -> dict[str, Any]:
        return {"name": self.current().name, "allow_by_default": self.current().allow_by_default}

    def context(self) -> dict[str, Any]:
        return {"title": _("Edit set of rules"), "back_url": self.page_url()}

    def perform(self, form: RuleSetForm) -> str:
        edit_rule_set(rule_set=self.current(), by=self.request.user, **form.cleaned_data)
        return self.page_url()


class RuleSetDelete(OneRuleSet, FormPage):
    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/confirm.html"
    form_class = PortalForm
    done_message = _("Set of rules deleted.")

    def context(self) -> dict[str, Any]:
        return {
            "title": _("Delete set of rules"),
            "text": _("“%(name)s” and its rules are gone for good.") % {"name": self.current().name},
            "submit_label": _("Delete set of rules"),
            "back_label": self.current().name,
            "cancel_url": self.page_url(),
        }

    def perform(self, form: PortalForm) -> str:
        delete_rule_set(rule_set=self.current(), by=self.request.user)
        return reverse("extensions:rule_sets")


class RuleAdd(OneRuleSet, FormPage):
    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/rule_set.html"
    form_class = RuleForm
    done_message = _("Rule added at the end.")

    def context(self) -> dict[str, Any]:
        return {"title": _("Add rule"), "back_url": self.page_url(), "rule_set": self.current()}

    def perform(self, form: RuleForm) -> str:
        add_rule(rule_set=self.current(), facts=form.facts(), by=self.request.user)
        return self.page_url()


class RulesOrder(OneRuleSet, ActionPage):
    """What dragging posts: the ids in their new order."""

    permission = Perm.CALL_CONTROL_UPDATE

    def refused_to(self) -> str:
        return self.page_url()

    def perform(self) -> str:
        ids = [int(one) for one in self.request.POST.getlist("rule") if one.isascii() and one.isdecimal()]
        order_rules(rule_set=self.current(), ids=ids, by=self.request.user)
        return self.page_url()


class OneRule(ActionPage, abstract=True):
    permission = Perm.CALL_CONTROL_UPDATE

    def rule(self) -> OutgoingRule:
        return get_object_or_404(OutgoingRule.objects.select_related("rule_set"), pk=self.kwargs["pk"])

    def back(self, rule: OutgoingRule) -> str:
        return reverse("extensions:rules", args=[rule.rule_set_id])


class RuleRemove(OneRule):
    permission = Perm.CALL_CONTROL_UPDATE
    done_message = _("Rule removed.")

    def perform(self) -> str:
        rule = self.rule()
        target = self.back(rule)
        remove_rule(rule=rule, by=self.request.user)
        return target


class RuleMove(OneRule):
    permission = Perm.CALL_CONTROL_UPDATE

    def perform(self) -> str:
        rule = self.rule()
        move_rule(rule=rule, steps=-1 if self.kwargs["direction"] == "up" else 1, by=self.request.user)
        return self.back(rule)

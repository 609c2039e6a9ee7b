"""Call controls of company, teams and extensions, rules for outgoing calls, the call flow and its tests."""

from django.urls import path, re_path

from extensions.pbx.recordings import ID as RECORDING_ID
from extensions.views.calls import blocked, exceptions, flow, rules, sections
from extensions.views.recordings import PlayRecording, Recordings

_RECORDING = rf"(?P<recording>{RECORDING_ID})"
_SECTION = r"(?P<section>available|busy|away|dnd|custom_1|custom_2|logged_out|incoming|outgoing|recording|caller-id)"
_COMPANY = r"^call-controls"
_ONE = r"^extensions/(?P<number>[0-9]{3,5})/calls"
_TEAM = r"^teams/(?P<pk>[0-9]+)/calls"
_DIRECTION = r"(?P<direction>up|down)"

urlpatterns = [
    path("call-controls/", sections.CompanySection.as_view(), name="calls"),
    re_path(rf"{_COMPANY}/{_SECTION}/$", sections.CompanySection.as_view(), name="calls_section"),
    re_path(rf"{_COMPANY}/{_SECTION}/edit/$", sections.CompanySectionEdit.as_view(), name="calls_edit"),
    re_path(rf"{_ONE}/$", sections.ExtensionSection.as_view(), name="extension_calls"),
    re_path(rf"{_ONE}/{_SECTION}/$", sections.ExtensionSection.as_view(), name="extension_calls_section"),
    re_path(rf"{_ONE}/{_SECTION}/edit/$", sections.ExtensionSectionEdit.as_view(), name="extension_calls_edit"),
    re_path(rf"{_TEAM}/$", sections.TeamSection.as_view(), name="team_calls"),
    re_path(rf"{_TEAM}/{_SECTION}/$", sections.TeamSection.as_view(), name="team_calls_section"),
    re_path(rf"{_TEAM}/{_SECTION}/edit/$", sections.TeamSectionEdit.as_view(), name="team_calls_edit"),
    path("call-controls/recordings/", Recordings.as_view(), name="recordings"),
    re_path(rf"{_COMPANY}/recordings/{_RECORDING}/$", PlayRecording.as_view(), name="recording"),
    # Blocked callers
    path("call-controls/blocked/", blocked.CompanyBlocked.as_view(), name="calls_blocked"),
    path("call-controls/blocked/new/", blocked.CompanyBlock.as_view(), name="calls_block"),
    path("call-controls/blocked/import/", blocked.CompanyBlockImport.as_view(), name="calls_block_import"),
    path("call-controls/blocked/<int:pk>/remove/", blocked.Unblock.as_view(), name="unblock"),
    re_path(rf"{_ONE}/blocked/$", blocked.ExtensionBlocked.as_view(), name="extension_calls_blocked"),
    re_path(rf"{_ONE}/blocked/new/$", blocked.ExtensionBlock.as_view(), name="extension_calls_block"),
    re_path(rf"{_ONE}/blocked/import/$", blocked.ExtensionBlockImport.as_view(), name="extension_calls_block_import"),
    # Exceptions
    path("call-controls/exceptions/", exceptions.CompanyExceptions.as_view(), name="calls_exceptions"),
    path("call-controls/exceptions/new/", exceptions.CompanyExceptionAdd.as_view(), name="calls_exception"),
    re_path(rf"{_ONE}/exceptions/$", exceptions.ExtensionExceptions.as_view(), name="extension_calls_exceptions"),
    re_path(rf"{_ONE}/exceptions/new/$", exceptions.ExtensionExceptionAdd.as_view(), name="extension_calls_exception"),
    path("call-controls/exceptions/<int:pk>/edit/", exceptions.ExceptionEdit.as_view(), name="exception_edit"),
    path("call-controls/exceptions/<int:pk>/remove/", exceptions.ExceptionRemove.as_view(), name="exception_remove"),
    re_path(
        rf"{_COMPANY}/exceptions/(?P<pk>[0-9]+)/move/{_DIRECTION}/$",
        exceptions.ExceptionMove.as_view(),
        name="exception_move",
    ),
    # Rules for outgoing calls
    path("call-controls/test/", rules.NumberTest.as_view(), name="number_test"),
    path("call-controls/rules/", rules.RuleSets.as_view(), name="rule_sets"),
    path("call-controls/rules/new/", rules.RuleSetCreate.as_view(), name="rule_set_create"),
    path("call-controls/rules/<int:pk>/", rules.RulesPage.as_view(), name="rules"),
    path("call-controls/rules/<int:pk>/edit/", rules.RuleSetEdit.as_view(), name="rules_edit"),
    path("call-controls/rules/<int:pk>/delete/", rules.RuleSetDelete.as_view(), name="rules_delete"),
    path("call-controls/rules/<int:pk>/add/", rules.RuleAdd.as_view(), name="rules_add"),
    path("call-controls/rules/<int:pk>/order/", rules.RulesOrder.as_view(), name="rules_order"),
    path("call-controls/rules/one/<int:pk>/remove/", rules.RuleRemove.as_view(), name="rule_remove"),
    re_path(rf"{_COMPANY}/rules/one/(?P<pk>[0-9]+)/move/{_DIRECTION}/$", rules.RuleMove.as_view(), name="rule_move"),
    # Call flow
    path("call-flow/", flow.CallFlow.as_view(), name="call_flow"),
    path("call-flow/tests/", flow.CallTests.as_view(), name="call_tests"),
    path("call-flow/tests/new/", flow.CallTestKeep.as_view(), name="call_test_keep"),
    path("call-flow/tests/run/", flow.CallTestsRun.as_view(), name="call_tests_run"),
    path("call-flow/tests/<int:pk>/", flow.CallTestPage.as_view(), name="call_test"),
    path("call-flow/tests/<int:pk>/edit/", flow.CallTestEdit.as_view(), name="call_test_edit"),
    path("call-flow/tests/<int:pk>/delete/", flow.CallTestDelete.as_view(), name="call_test_delete"),
    path("call-flow/tests/<int:pk>/run/", flow.CallTestRun.as_view(), name="call_test_run"),
    path("call-flow/tests/<int:pk>/accept/", flow.CallTestAccept.as_view(), name="call_test_accept"),
]

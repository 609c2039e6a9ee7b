"""Kept call tests that come out differently now."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from extensions.models import CallTest, CallTestState
from extensions.services.check.problems import Problem, Survey


def failing_call_tests(survey: Survey) -> Iterator[Problem]:
    """Kept tests whose call does not end where it must; as of their last run, which follows every change."""
    for one in CallTest.objects.filter(state=CallTestState.FAILED).order_by("pk"):
        yield Problem(str(one.pk), one.name, _("The call does not end where this test says that it must."), "")

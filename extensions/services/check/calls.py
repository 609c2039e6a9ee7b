"""Kept call tests that come out differently now."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.models import CallTest, CallTestState
from extensions.services.calls.kept_tests import run_call_tests
from extensions.services.check.problems import Problem, Survey
from portal.core.sentences import Sentence


def failing_call_tests(survey: Survey) -> Iterator[Problem]:
    """Kept tests whose call does not end where it must, run now."""
    run_call_tests(at=survey.snapshot.taken_at)
    for one in CallTest.objects.filter(state=CallTestState.FAILED).order_by("pk"):
        words = {"expected": one.expected_words, "found": one.found_words}
        text = Sentence(_("Must: %(expected)s. Now: %(found)s."), words)
        yield Problem(str(one.pk), one.name, text, reverse("extensions:call_test", args=[one.pk]))

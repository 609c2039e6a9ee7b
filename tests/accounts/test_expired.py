"""Ended sessions and old failures do not pile up."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from portal.accounts.lockout import memory
from portal.accounts.models import User
from portal.accounts.services.expired import forget_expired
from portal.jobs.drain import run_everything_due
from portal.jobs.outbox import enqueue
from tenants.door import inside
from tenants.models import Tenant

pytestmark = pytest.mark.feature("SEC-05")


@pytest.fixture
def _seen(browser_of: Callable[..., Client], owner: User, alpha: Tenant) -> None:
    """The owner of alpha is signed in."""
    assert browser_of(owner, alpha).get("/").status_code == 200


@pytest.mark.usefixtures("_seen")
def test_a_session_in_use_stays_and_an_ended_one_goes(inside_alpha: Tenant) -> None:
    forget_expired(at=timezone.now())
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)

    forget_expired(at=timezone.now() + timedelta(days=1))
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_failures_are_forgotten_when_they_no_longer_count(inside_alpha: Tenant) -> None:
    AccessAttempt.objects.create(username="somebody", ip_address="192.0.2.0", failures_since_start=3)

    forget_expired(at=timezone.now())
    assert AccessAttempt.objects.count() == 1

    forget_expired(at=timezone.now() + memory() + timedelta(seconds=1))
    assert AccessAttempt.objects.count() == 0


@pytest.mark.usefixtures("_seen")
def test_a_tenant_forgets_under_its_own_role(alpha: Tenant) -> None:
    with inside(alpha):
        Session.objects.all().delete()
        enqueue("sites.forget_expired_in_tenant")

    run_everything_due()

    with inside(alpha):
        assert UserSession.objects.count() == 0

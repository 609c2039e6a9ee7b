"""Queries that are put together once ask the database anew each time, in the tenant that is meant."""

from typing import Any

import pytest
from django.db.models import Count, QuerySet

from portal.accounts.models import Role, User
from portal.core.db.prepared import PreparedQuery, ask_together
from tenants.door import inside
from tenants.models import Tenant

Held = User.roles.through


def _by_name(username: str, pk: int) -> QuerySet[User]:
    return User.objects.filter(username=username, pk=pk, is_active=True)


@pytest.mark.feature("TEN-01")
def test_each_tenant_gets_its_own_rows(owner: User, alpha: Tenant, stranger: User, beta: Tenant) -> None:
    query = PreparedQuery(_by_name, username=str, pk=int)

    with inside(alpha):
        at_alpha = query(username=owner.username, pk=owner.pk)
        foreign = query(username=stranger.username, pk=stranger.pk)
    with inside(beta):
        at_beta = query(username=stranger.username, pk=stranger.pk)

    assert (at_alpha, foreign, at_beta) == ([owner], [], [stranger])


@pytest.mark.usefixtures("inside_alpha")
def test_an_answer_is_never_kept(owner: User) -> None:
    query = PreparedQuery(_by_name, username=str, pk=int)
    assert query(username=owner.username, pk=owner.pk) == [owner]

    User.objects.filter(pk=owner.pk).update(is_active=False)

    assert query(username=owner.username, pk=owner.pk) == []


@pytest.mark.usefixtures("inside_alpha")
def test_what_is_asked_for_is_a_value_and_never_sql(owner: User) -> None:
    query = PreparedQuery(lambda name: User.objects.filter(username=name), name=str)

    assert query(name="' OR 1=1 --") == []
    assert query(name="%s") == []


def test_values_of_other_kinds_are_refused() -> None:
    query = PreparedQuery(lambda user: Role.objects.filter(users=user), user=int)

    for value in (None, "1", True):
        with pytest.raises(TypeError, match="user must be int"):
            query(user=value)


def test_a_value_that_is_no_plain_parameter_is_refused() -> None:
    query = PreparedQuery(lambda name: User.objects.filter(username__contains=name), name=str)

    with pytest.raises(TypeError, match="plain parameter"):
        query(name="a")


@pytest.mark.usefixtures("inside_alpha")
def test_values_come_as_the_models_fields_hold_them(owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(time_zone="Europe/Berlin")
    whole = PreparedQuery(lambda pk: User.objects.filter(pk=pk), pk=int)
    some = PreparedQuery(lambda pk: User.objects.filter(pk=pk).only("pk", "username", "time_zone"), pk=int)

    (person,) = whole(pk=owner.pk)
    (values,) = some.values(pk=owner.pk)

    assert person.time_zone == User.objects.get(pk=owner.pk).time_zone
    assert list(values) == [owner.pk, owner.username, person.time_zone]
    assert some(pk=owner.pk)[0].get_deferred_fields() >= {"email", "password"}


@pytest.mark.usefixtures("inside_alpha")
def test_related_rows_come_along(owner: User, django_assert_num_queries: Any) -> None:
    query = PreparedQuery(lambda user: Held.objects.filter(user=user).select_related("user", "role"), user=int)

    with django_assert_num_queries(1):
        (held,) = query(user=owner.pk)
        found = (held.user, held.user.time_zone, held.role.code)

    assert found == (owner, owner.time_zone, "owner")


def test_annotations_are_refused() -> None:
    query = PreparedQuery(lambda: User.objects.annotate(n=Count("roles")))

    with pytest.raises(TypeError, match="annotations"):
        query()


@pytest.mark.usefixtures("inside_alpha")
def test_two_questions_are_asked_together(owner: User, django_assert_num_queries: Any) -> None:
    people = PreparedQuery(_by_name, username=str, pk=int)
    roles = PreparedQuery(lambda user: Held.objects.filter(user=user).select_related("role"), user=int)

    with django_assert_num_queries(1):
        nobody, found, held = ask_together(
            (people, {"username": "% -- ;", "pk": owner.pk}),
            (people, {"username": owner.username, "pk": owner.pk}),
            (roles, {"user": owner.pk}),
        )

    assert (nobody, found, [one.role.code for one in held]) == ([], [owner], ["owner"])
    with pytest.raises(TypeError, match="pk must be int"):
        ask_together((people, {"username": owner.username, "pk": None}))

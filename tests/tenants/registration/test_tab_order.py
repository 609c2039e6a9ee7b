"""The order of the tabs: what is refused, and what is kept."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.accounts.models import User
from tenants.models import (
    TemplateVersion,
)
from tenants.services.requests.drafts import forget_old_drafts
from tests.tenants.registration.conftest import (
    CONTACT,
    CONTACTS,
    TEMPLATE,
    TENANT,
    WHOLE,
    draft,
    page_of,
)


@pytest.mark.feature("REG-03")
def test_later_tabs_stay_closed_until_the_earlier_are_finished(at_form: Client, standard: TemplateVersion) -> None:
    too_early = [at_form.get(TENANT)["Location"], at_form.get(CONTACTS)["Location"]]
    at_form.post(TEMPLATE, {"template_version": standard.pk})
    then = [at_form.get(TENANT).status_code, at_form.get(CONTACTS)["Location"]]
    at_form.post(TENANT, WHOLE)
    in_the_end = at_form.get(CONTACTS).status_code

    assert too_early == [TEMPLATE, TEMPLATE]
    assert then == [200, TENANT]
    assert in_the_end == 200


@pytest.mark.feature("REG-03")
def test_a_jump_over_an_unfinished_tab_lands_on_it(chosen: Client, standard: TemplateVersion) -> None:
    answer = chosen.post(TEMPLATE, {"template_version": standard.pk, "go": "contact"})

    assert answer["Location"] == TENANT


@pytest.mark.feature("REG-03")
def test_moving_on_is_refused_while_the_tab_has_errors(chosen: Client, prospect: User) -> None:
    answer = chosen.post(TENANT, {**WHOLE, "name": "Kenton Electronics", "go": "contact"})

    assert answer.status_code == 422
    assert "Leave out spaces" in page_of(answer)
    assert 'value="Kenton Electronics"' in page_of(answer)
    assert chosen.get(CONTACTS)["Location"] == TENANT


@pytest.mark.feature("REG-03")
def test_going_back_keeps_what_was_typed_even_if_it_is_wrong(chosen: Client) -> None:
    went = chosen.post(TENANT, {**WHOLE, "name": "Kenton Electronics", "go": "template"})
    shown = page_of(chosen.get(TENANT))

    assert went["Location"] == TEMPLATE
    assert 'value="Kenton Electronics"' in shown
    assert 'value="keAdmin"' in shown


@pytest.mark.feature("REG-03")
def test_going_back_from_the_contact_tab_keeps_it(chosen: Client, prospect: User) -> None:
    chosen.post(TENANT, WHOLE)

    went = chosen.post(CONTACTS, {**CONTACT, "contact_email": "not yet", "go": "tenant"})

    assert went["Location"] == TENANT
    assert 'value="not yet"' in page_of(chosen.get(CONTACTS))


@pytest.mark.feature("REG-03")
def test_passing_through_the_finished_tenant_tab_needs_no_password(chosen: Client, prospect: User) -> None:
    chosen.post(TENANT, WHOLE)
    kept = draft(prospect)

    for target, lands in (("contact", CONTACTS), ("template", TEMPLATE)):
        answer = chosen.post(TENANT, {**kept.tenant, "password": "", "confirm": "", "go": target})
        assert answer["Location"] == lands

    assert draft(prospect).password == kept.password


@pytest.mark.feature("REG-10")
def test_an_edited_tenant_tab_asks_for_the_password_again(chosen: Client, prospect: User) -> None:
    chosen.post(TENANT, WHOLE)

    answer = chosen.post(TENANT, {**WHOLE, "name": "KentonTwo", "password": "", "confirm": "", "go": "next"})

    assert answer.status_code == 422
    assert "asked again whenever this tab is changed" in page_of(answer)


@pytest.mark.feature("REG-10")
def test_going_back_with_an_edited_tenant_tab_forgets_the_password(chosen: Client, prospect: User) -> None:
    chosen.post(TENANT, WHOLE)

    chosen.post(TENANT, {**WHOLE, "name": "KentonTwo", "password": "", "confirm": "", "go": "template"})

    assert draft(prospect).password == ""
    assert chosen.get(CONTACTS)["Location"] == TENANT


@pytest.mark.feature("REG-03")
def test_a_form_that_nobody_touched_for_30_days_is_forgotten(chosen: Client, prospect: User) -> None:
    touched = draft(prospect).updated_at

    assert forget_old_drafts(at=touched + timedelta(days=29)) == 0
    assert forget_old_drafts(at=touched + timedelta(days=31)) == 1

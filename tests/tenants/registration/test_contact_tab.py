"""The Contact tab and its button “Create Tenant”."""

import pytest
from django.test import Client

from portal.accounts.models import User
from tenants.models import (
    ServiceTemplate,
    SubscriptionRequest,
    TemplateState,
    TemplateVersion,
)
from tests.tenants.registration.conftest import (
    CONTACT,
    CONTACTS,
    TEMPLATE,
    TENANT,
    WHOLE,
    DraftMaker,
    RequestMaker,
    draft,
    page_of,
)


@pytest.mark.feature("REG-13")
def test_a_wrong_contact_detail_keeps_the_rest(chosen: Client) -> None:
    chosen.post(TENANT, WHOLE)

    answer = chosen.post(CONTACTS, {**CONTACT, "contact_email": "anna", "go": "next"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"contact_email"}
    assert 'value="Anna Kenton"' in page_of(answer)
    assert not SubscriptionRequest.objects.exists()


@pytest.mark.feature("REG-14")
def test_a_name_taken_meanwhile_opens_the_tenant_tab_with_what_was_typed(
    chosen: Client, prospect: User, request_by: RequestMaker, rita: User
) -> None:
    chosen.post(TENANT, WHOLE)
    request_by(rita)

    answer = chosen.post(CONTACTS, {**CONTACT, "token": draft(prospect).token, "go": "next"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "short_name", "upn_suffix", "fqdn"}
    assert f'action="{TENANT}"' in page_of(answer)
    assert 'value="KentonElectronics"' in page_of(answer)
    assert draft(prospect).contact == CONTACT


@pytest.mark.feature("TPL-08")
def test_a_template_retired_meanwhile_opens_the_template_tab(chosen: Client, prospect: User) -> None:
    chosen.post(TENANT, WHOLE)
    ServiceTemplate.objects.update(state=TemplateState.RETIRED)

    answer = chosen.post(CONTACTS, {**CONTACT, "token": draft(prospect).token, "go": "next"})

    assert answer.status_code == 422
    assert f'action="{TEMPLATE}"' in page_of(answer)


@pytest.mark.feature("REG-15")
def test_a_double_click_leads_both_to_the_same_reference(chosen: Client, prospect: User) -> None:
    chosen.post(TENANT, WHOLE)
    order = {**CONTACT, "token": draft(prospect).token, "go": "next"}

    answers = [chosen.post(CONTACTS, order) for _number in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert SubscriptionRequest.objects.count() == 1


@pytest.mark.feature("REG-28")
def test_the_sixth_request_of_an_hour_gets_429_and_keeps_the_draft(
    chosen: Client, prospect: User, standard: TemplateVersion, draft_of_kenton: DraftMaker
) -> None:
    statuses = []
    for number in range(6):
        made = draft_of_kenton(
            prospect, name=f"Kenton{number}x", short_name=f"k{number}x", upn_suffix=f"k{number}.example"
        )
        statuses.append(chosen.post(CONTACTS, {**CONTACT, "token": made.token}, REMOTE_ADDR="192.0.2.9").status_code)
        SubscriptionRequest.objects.update(state="completed")

    assert statuses == [302] * 5 + [429]
    assert draft(prospect).tenant["name"] == "Kenton5x"

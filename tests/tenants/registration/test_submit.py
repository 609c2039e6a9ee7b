"""“Create Tenant” makes one immutable request, once, and holds its names."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.core import serializers
from django.db import DatabaseError, connection, transaction

from portal.accounts.models import User
from portal.core.errors import DomainError, Refusals
from portal.jobs.models import Job, Outbox
from tenants.models import (
    NameClaim,
    RegistrationDraft,
    RequestMove,
    RequestState,
    ServiceTemplate,
    SubscriptionRequest,
    TemplateState,
    TemplateVersion,
    Tenant,
)
from tenants.services.requests.drafts import save_contact
from tenants.services.requests.order import NotOffered
from tenants.services.requests.reference import ALPHABET, new_reference, tidy_reference
from tenants.services.requests.submit import NothingToSend, create_tenant_request, submit_request
from tests.tenants.registration.conftest import CONTACT, PASSWORD, DraftMaker, RequestMaker

IMMUTABLE = [
    ("name", "Other"),
    ("short_name", "other"),
    ("upn_suffix", "other.example"),
    ("fqdn", "other.localhost"),
    ("user_name", "other"),
    ("ani", "+6569999999"),
    ("reference", "TR-2222-2222"),
    ("contact_name", "Other"),
    ("contact_email", "other@example.com"),
    ("contact_phone", "+6569999999"),
    ("company", "Other"),
    ("street", "Other"),
    ("city", "Other"),
    ("postal_code", "1"),
    ("country", "GB"),
    ("password", "argon2$other"),
]


@pytest.mark.feature("REG-14")
def test_the_request_holds_everything_that_was_ordered(
    request_by: RequestMaker, prospect: User, standard: TemplateVersion, at: datetime
) -> None:
    request = request_by(prospect)

    request.refresh_from_db()
    assert (request.name, request.short_name, request.upn_suffix) == (
        "KentonElectronics",
        "ke",
        "kenton-electronics.com",
    )
    assert (request.user_name, request.ani, request.fqdn) == ("keAdmin", "+6561234567", "kenton-electronics.localhost")
    assert {field: getattr(request, field) for field in CONTACT} == CONTACT
    assert (request.requester, request.template_version, request.submitted_at) == (prospect, standard, at)
    assert not RegistrationDraft.objects.filter(user=prospect).exists()


@pytest.mark.feature("REG-14")
@pytest.mark.parametrize(("column", "value"), IMMUTABLE)
def test_the_database_refuses_to_change_what_was_ordered(
    column: str, value: str, request_by: RequestMaker, prospect: User
) -> None:
    request = request_by(prospect)

    with pytest.raises(DatabaseError, match="request"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE tenants_subscriptionrequest SET {column} = %s WHERE id = %s",  # noqa: S608 - our own list
            [value, request.pk],
        )


@pytest.mark.feature("REG-14")
def test_without_the_trigger_the_same_change_goes_through(request_by: RequestMaker, prospect: User) -> None:
    request = request_by(prospect)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE tenants_subscriptionrequest DISABLE TRIGGER tenants_request_keeps_order")
        cursor.execute("UPDATE tenants_subscriptionrequest SET name = 'Other' WHERE id = %s", [request.pk])

    request.refresh_from_db()
    assert request.name == "Other"


@pytest.mark.feature("REG-14")
def test_a_reference_can_be_read_out_on_the_telephone() -> None:
    references = {new_reference() for _number in range(200)}

    assert len(references) == 200
    assert all(re.fullmatch(r"TR-[2-9A-Z]{4}-[2-9A-Z]{4}", reference) for reference in references)
    assert not set(ALPHABET) & set("01ILOU")
    assert tidy_reference(" tr-7k3m-9qxt ") == "TR-7K3M-9QXT"


@pytest.mark.feature("REG-10")
def test_the_password_is_nowhere_in_clear(request_by: RequestMaker, prospect: User) -> None:
    request = request_by(prospect)

    everything = serializers.serialize("json", SubscriptionRequest.objects.all())
    everything += json.dumps([*Job.objects.values_list("payload", flat=True)])
    everything += json.dumps([*Outbox.objects.values_list("kwargs", flat=True)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(entry::text, ' ') FROM audit_logentry entry")
        everything += cursor.fetchone()[0]
    assert PASSWORD not in everything
    assert request.password.startswith("argon2")
    assert check_password(PASSWORD, request.password)


@pytest.mark.feature("REG-15")
def test_sending_the_form_twice_makes_one_request(draft_of_kenton: DraftMaker, prospect: User, at: datetime) -> None:
    token = draft_of_kenton(prospect).token

    first = create_tenant_request(token=token, contact=CONTACT, by=prospect, at=at, address="192.0.2.7")
    second = create_tenant_request(token=token, contact=CONTACT, by=prospect, at=at, address="192.0.2.7")

    assert first.pk == second.pk
    assert SubscriptionRequest.objects.count() == 1
    assert RequestMove.objects.filter(after=RequestState.SUBMITTED).count() == 1


@pytest.mark.feature("REG-15")
def test_somebody_elses_token_gives_nothing_away(
    request_by: RequestMaker, prospect: User, rita: User, at: datetime
) -> None:
    request = request_by(prospect)

    with pytest.raises(NothingToSend):
        submit_request(draft=RegistrationDraft(user=rita, token=request.token), by=rita, at=at)


@pytest.mark.feature("REG-05")
@pytest.mark.feature("REG-06")
@pytest.mark.feature("REG-07")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "KENTONelectronics"}, "name"),
        ({"name": "KentonE1ectronics"}, "name"),
        ({"name": "KentonEIectronics"}, "name"),
        ({"name": "Kent0nElectronics"}, "name"),
        ({"short_name": "KE"}, "short_name"),
        ({"upn_suffix": "Kenton-Electronics.COM"}, "upn_suffix"),
        ({"upn_suffix": "kenton-e1ectronics.com"}, "upn_suffix"),
        ({"fqdn": "kenton-electronics.localhost"}, "fqdn"),
    ],
)
def test_a_name_taken_in_other_letters_is_told_beside_its_field(
    changes: dict[str, str], field: str, request_by: RequestMaker, prospect: User, rita: User
) -> None:
    request_by(prospect)
    other = {"name": "Quite", "short_name": "qe", "upn_suffix": "quite.example", "fqdn": "quite.localhost"}

    with pytest.raises(Refusals) as refused:
        request_by(rita, **{**other, **changes})

    assert list(refused.value.errors) == [field]


@pytest.mark.feature("REG-05")
@pytest.mark.parametrize(
    ("held", "asked"), [("Kai", "Kal"), ("KAI", "Kal"), ("Offices", "Office5"), ("Alpha", "Alphas")]
)
def test_names_that_differ_to_the_eye_live_side_by_side(
    held: str, asked: str, request_by: RequestMaker, prospect: User, rita: User
) -> None:
    request_by(prospect, name=held, short_name="aa", upn_suffix="aa.example", fqdn="aa.localhost")

    request = request_by(rita, name=asked, short_name="bb", upn_suffix="bb.example", fqdn="bb.localhost")

    assert request.name == asked


@pytest.mark.feature("REG-05")
def test_a_tenants_name_cannot_be_requested(request_by: RequestMaker, prospect: User) -> None:
    with pytest.raises(Refusals) as refused:
        request_by(prospect, name="alphaPHONES")

    assert list(refused.value.errors) == ["name"]


@pytest.mark.feature("REG-14")
def test_every_tab_is_checked_once_more(draft_of_kenton: DraftMaker, prospect: User, at: datetime) -> None:
    draft = draft_of_kenton(prospect)
    RegistrationDraft.objects.filter(pk=draft.pk).update(
        tenant={**draft.tenant, "name": "Kenton Electronics"}, contact={"contact_name": ""}, password=""
    )

    with pytest.raises(Refusals) as refused:
        submit_request(draft=draft, by=prospect, at=at, address="192.0.2.7")

    assert set(refused.value.errors) == {"name", "contact_name", "contact_email", "password"}
    assert not SubscriptionRequest.objects.exists()


@pytest.mark.feature("TPL-08")
def test_a_template_retired_meanwhile_is_refused(
    draft_of_kenton: DraftMaker, prospect: User, standard: TemplateVersion, at: datetime
) -> None:
    draft = draft_of_kenton(prospect)
    ServiceTemplate.objects.update(state=TemplateState.RETIRED)

    with pytest.raises(NotOffered) as refused:
        submit_request(draft=draft, by=prospect, at=at, address="192.0.2.7")

    assert refused.value.field == "template_version"


@pytest.mark.feature("TPL-03")
def test_the_request_keeps_the_version_that_was_ordered(
    request_by: RequestMaker, prospect: User, standard: TemplateVersion, at: datetime
) -> None:
    request = request_by(prospect)
    TemplateVersion.objects.create(
        template=standard.template, number=2, name="Standard", currency="EUR", max_extensions=1, max_channels=1,
        published_at=at + timedelta(days=1), published_by="Olivia",
    )  # fmt: skip

    request.refresh_from_db()

    assert (request.template_version.number, request.template_version.max_extensions) == (1, 50)


@pytest.mark.feature("REG-14")
def test_names_are_held_from_the_moment_of_submission(request_by: RequestMaker, prospect: User) -> None:
    request = request_by(prospect)

    assert dict(NameClaim.objects.filter(request=request).values_list("kind", "value")) == {
        "name": "kentonelectronics",
        "short_name": "ke",
        "upn_suffix": "kenton-electronics.com",
        "fqdn": "kenton-electronics.localhost",
    }


@pytest.mark.feature("REG-14")
def test_a_thousand_drafts_make_no_schema(draft_of_kenton: DraftMaker, prospect: User) -> None:
    before = Tenant.objects.count()
    draft_of_kenton(prospect)

    for number in range(1000):
        save_contact(by=prospect, typed={**CONTACT, "city": f"City {number}"})

    assert Tenant.objects.count() == before


@pytest.mark.feature("PLT-05")
def test_a_taken_address_gets_a_numbered_proposal(
    request_by: RequestMaker, draft_of_kenton: DraftMaker, prospect: User, rita: User
) -> None:
    request_by(prospect)

    draft = draft_of_kenton(
        rita, name="Kentonelectronics2", short_name="k2", upn_suffix="k2.example", fqdn="kenton-electronics-2.localhost"
    )

    assert draft.tenant["fqdn"] == "kenton-electronics-2.localhost"


def test_a_refusal_keeps_the_contact_tab(
    draft_of_kenton: DraftMaker, request_by: RequestMaker, prospect: User, rita: User, at: datetime
) -> None:
    draft = draft_of_kenton(rita)
    request_by(prospect)

    with pytest.raises(DomainError):
        create_tenant_request(
            token=draft.token, contact={**CONTACT, "city": "Johor"}, by=rita, at=at, address="192.0.2.8"
        )

    draft.refresh_from_db()
    assert draft.contact["city"] == "Johor"
    assert draft.tenant["name"] == "KentonElectronics"

"""The tabs: order, what is refused, what is kept, and what is shown beside which field."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tenants.models import (
    Audience,
    Platform,
    RegistrationDraft,
    ServiceTemplate,
    SubscriptionRequest,
    TemplateState,
    TemplateVersion,
    Tenant,
    TenantKind,
)
from tests.tenants.registration.conftest import CONTACT, KENTON, PASSWORD, DraftMaker, RequestMaker

MANAGEMENT = "portal.sites.urls_management"
TEMPLATE, TENANT, CONTACTS = (
    reverse(f"register:{name}", urlconf=MANAGEMENT) for name in ("template", "tenant", "contact")
)
WHOLE = {**KENTON, "password": PASSWORD, "confirm": PASSWORD}
Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def browser(browser_of: Browser, prospect: User, management: Tenant) -> Client:
    return browser_of(prospect, management)


@pytest.fixture
def chosen(browser: Client, standard: TemplateVersion) -> Client:
    """The prospect's browser, with the template chosen."""
    browser.post(TEMPLATE, {"template_version": standard.pk, "go": "next"})
    return browser


def draft(person: User) -> RegistrationDraft:
    return RegistrationDraft.objects.get(user=person)


def page_of(answer: object) -> str:
    return answer.content.decode()


def another_template(name: str, at: datetime, *, state: str, audience: str) -> TemplateVersion:
    number = 90 + ServiceTemplate.objects.count()
    copy = Tenant.objects.create(schema_name=f"tpl{number}", kind=TenantKind.TEMPLATE, name=name, state="active")
    template = ServiceTemplate.objects.create(name=name, state=state, audience=audience, working_copy=copy)
    return TemplateVersion.objects.create(
        template=template, number=1, name=name, description=f"About {name}", services="Queues\nVoicemail",
        price="19.50", currency="EUR", max_extensions=25, max_channels=5, published_at=at, published_by="Olivia",
    )  # fmt: skip


# --- Template -----------------------------------------------------------------------------------------------------
@pytest.mark.feature("REG-04")
def test_a_template_shows_name_description_services_limits_and_price(browser: Client, at: datetime) -> None:
    another_template("Office", at, state=TemplateState.PUBLISHED, audience=Audience.SELF_SERVICE)

    shown = page_of(browser.get(TEMPLATE))

    for part in ("Office", "About Office", "Queues", "Voicemail", "Up to 25 extensions", "19.50 EUR a month"):
        assert part in shown


@pytest.mark.feature("REG-04")
@pytest.mark.feature("TPL-08")
@pytest.mark.parametrize(
    ("state", "audience", "offered_to"),
    [
        ("published", "self_service", {"prospect", "rita", "olivia"}),
        ("published", "reseller", {"rita", "olivia"}),
        ("published", "operator", {"olivia"}),
        ("draft", "self_service", set()),
        ("retired", "self_service", set()),
    ],
)
def test_templates_are_offered_to_their_audience_and_refused_to_others(
    state: str, audience: str, offered_to: set[str], browser_of: Browser, management: Tenant, at: datetime,
    prospect: User, rita: User, olivia: User,
) -> None:  # fmt: skip
    version = another_template("Special", at, state=state, audience=audience)

    for name, person in {"prospect": prospect, "rita": rita, "olivia": olivia}.items():
        browser = browser_of(person, management)
        shown = "About Special" in page_of(browser.get(TEMPLATE))
        posted = browser.post(TEMPLATE, {"template_version": version.pk, "go": "next"})
        assert (name, shown, posted.status_code) == (name, name in offered_to, 302 if name in offered_to else 422)


@pytest.mark.feature("REG-04")
@pytest.mark.parametrize("value", ["", "x", "0", "999999", "1\0", "9" * 30])
def test_exactly_one_template_must_be_chosen(browser: Client, value: str) -> None:
    answer = browser.post(TEMPLATE, {"template_version": value, "go": "next"})

    assert answer.status_code == 422
    assert not RegistrationDraft.objects.exclude(template_version=None).exists()


@pytest.mark.feature("TPL-03")
def test_only_the_latest_version_of_a_template_is_offered(
    browser: Client, standard: TemplateVersion, at: datetime
) -> None:
    TemplateVersion.objects.create(
        template=standard.template, number=2, name="Standard", description="The second", currency="EUR",
        max_extensions=50, max_channels=10, published_at=at, published_by="Olivia",
    )  # fmt: skip

    old = browser.post(TEMPLATE, {"template_version": standard.pk, "go": "next"})

    assert "The second" in page_of(browser.get(TEMPLATE))
    assert old.status_code == 422


# --- order of the tabs --------------------------------------------------------------------------------------------
@pytest.mark.feature("REG-03")
def test_later_tabs_stay_closed_until_the_earlier_are_finished(browser: Client, standard: TemplateVersion) -> None:
    too_early = [browser.get(TENANT)["Location"], browser.get(CONTACTS)["Location"]]
    browser.post(TEMPLATE, {"template_version": standard.pk})
    then = [browser.get(TENANT).status_code, browser.get(CONTACTS)["Location"]]
    browser.post(TENANT, WHOLE)
    in_the_end = browser.get(CONTACTS).status_code

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


# --- Tenant -------------------------------------------------------------------------------------------------------
@pytest.mark.feature("REG-10")
def test_the_password_is_hashed_when_the_tab_is_posted_and_never_sent_back(chosen: Client, prospect: User) -> None:
    chosen.post(TENANT, WHOLE)

    kept = draft(prospect)
    assert kept.password.startswith("argon2")
    assert check_password(PASSWORD, kept.password)
    assert PASSWORD not in str(kept.tenant) + page_of(chosen.get(TENANT)) + page_of(chosen.get(CONTACTS))


@pytest.mark.feature("REG-11")
@pytest.mark.parametrize(
    ("confirm", "says"), [("something else entirely", "The two passwords differ"), ("", "a second time")]
)
def test_a_mismatch_is_reported_on_the_second_field(chosen: Client, confirm: str, says: str) -> None:
    answer = chosen.post(TENANT, {**WHOLE, "confirm": confirm})

    form = answer.context["form"]
    assert answer.status_code == 422
    assert says in form.errors["confirm"][0]
    assert "password" not in form.errors
    assert PASSWORD not in page_of(answer)


@pytest.mark.feature("REG-10")
@pytest.mark.feature("SEC-02")
@pytest.mark.parametrize("password", ["short", "password1234", "x" * 129, "prpkeAdmin forever", "keadmin keadmin"])
def test_the_password_obeys_the_platforms_policy(chosen: Client, password: str) -> None:
    answer = chosen.post(TENANT, {**WHOLE, "password": password, "confirm": password})

    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors


@pytest.mark.feature("SEC-02")
def test_the_policy_stands_at_the_password_field(chosen: Client) -> None:
    assert "at least 12 characters" in page_of(chosen.get(TENANT))


@pytest.mark.feature("REG-09")
def test_personnel_id_logon_and_address_are_shown_after_saving_and_typed_by_nobody(chosen: Client) -> None:
    chosen.post(TENANT, {**WHOLE, "personnel_id": "root", "prefix": ""})

    for shown in (page_of(chosen.get(TENANT)), page_of(chosen.get(CONTACTS))):
        assert "prpkeAdmin" in shown
        assert "prpkeAdmin@kenton-electronics.com" in shown
        assert "kenton-electronics.localhost" in shown


@pytest.mark.feature("REG-09")
def test_the_page_builds_them_up_while_typing(chosen: Client) -> None:
    shown = page_of(chosen.get(TENANT))

    assert 'data-template="prp{user_name}"' in shown
    assert 'data-template="prp{user_name}@{upn_suffix|lower}"' in shown
    assert 'name="prefix"' not in shown


def test_the_domain_of_the_prospects_mail_is_proposed(chosen: Client, prospect: User) -> None:
    assert f'value="{prospect.email.partition("@")[2]}"' in page_of(chosen.get(TENANT))


@pytest.mark.feature("REG-12")
def test_the_ani_is_read_with_the_templates_country(chosen: Client, standard: TemplateVersion, prospect: User) -> None:
    TemplateVersion.objects.update(country="GB")

    chosen.post(TENANT, {**WHOLE, "ani": "020 7946 0000"})

    assert draft(prospect).tenant["ani"] == "+442079460000"


@pytest.mark.parametrize("field", ["name", "short_name", "upn_suffix", "user_name", "ani", "fqdn"])
@pytest.mark.parametrize("typed", ["x\0y", "a b", "a_b", "ключ", "x" * 3000, "<b>", "' or 1=1 --", "\u202eabc"])
def test_every_wrong_form_gets_a_sentence_beside_its_field_and_is_kept(chosen: Client, field: str, typed: str) -> None:
    answer = chosen.post(TENANT, {**WHOLE, field: typed})

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert answer.context["form"][field].value() == typed


@pytest.mark.feature("REG-05")
def test_a_taken_name_is_told_beside_the_field(chosen: Client, request_by: RequestMaker, rita: User) -> None:
    request_by(rita)

    answer = chosen.post(TENANT, {**WHOLE, "name": "kentonELECTRONICS"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "short_name", "upn_suffix"}


# --- the check on leaving a field ---------------------------------------------------------------------------------
@pytest.mark.feature("REG-05")
@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "AlphaPhones", "already has this name"),
        ("name", "Alpha Phones", "Leave out spaces"),
        ("short_name", "ALPHA", "already has this short name"),
        ("upn_suffix", "alpha.example", "already uses this UPN suffix"),
        ("upn_suffix", "a1pha.example", "too much like"),
        ("fqdn", "alpha-phones.localhost", "already uses this address"),
        ("user_name", "2ke", "Start with a letter"),
        ("ani", "12", "3 to 15 digits"),
    ],
)
def test_leaving_a_field_tells_what_is_wrong_with_it(chosen: Client, field: str, typed: str, says: str) -> None:
    answer = chosen.post(f"{TENANT}?_validate={field}", {field: typed}, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert says in page_of(answer)
    assert f'id="div_id_{field}"' in page_of(answer)
    assert "<html" not in page_of(answer)


@pytest.mark.feature("REG-05")
def test_leaving_a_right_field_says_nothing_and_changes_nothing(chosen: Client, prospect: User) -> None:
    before = draft(prospect).updated_at

    answer = chosen.post(f"{TENANT}?_validate=name", {"name": "KentonElectronics"}, headers={"HX-Request": "true"})

    assert "field-error" not in page_of(answer)
    assert draft(prospect).updated_at == before


@pytest.mark.parametrize("field", ["password", "confirm", "nonsense", "__class__"])
def test_passwords_are_not_checked_in_passing(chosen: Client, field: str) -> None:
    answer = chosen.post(f"{TENANT}?_validate={field}", {field: "x"}, headers={"HX-Request": "true"})

    assert answer.status_code == 422  # an ordinary, unfinished post of the whole tab


# --- Contact ------------------------------------------------------------------------------------------------------
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


# --- for service providers ----------------------------------------------------------------------------------------
@pytest.mark.feature("REG-27")
def test_note_and_caution_are_for_service_providers_only(
    browser_of: Browser, management: Tenant, olivia: User, rita: User, prospect: User
) -> None:
    Platform.objects.update(note="Check the margin first.", caution="Never promise a date.")

    pages = {person: page_of(browser_of(person, management).get(TEMPLATE)) for person in (olivia, rita, prospect)}

    assert "Check the margin first." in pages[olivia]
    assert "Never promise a date." in pages[olivia]
    for outsider in (rita, prospect):
        assert "margin" not in pages[outsider]
        assert "service providers" not in pages[outsider]


@pytest.mark.feature("REG-01")
def test_people_without_the_right_are_kept_out(browser_of: Browser, management: Tenant, olivia: User) -> None:
    olivia.roles.clear()

    assert browser_of(olivia, management).get(TEMPLATE).status_code == 403
    assert browser_of(None, management).get(TEMPLATE)["Location"] == reverse("register:start", urlconf=MANAGEMENT)

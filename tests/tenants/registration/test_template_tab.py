"""The Template tab: who is offered what, and the remarks for service providers."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tenants.models import (
    Audience,
    Platform,
    RegistrationDraft,
    ServiceTemplate,
    TemplateState,
    TemplateVersion,
    Tenant,
    TenantKind,
)
from tests.tenants.registration.conftest import (
    MANAGEMENT,
    TEMPLATE,
    Browser,
    page_of,
)


def another_template(name: str, at: datetime, *, state: str, audience: str) -> TemplateVersion:
    number = 90 + ServiceTemplate.objects.count()
    copy = Tenant.objects.create(schema_name=f"tpl{number}", kind=TenantKind.TEMPLATE, name=name, state="active")
    template = ServiceTemplate.objects.create(name=name, state=state, audience=audience, working_copy=copy)
    return TemplateVersion.objects.create(
        template=template, number=1, name=name, description=f"About {name}", services="Queues\nVoicemail",
        price="19.50", currency="EUR", max_extensions=25, max_channels=5, published_at=at, published_by="Olivia",
    )  # fmt: skip


@pytest.mark.feature("REG-04")
def test_a_template_shows_name_description_services_limits_and_price(at_form: Client, at: datetime) -> None:
    made = another_template("Office", at, state=TemplateState.PUBLISHED, audience=Audience.SELF_SERVICE)
    TemplateVersion.objects.filter(pk=made.pk).update(addons={"team_chat": 3})

    shown = page_of(at_form.get(TEMPLATE))

    for part in ("Office", "About Office", "Queues", "Voicemail", "Up to 25 extensions", "19.50 EUR a month"):
        assert part in shown
    assert "With add-on licenses: Team Chat × 3" in shown


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
def test_exactly_one_template_must_be_chosen(at_form: Client, value: str) -> None:
    answer = at_form.post(TEMPLATE, {"template_version": value, "go": "next"})

    assert answer.status_code == 422
    assert not RegistrationDraft.objects.exclude(template_version=None).exists()


@pytest.mark.feature("TPL-03")
def test_only_the_latest_version_of_a_template_is_offered(
    at_form: Client, standard: TemplateVersion, at: datetime
) -> None:
    TemplateVersion.objects.create(
        template=standard.template, number=2, name="Standard", description="The second", currency="EUR",
        max_extensions=50, max_channels=10, published_at=at, published_by="Olivia",
    )  # fmt: skip

    old = at_form.post(TEMPLATE, {"template_version": standard.pk, "go": "next"})

    assert "The second" in page_of(at_form.get(TEMPLATE))
    assert old.status_code == 422


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

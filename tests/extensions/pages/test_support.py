"""The telephone system seen from outside: support inside a tenant, and operators in a template (TEN-05)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import Extension
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import ServiceTemplate, Tenant
from tests.accounts.crossing import arrive, fields_of, go, origin_of

Browser = Callable[[User | None, Tenant], Client]
TYPED = {"number": "102", "first_name": "Mei", "last_name": "Tan", "email": "mei@alpha.example", "mobile": ""}


@pytest.mark.feature("TEN-05", "AUD-10")
def test_support_creates_an_extension_and_both_names_are_in_the_log(
    browser_of: Browser, management: Tenant, alpha: Tenant, oscar: User
) -> None:
    desk = browser_of(oscar, management)
    _address, token = go(desk, alpha)
    browser = arrive(token, origin=origin_of(desk))

    answer = browser.post("/extensions/new/", TYPED)

    assert answer["Location"] == "/extensions/102/"
    with inside(alpha):
        extension = Extension.objects.select_related("user").get(number="102")
        entry = LogEntry.objects.filter(object_pk=str(extension.pk), object_repr__startswith="102").first()
    assert extension.user.email == "mei@alpha.example"
    assert "Oscar" in f"{entry.user_name} {entry.acting_name}"


@pytest.mark.feature("TPL-02", "REG-26")
def test_a_template_is_edited_with_the_same_pages_and_holds_no_extensions(
    browser_of: Browser, management: Tenant, olivia: User
) -> None:
    template = ServiceTemplate.objects.select_related("working_copy").get(is_default=True)
    desk = browser_of(olivia, management)
    _address, token = fields_of(desk.post(f"/ops/templates/{template.pk}/enter/", {"reason": "Set the callback"}))
    host = template.working_copy.get_primary_domain().domain
    browser = arrive(token, host=host, origin=origin_of(desk))

    start = browser.get("/").content.decode()
    refused = browser.post("/extensions/new/", TYPED)

    assert "Configure the Callback Folder e-mail address" in start
    assert "This is a service template" in start
    assert "Create extension" not in start
    assert refused.status_code == 422
    assert "holds settings only" in refused.content.decode()

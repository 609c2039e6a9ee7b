"""The admin guide: its groups, its twelve topics with their screens, and help that leads to the right page (PLT-13)."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.sites.guide import CALLS, groups
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
GUIDE = [
    "Users &amp; Call Controls",
    "Deployment Methods &amp; System Requirements",
    "Installation Guides",
    "Multi-Tenant Onboarding Notes",
]
TWELVE = [
    "Creating Extensions for Users",
    "Editing and Managing Extensions",
    "Creating Teams &amp; Assigning Extensions",
    "Configuring Agent Status &amp; BLF",
    "Managing Extension Schedules",
    "Managing User Roles",
    "Managing Call Controls",
    "Setting up Shared Parking",
    "Voicemails",
    "The BLF Function",
    "Configuring the Speed Dial",
    "Configuring the Busy Lamp Field (BLF)",
]


@pytest.mark.feature("PLT-13")
def test_the_guide_has_its_groups_and_the_twelve_topics_in_order(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    page = browser_of(owner, alpha).get("/help/").content.decode()
    page = page[page.index("guide-groups") :]

    for names in (GUIDE, TWELVE):
        places = [page.index(f"{name}<") for name in names]
        assert places == sorted(places)


@pytest.mark.feature("PLT-13")
@pytest.mark.parametrize("place", range(12))
def test_each_topic_has_a_page_and_a_working_screen(
    browser_of: Browser, alpha: Tenant, owner: User, place: int
) -> None:
    topic, browser = CALLS.topics[place], browser_of(owner, alpha)

    page = browser.get(topic.url)
    screen = browser.get(topic.screen_url)

    assert (page.status_code, screen.status_code) == (200, 200)
    assert f'href="{topic.screen_url}"' in page.content.decode()


def test_every_topic_of_the_guide_answers_on_both_hosts(
    browser_of: Browser, alpha: Tenant, owner: User, management: Tenant, olivia: User
) -> None:
    for user, tenant in ((owner, alpha), (olivia, management)):
        browser = browser_of(user, tenant)
        for group in groups():
            for topic in group.topics:
                assert browser.get(topic.url).status_code == 200, topic.slug


def test_help_leads_to_the_page_about_what_one_is_looking_at(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    assert 'href="/help/managing-extensions/"' in browser.get("/extensions/").content.decode()
    assert 'href="/help/creating-extensions/"' in browser.get("/extensions/new/").content.decode()
    assert 'href="/help/"' in browser.get("/jobs/").content.decode()


def test_a_topic_that_does_not_exist_is_not_found(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    assert browser_of(owner, alpha).get("/help/nothing-of-the-kind/").status_code == 404


def test_nobody_is_led_to_a_screen_that_they_may_not_open(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    page = browser_of(agent, alpha).get("/help/creating-extensions/").content.decode()

    assert "Open this page" not in page

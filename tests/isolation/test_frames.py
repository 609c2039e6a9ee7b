"""What is kept of pages in the process is never shown to others: people of two tenants ask in turn."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import SavedView, User
from portal.accounts.models.user import Theme
from tenants.door import inside
from tenants.models import Tenant

BrowserOf = Callable[[User | None, Tenant], Client]
TOKEN = re.compile(r'name="csrf-token" content="(\w+)"')
RAIL = re.compile(r'<nav class="rail".*?</nav>', re.S)


def _view(user: User, tenant: Tenant, name: str) -> None:
    with inside(tenant):
        SavedView.objects.create(user=user, page="extensions:list", name=name, query="status=active")


@pytest.mark.feature("TEN-01", "UXP-02")
def test_everybody_sees_their_own_frame_however_requests_follow_each_other(
    browser_of: BrowserOf, owner: User, agent: User, manager: User, stranger: User, alpha: Tenant, beta: Tenant
) -> None:
    with inside(alpha):
        User.objects.filter(pk=owner.pk).update(theme=Theme.DARK, display_name="Ada of Alpha")
        User.objects.filter(pk=manager.pk).update(theme=Theme.AUTO, display_name="Max of Alpha", compact=False)
    with inside(beta):
        User.objects.filter(pk=stranger.pk).update(theme=Theme.LIGHT, display_name="Bea of Beta")
    _view(owner, alpha, "Ada’s own view")
    _view(stranger, beta, "Bea’s own view")
    cast = {
        "Ada of Alpha": (browser_of(owner, alpha), alpha.name, 'data-theme="dark"', "comp"),
        "Bea of Beta": (browser_of(stranger, beta), beta.name, 'data-theme="light"', "comp"),
        "Max of Alpha": (browser_of(manager, alpha), alpha.name, 'data-theme="auto"', "comfortable"),
    }

    pages = {name: [] for name in cast}
    for _turn in range(3):
        for name, (client, *_rest) in cast.items():
            pages[name].append(client.get("/extensions/").text)

    for name, (_client, company, theme, density) in cast.items():
        others = set(cast) - {name}
        foreign = ({alpha.name, beta.name} - {company}).pop()
        for page in pages[name]:
            for shown in (name, company, theme, f'data-density="{density}'):
                assert shown in page
            assert foreign not in page
            assert not [other for other in others if other in page]
            assert ("Ada’s own view" in page) == (name == "Ada of Alpha")
            assert ("Bea’s own view" in page) == (name == "Bea of Beta")
    tokens = [{token for page in shown for token in TOKEN.findall(page)} for shown in pages.values()]
    assert all(tokens)
    assert not set.intersection(*tokens)


@pytest.mark.feature("ROL-02")
def test_the_rail_shows_what_each_person_may_open_whoever_asked_before(
    browser_of: BrowserOf, owner: User, agent: User, alpha: Tenant
) -> None:
    def rail(client: Client, path: str) -> str:
        return RAIL.search(client.get(path).text)[0]

    all_rights, few = browser_of(owner, alpha), browser_of(agent, alpha)

    shown = [(rail(all_rights, "/search/"), rail(few, "/search/")) for _turn in range(2)]

    for owners, agents in shown:
        assert 'href="/roles/"' in owners
        assert 'href="/roles/"' not in agents
    assert 'href="/extensions/" aria-current="page"' in rail(all_rights, "/extensions/")
    assert 'href="/extensions/" aria-current="page"' not in rail(all_rights, "/search/")

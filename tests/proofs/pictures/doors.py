"""A page to come back to: what stands on it is written down while it is open, so that nothing is opened in vain."""

from dataclasses import dataclass

from playwright.sync_api import Page

# Forms with something to type. Confirmations and searches have nothing that could be wrong, and what may only be looked
# at cannot be sent.
FORMS = """() => [...document.querySelectorAll('main form')].map((form, at) => [at, form]).filter(([, form]) =>
    form.method === 'post' && form.checkVisibility() && [...form.elements].some(one => one.matches(
        'input:enabled:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea:enabled'))
    ).map(([at]) => at)"""
VERBS = (
    "() => [...document.querySelectorAll('#bulk-form button[formaction]')].map(one => one.getAttribute('formaction'))"
)
# A form that carries a version; one button elsewhere answers with a message instead.
VERSIONED = """() => {
    const field = document.querySelector('main form[method=post] input[type=hidden][name=version]');
    return Boolean(field) && !field.form.hasAttribute('action');
}"""


@dataclass(frozen=True, slots=True)
class Door:
    """Where a page is; its bulk actions; whether its form carries a version; the places of its forms."""

    address: str
    verbs: tuple[str, ...]
    versioned: bool
    forms: tuple[int, ...]


def door(page: Page) -> Door:
    """The page that is open."""
    read = page.evaluate
    return Door(page.url, tuple(read(VERBS)), bool(read(VERSIONED)), tuple(read(FORMS)))

"""Pages that no link leads to: confirming what was ticked, somebody else's newer change (409), closed doors."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Page, Response

from tests.proofs.pictures.camera import Seen, look_at
from tests.proofs.pictures.doors import Door

TICKED = 3  # rows that are ticked for a bulk action
CLOSED = {"/teams/new/": 403, "/roles/new/": 403, "/extensions/99999/nothing-here/": 404}
PRESS = f"""verb => {{
    [...document.querySelectorAll('tbody input[type=checkbox]')].slice(0, {TICKED}).forEach(one => one.checked = true);
    const form = document.querySelector('#bulk-form');
    for (const one of form.querySelectorAll('select')) one.selectedIndex = one.options.length - 1;
    form.requestSubmit([...form.querySelectorAll('button')].find(one => one.getAttribute('formaction') === verb));
}}"""
SEND_OLD = """() => {
    const field = document.querySelector('main form[method=post] input[type=hidden][name=version]');
    const form = field.form;
    field.value = '0';
    form.noValidate = true;
    const button = form.querySelector('button[type=submit]:not([name]), button:not([type])');
    button ? form.requestSubmit(button) : HTMLFormElement.prototype.submit.call(form);
}"""


def look_behind(page: Page, doors: Mapping[str, Door], *, who: str, folder: Path) -> Iterator[Seen]:
    """What is behind the pages that were seen, by their kinds."""
    for kind, found in doors.items():
        for verb in found.verbs:
            page.goto(found.address)
            yield look_at(page, _after(page, PRESS, verb), who=who, kind=f"{kind} picked {verb}", folder=folder)
    for kind, found in doors.items():
        if found.versioned:
            page.goto(found.address)
            answer = _after(page, SEND_OLD)
            if answer.status != 422:  # something else is wanted first, such as a PIN
                yield look_at(page, answer, who=who, kind=f"{kind} old", folder=folder, expected=409)


def look_at_closed_doors(page: Page, *, who: str, folder: Path, paths: Iterable[str] = CLOSED) -> Iterator[Seen]:
    """Pages that this person may not open, and one that does not exist."""
    origin = "/".join(page.url.split("/", 3)[:3])
    for path in paths:
        answer = page.goto(origin + path)
        yield look_at(page, answer, who=who, kind=path, folder=folder, expected=CLOSED[path])


def _after(page: Page, script: str, argument: object = None) -> Response:
    with page.expect_navigation(wait_until="load") as going:
        page.evaluate(script, argument)
    answer = going.value
    first = answer.request
    while first.redirected_from is not None:
        first = first.redirected_from
    return first.response() or answer

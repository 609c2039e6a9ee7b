"""Sending every form wrongly: empty, and with far too long and hostile values."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, Response

from tests.proofs.pictures.camera import BRIEFLY, Seen, look_at
from tests.proofs.pictures.doors import FORMS, Door

HOSTILE = "<script>alert(1)</script>'\"; DROP TABLE x; -- " + "ж" * 400
SPOIL = """([at, hostile]) => {
    const form = document.querySelectorAll('main form')[at];
    for (const one of form.querySelectorAll('input, textarea, select')) {
        if (one.type === 'hidden' || one.disabled || one.readOnly) continue;
        if (one.type === 'checkbox' || one.type === 'radio' || one.type === 'file') { continue; }
        if (one.tagName === 'SELECT') {
            if (hostile) { const bad = new Option('x', '-1'); one.add(bad); bad.selected = true; }
            continue;
        }
        one.removeAttribute('maxlength');
        if (hostile && one.tagName === 'INPUT') one.type = 'text';
        one.value = hostile ? hostile : '';
    }
    form.noValidate = true;
    const button = form.querySelector('button[type=submit], button:not([type])');
    const send = document.createElement('input');
    Object.assign(send, {type: 'hidden', name: button?.name || '', value: button?.value || ''});
    form.append(send);
    HTMLFormElement.prototype.submit.call(form);
}"""
UNSAID = """() => {
    const told = document.querySelector('.error-summary, [role=alert], .is-invalid, [aria-invalid=true]');
    const found = [];
    if (!told) found.push('says nothing about the mistake');
    const summary = document.querySelector('.error-summary');
    if (summary && !summary.contains(document.activeElement)) found.push('focus is not on the summary');
    const text = document.querySelector('main')?.innerText || '';
    for (const word of ['invalid', 'This field is required', 'Select a valid', 'Ensure this', 'Enter a valid'])
        if (text.includes(word)) found.push(`says “${word}”`);
    return found;
}"""


def send_wrongly(page: Page, found: Door, *, who: str, kind: str, folder: Path) -> Iterator[Seen]:
    """Each form of the page, empty and hostile. What is accepted is no mistake and yields nothing."""
    for at in found.forms:
        for word in ("empty", "hostile"):
            page.goto(found.address)
            if at not in page.evaluate(FORMS):  # what was sent before was accepted, and that was the last of it
                break
            answer = _send(page, at, HOSTILE if word == "hostile" else "")
            if answer is None or answer.status < 400:
                continue
            name = f"{kind} {word} {at or ''}"
            seen = look_at(page, answer, who=who, kind=name, folder=folder, expected=422, looks=BRIEFLY)
            seen.faults += page.evaluate(UNSAID)
            yield seen


def _send(page: Page, at: int, value: str) -> Response | None:
    with page.expect_navigation(wait_until="load") as going:
        page.evaluate(SPOIL, [at, value])
    answer = going.value
    while answer is not None and answer.request.redirected_from is not None:
        answer = answer.request.redirected_from.response()
    return answer

"""One more box of a large company is on the PBX before it is made, so that nothing is read for it (issue 4)."""

from dataclasses import replace

from extensions.pbx.facts import TenantFacts
from extensions.pbx.render.voicemail import boxes_of, render_voicemail
from extensions.snapshot.facts import MailboxFacts
from tests.extensions.calls.facts import Company


def company(*ids: int) -> TenantFacts:
    """A company with these boxes, none of which has a PIN."""
    boxes = {id: MailboxFacts(id, str(20_000 + id), "", id) for id in ids}
    snapshot = Company().has(mailboxes=boxes).snapshot()
    return TenantFacts(snapshot=snapshot, fqdn="a.example", most_calls=0, lines={}, boxes={}, rooms={})


def test_the_next_box_of_a_large_company_changes_nothing() -> None:
    before = company(*range(1, 1001))

    after = company(*range(1, 1002))

    assert render_voicemail(after) == render_voicemail(before)
    assert len(boxes_of(before)) < 1000 + 1000 // 50


def test_boxes_that_are_gone_are_no_spare_ones() -> None:
    left = company(*range(1, 500), *range(501, 1001))

    assert 500 not in boxes_of(left)


def test_a_small_company_has_the_boxes_that_it_has() -> None:
    assert boxes_of(company(7, 3)) == [3, 7]


def test_boxes_are_written_in_one_order_whatever_the_tables_give() -> None:
    facts = company(1, 2, 3)
    turned = dict(reversed(facts.snapshot.mailboxes.items()))

    assert render_voicemail(replace(facts, snapshot=replace(facts.snapshot, mailboxes=turned))) == render_voicemail(
        facts
    )

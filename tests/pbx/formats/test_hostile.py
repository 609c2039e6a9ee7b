"""Ten thousand hostile names and numbers in every file: written, read back independently, compared (SEC-22)."""

import re

import pytest

from extensions.models import DialKind, StatusKind
from extensions.pbx.facts import BoxSecrets, LineSecrets, RoomSecrets, TenantFacts
from extensions.pbx.formats.dialplan import Context
from extensions.pbx.formats.ini import Options, write_ini
from extensions.pbx.formats.values import LONGEST_NAME, NotEmittable, digits, folder, host, name, prefix, word
from extensions.pbx.render.pjsip import render_pjsip
from extensions.pbx.render.queues import render_queues
from extensions.pbx.render.tenant import render_tenant
from extensions.pbx.render.voicemail import render_voicemail
from extensions.snapshot.facts import ConferenceFacts, Dialled, MailboxFacts
from tests.extensions.calls.facts import Company
from tests.pbx.formats.hostile import MANY, texts
from tests.pbx.formats.reader import caller_of, read_ini

NAMES = list(texts())
KEYS = {
    "type", "context", "subscribe_context", "auth", "aors", "callerid", "mailboxes", "named_call_group",
    "named_pickup_group", "accountcode", "tenantid", "voicemail_extension",
}  # fmt: skip
SAFE = re.compile(r"[^\x00-\x1f\x7f;\"\[\]<>\\`|]{1,80}")


@pytest.fixture(scope="module")
def facts() -> TenantFacts:
    """A company in which everything has a hostile name."""
    company = Company()
    company.facts = {}
    for id, text in enumerate(NAMES, start=1):
        company.extension(id, number=str(20_000 + id), name=text, mailbox_id=id)
    numbers = {str(20_000 + id): Dialled(DialKind.EXTENSION, id) for id in range(1, MANY + 1)}
    snapshot = (
        company.ring_group(members=tuple(range(1, MANY + 1)), name=NAMES[0])
        .has(
            numbers=numbers,
            mailboxes={id: MailboxFacts(id, str(20_000 + id), text, id) for id, text in enumerate(NAMES, start=1)},
            conferences={3: ConferenceFacts(3, "660", NAMES[5], 20, True)},
        )
        .snapshot()
    )
    return TenantFacts(
        snapshot=snapshot,
        fqdn="alpha.example",
        most_calls=3,
        lines={id: LineSecrets(f"u{id}", f"{id:032x}") for id in range(1, MANY + 1)},
        boxes={id: BoxSecrets("4711", None) for id in range(1, MANY + 1)},
        rooms={3: RoomSecrets("4711", announce=True, wait_for_member=False, members=frozenset())},
        places=tuple(StatusKind),
    )


@pytest.mark.feature("SEC-22")
def test_endpoints_are_read_back_with_their_names_and_nothing_else(facts: TenantFacts) -> None:
    found = [one for text in render_pjsip(facts).values() for one in read_ini(text)]

    ends = [one for one in found if one.template == "ext-tpl"]
    assert len(found) == 3 * MANY
    assert [caller_of(dict(one.options)["callerid"]) for one in ends] == [
        (name(text), str(20_000 + id)) for id, text in enumerate(NAMES, start=1)
    ]
    assert {frozenset(key for key, _value in one.options) for one in ends} == {frozenset(KEYS)}


@pytest.mark.feature("SEC-22")
def test_boxes_hold_no_name_that_anybody_typed(facts: TenantFacts) -> None:
    (section,) = read_ini(render_voicemail(facts))

    own, spare = section.options[:MANY], section.options[MANY:]
    assert [key for key, _value in own] == [str(id) for id in range(1, MANY + 1)]
    assert {value.rpartition(",")[0] for _key, value in own} == {"4711,,,"}
    assert {value.rpartition(",")[0] for _key, value in spare} == {"-,,,"}  # a dash first: no PIN opens them


@pytest.mark.feature("SEC-22")
def test_members_of_a_team_are_read_back_with_their_names_and_nothing_else(facts: TenantFacts) -> None:
    (section,) = read_ini(render_queues(facts))

    members = [value for key, value in section.options if key == "member"]
    assert len(members) == MANY
    for id, (value, text) in enumerate(zip(members, NAMES, strict=True), start=1):
        channel, penalty, said, state = value.split(",")
        assert (channel, penalty) == (f"Local/{id}@t2-member/n", "0")
        assert (said, state) == (name(text).replace(",", " "), f"PJSIP/{20_000 + id}@alpha.example")


@pytest.mark.feature("SEC-22")
def test_a_dialplan_holds_nothing_that_anybody_typed(facts: TenantFacts) -> None:
    text = render_tenant(facts)["extensions.conf"]

    plain = re.compile(
        r"\[[a-z0-9-]+\]|exten => \S+,(?:1|hint)\S*.*| same => n(?:\([a-z0-9_]+\))?,[A-Za-z]+\(.*\)|include => \S+|"
    )
    assert text.isascii()
    assert all(plain.fullmatch(line) for line in text.split("\n"))
    assert not [word for word in ("SHELL", "System", "evil", "\n#") if word in text]


@pytest.mark.feature("SEC-22")
def test_names_stay_readable_and_never_empty() -> None:
    made = [name(text) for text in NAMES]

    assert all(SAFE.fullmatch(one) and one.isprintable() and "${" not in one and "$[" not in one for one in made)
    assert name("Zoë O'Neill-陈 (2)") == "Zoë O'Neill-陈 (2)"
    assert len(name("x" * 200)) == LONGEST_NAME


@pytest.mark.feature("SEC-22")
@pytest.mark.parametrize("take", [digits, word, host, prefix, folder])
def test_what_is_not_a_number_or_word_is_refused(take) -> None:
    shapes = {digits: r"\+?[0-9*#]{1,32}", prefix: r"\+|\+?[0-9*#]{1,32}", word: r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}",
              host: r"[a-z0-9-]+(\.[a-z0-9-]+)*", folder: r"/[A-Za-z0-9_.@+/-]{1,200}"}  # fmt: skip
    for text in NAMES:
        if re.fullmatch(shapes[take], text, re.ASCII):
            assert take(text) == text
        else:
            with pytest.raises(NotEmittable):
                take(text)


@pytest.mark.feature("SEC-22")
def test_a_hostile_value_given_to_the_writers_directly_is_refused_or_read_back() -> None:
    refused = 0
    for text in NAMES:
        try:
            written = write_ini([Options().add("key", text).section("one")])
        except NotEmittable:
            refused += 1
            continue
        (section,) = read_ini(written)
        assert section.options in ([("key", text.strip())], [])
    for text in NAMES:
        with pytest.raises(NotEmittable):
            Context("c").exten("1").do(f"NoOp({text});")
    assert refused > MANY / 4

"""Bytes to messages and back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extensions.pbx.ami.message import MOST_LINE, Message, NotAmi, Parser, Unsendable, emit

names = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=":"), min_size=1).filter(
    lambda name: name == name.strip()
)
values = st.text(st.characters(exclude_categories=("Cc", "Cs")))
headers = st.lists(st.tuples(names, values), min_size=1, max_size=20)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the machine may be, not what is generated
@given(st.lists(headers, min_size=1, max_size=4), st.integers(min_value=1, max_value=40), st.booleans())
def test_what_is_emitted_is_parsed_back_equal(sent: list[list[tuple[str, str]]], cut: int, lone: bool) -> None:
    """In whatever pieces it comes, and with whichever line ends."""
    data = b"".join(emit(message) for message in sent)
    data = data.replace(b"\r\n", b"\n") if lone else data
    parser = Parser()

    came = [message for at in range(0, len(data), cut) for message in parser.feed(data[at : at + cut])]

    assert came == [Message(message) for message in sent]
    assert parser.junk == 0


@given(st.lists(st.one_of(st.binary(), st.sampled_from([b"\r\n\r\n", b"A: b\r\n", b"\n", b"\xff:\xfe\n\n"]))))
def test_no_bytes_break_the_parser(pieces: list[bytes]) -> None:
    parser = Parser(greeting=True)

    for piece in pieces:
        for message in parser.feed(piece):
            assert all("\n" not in name + value for name, value in message.headers)
            assert repr(message).isprintable()


@given(st.text(), st.text())
def test_what_could_be_read_as_something_else_is_not_emitted(name: str, value: str) -> None:
    try:
        data = emit([(name, value)])
    except Unsendable:
        return

    assert data.count(b"\r") == 2
    assert data.count(b"\n") == 2
    assert Parser().feed(data) == [Message([(name, value)])]


@pytest.mark.parametrize(
    "header",
    [("", "x"), ("A:b", "x"), (" A", "x"), ("A", "x\r"), ("A", "x\n"), ("A\n", "x"), ("A", "\x00"), ("A", "\x85")],
)
def test_such_a_header_is_refused(header: tuple[str, str]) -> None:
    with pytest.raises(Unsendable):
        emit([header])


def test_a_message_without_headers_is_refused() -> None:
    with pytest.raises(Unsendable):
        emit([])


def test_bytes_that_are_no_text_are_replaced() -> None:
    [message] = Parser().feed(b"CallerIDName: M\xfcller\r\n\r\n")

    assert message.get("calleridname") == "M\N{REPLACEMENT CHARACTER}ller"


def test_a_line_has_an_end() -> None:
    parser = Parser()
    parser.feed(b"x" * MOST_LINE)

    with pytest.raises(NotAmi):
        parser.feed(b"x")


def test_lines_that_are_no_headers_are_counted_and_left_out() -> None:
    parser = Parser()

    assert parser.feed(b"Asterisk is here\r\nA: 1\r\n\r\n") == [Message([("A", "1")])]
    assert parser.junk == 1


def test_headers_that_contradict_each_other_are_seen() -> None:
    message = Message([("Tenantid", "t2"), ("X", "1"), ("X", "1"), ("TENANTID", "t3")])

    assert message.repeats() == {"tenantid"}
    assert message.all("tenantid") == ["t2", "t3"]

"""What may be told of a message, and how long to wait."""

from random import Random

import pytest

from extensions.pbx.ami.backoff import Backoff
from extensions.pbx.ami.message import Message
from extensions.pbx.ami.redact import plain, shown

TOLD = "hunter2"


@pytest.mark.feature("PBX-08")
@pytest.mark.parametrize(
    "name",
    [
        "Secret", "Key", "Password", "md5_cred", "Md5Cred", "PasswordDigest", "Challenge", "Line-000001-000000",
        "Value-000003", "Val", "Output", "Variable", "ChanVariable", "JSON", "AppData", "MailCommand", "Command",
    ],
)  # fmt: skip
def test_a_secret_is_not_shown(name: str) -> None:
    message = Message([("Event", "AuthDetail"), (name, TOLD), ("Username", "101")])

    assert TOLD not in repr(message)
    assert "Username=101" in repr(message)


def test_what_is_shown_is_one_short_line() -> None:
    told = shown([("A\x1b[2J", "x\ny" * 5000)] * 500)

    assert told.isprintable()
    assert len(told) < 6000
    assert plain(" a\r\nb ") == "a  b"


def test_waits_double_up_to_a_minute_and_are_known_beforehand() -> None:
    waits, same = (Backoff(chance=Random(7)) for _ in range(2))  # noqa: S311 - known beforehand is the point

    taken = [waits.next() for _ in range(10)]

    assert taken == [same.next() for _ in range(10)]
    assert all(
        max(1, top / 2) <= wait <= top for wait, top in zip(taken, [1, 2, 4, 8, 16, 32, 60, 60, 60], strict=False)
    )
    waits.reset()
    assert waits.next() == 1

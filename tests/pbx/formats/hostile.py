"""Names, labels and numbers that somebody might type to become configuration; the same ten thousand every time."""

import random
from collections.abc import Iterator

MANY = 10_000
PARTS = (
    ";", '"', "[", "]", "<", ">", "\\", "#include x", "#exec rm", "\n", "\r\n", "\r", "\x00", "\x1b", "\x7f",
    "${EXTEN}", "${SHELL(id)}", "$[1+1]", "=>", "=", "same => n,System(id)", "exten => _X.,1,Dial(SIP/evil)",
    "[general]", "type=endpoint", "|", ",", "&", "`id`", "../../etc", "%s", "\u2028", "\u202e", "\ufeff", "\u0085", "é",
    "陈", "😀", "ß", "'", "!", "(!)",
    " ", "\t", "Ann", "Lee", "101", "<101>", "a" * 90, "]\ntype=auth", ";--", "--;", "Ånn", "-", "",
)  # fmt: skip


def texts(count: int = MANY) -> Iterator[str]:
    dice = random.Random(20261126)  # noqa: S311 - the same texts every time
    for _ in range(count):
        if dice.random() < 0.2:
            yield "".join(chr(dice.choice((dice.randrange(0x300), dice.randrange(0x3000)))) for _ in range(12))
        else:
            yield "".join(dice.choice(PARTS) for _ in range(dice.randrange(1, 6)))

"""Names in plain Latin letters, for logons and addresses."""

import unicodedata

# Letters that do not come apart into a plain one and a sign.
_LETTERS = str.maketrans(
    {"ı": "i", "İ": "I", "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d",
     "Ð": "D", "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
)  # fmt: skip


def plain_latin(text: str) -> str:
    """`text` with ASCII letters where Latin letters stand: “Ayşe Yılmaz” is `Ayse Yilmaz`. Other scripts go."""
    parted = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return parted.encode("ascii", "ignore").decode()

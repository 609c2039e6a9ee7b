"""Reference numbers that survive being read out on the telephone."""

import secrets

# Without 0, 1, I, L, O and U: nothing in it looks or sounds like something else, and it spells few words.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """A fresh reference such as `TR-7K3M-9QXT`."""
    signs = [secrets.choice(ALPHABET) for _number in range(8)]
    return f"TR-{''.join(signs[:4])}-{''.join(signs[4:])}"


def tidy_reference(typed: str) -> str:
    """What somebody typed, as references are written: capitals, blanks gone."""
    return "".join(typed.split()).upper()

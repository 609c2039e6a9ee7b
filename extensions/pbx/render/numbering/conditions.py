"""Questions about numbers as Asterisk asks them. The variables hold digits only; texts compare with an x before."""

from collections.abc import Iterable

from extensions.pbx.render.numbering.reading import read

_LONGEST_NUMBER = 40  # longer than any plan knows: what holds there holds beyond


def matches(variable: str, *patterns: str) -> str:
    """Whether one of the metadata's patterns fits the whole number; the value is 1 or 0."""
    return whole(variable, "|".join(read(pattern).posix() for pattern in patterns))


def begins(variable: str, *patterns: str) -> str:
    """Whether one of the metadata's patterns fits the beginning of the number."""
    return _regex(f"^({'|'.join(read(pattern).posix() for pattern in patterns)})", variable)


def whole(variable: str, pattern: str) -> str:
    """Whether the POSIX `pattern` fits the whole number."""
    return _regex(f"^({pattern})$", variable)


def starts(variable: str, pattern: str) -> str:
    """Whether the POSIX `pattern` fits the beginning of the number."""
    return _regex(f"^({pattern})", variable)


def has_prefix(variable: str, prefix: str, *, at: int = 0) -> str:
    """Whether exactly these signs stand at `at`."""
    return f'$["x${{{variable}:{at}:{len(prefix)}}}" = "x{prefix}"]'


def is_text(variable: str, text: str) -> str:
    """Whether the variable is exactly this text."""
    return f'$["x${{{variable}}}" = "x{text}"]'


def length_is(variable: str, lengths: Iterable[int]) -> str:
    """Whether it has one of these lengths; 40 stands for all that are longer."""
    length = f"${{LEN(${{{variable}}})}}"
    parts = [_between(length, low, high) for low, high in _runs(sorted(set(lengths)))]
    return f"$[{' | '.join(parts) or '0'}]"


def lengths_where(holds: Iterable[int], beyond: int | None = None) -> list[int]:
    """These lengths, and with `beyond` also all that are longer than it."""
    longer = range(beyond + 1, _LONGEST_NUMBER + 1) if beyond is not None else ()
    return sorted({*holds, *longer})


def _between(length: str, low: int, high: int) -> str:
    if low == high:
        return f"({length} = {low})"
    if high >= _LONGEST_NUMBER:
        return f"({length} >= {low})"
    return f"({length} >= {low} & {length} <= {high})"


def _runs(lengths: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for length in lengths:
        if runs and runs[-1][1] + 1 == length:
            runs[-1] = (runs[-1][0], length)
        else:
            runs.append((length, length))
    return runs


def _regex(pattern: str, variable: str) -> str:
    return f'${{REGEX("{pattern}" ${{{variable}}})}}'

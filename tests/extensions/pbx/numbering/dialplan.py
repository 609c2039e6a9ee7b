"""A small reader of Asterisk's dialplan: just the applications and functions that the numbering files use.

It knows nothing of telephone numbers and raises at everything else that it is given.
"""

import re
from collections.abc import Callable
from functools import cache

Step = tuple[str, str]  # application, arguments
_LINE = re.compile(r"(?:exten => (?P<pattern>[^,]+),1|same => n)(?:\((?P<label>\w+)\))?,(?P<app>\w+)\((?P<args>.*)\)")
_MOST_STEPS = 400
_TOKEN = re.compile(r'\s*("[^"]*"|[0-9]+|<=|>=|!=|[-=<>&|()])')


class Dialplan:
    """Contexts with their extensions, as a file says them."""

    def __init__(self, *texts: str) -> None:
        self.steps: dict[tuple[str, str], list[Step]] = {}
        self.labels: dict[tuple[str, str, str], int] = {}
        self.patterns: dict[str, list[str]] = {}
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Read one more file."""
        context = pattern = ""
        for line in filter(None, text.splitlines()):
            if line.startswith("["):
                context = line.removeprefix("[").removesuffix("]")
                self.patterns[context] = []
                continue
            found = _LINE.fullmatch(line.strip())
            assert found, line
            if found["pattern"]:
                pattern = found["pattern"]
                self.patterns[context].append(pattern)
                self.steps[context, pattern] = []
            steps = self.steps[context, pattern]
            steps.append((found["app"], found["args"]))
            if found["label"]:
                assert (context, pattern, found["label"]) not in self.labels, line
                self.labels[context, pattern, found["label"]] = len(steps)

    def gosub(self, call: str, variables: dict[str, str]) -> dict[str, str]:
        """The variables after `Gosub(context,extension,1(arguments))`, with these before it."""
        run = Run(self, dict(variables))
        found = re.fullmatch(r"Gosub\(([\w-]+,\w+,1)(?:\((.*)\))?\)", run.text(call))
        assert found, call
        run.variables |= {f"ARG{at}": value for at, value in enumerate((found[2] or "").split(","), 1)}
        run.to(found[1])
        run.on()
        return run.variables

    def find(self, context: str, number: str) -> str:
        """The extension of the context that takes `number`: itself, or the most exact pattern with `!` at its end."""
        if (context, number) in self.steps:
            return number
        fitting = [pattern for pattern in self.patterns[context] if pattern[0] == "_" and _fits(pattern, number)]
        assert fitting, (context, number)
        return max(fitting, key=lambda pattern: (pattern.count("X") == 0, len(pattern)))


def _fits(pattern: str, number: str) -> bool:
    shape = pattern[1:-1]
    assert pattern[-1] == "!", pattern
    assert set(shape) <= set("0123456789X"), pattern
    signs = zip(shape, number, strict=False)
    return len(number) >= len(shape) and all(one in ("X", sign) for one, sign in signs)


class Run:
    """One call on its way through a dialplan."""

    def __init__(self, dialplan: Dialplan, variables: dict[str, str]) -> None:
        self.dialplan = dialplan
        self.variables = variables
        self.place = ("", "", 0)
        self.stack: list[tuple[str, str, int]] = []
        self.done = 0
        self.over = False
        self.applications: dict[str, Callable[[str], None]] = {
            "Set": self.set,
            "MSet": lambda arguments: [self.set(one) for one in arguments.split(",")] and None,
            "Goto": self.to,
            "GotoIf": self.to_if,
            "Gosub": self.gosub,
            "Return": self.back,
            "ExecIf": self.exec_if,
            "NoOp": lambda _: None,
        }

    def on(self) -> None:
        """Go on until the first Return that nobody waits for."""
        while not self.over:
            context, exten, at = self.place
            application, arguments = self.dialplan.steps[context, exten][at - 1]
            self.place = (context, exten, at + 1)
            self.done += 1
            assert self.done < _MOST_STEPS, "it runs in circles"
            self.applications[application](self.text(arguments))

    def set(self, arguments: str) -> None:
        """Set(NAME=value)."""
        name, _, value = arguments.partition("=")
        assert re.fullmatch(r"TL_[A-Z0-9_]+", name), name
        self.variables[name] = value

    def to(self, arguments: str) -> None:
        """Goto([[context,]extension,]label or number)."""
        parts = arguments.split(",")
        context = parts[-3] if len(parts) > 2 else self.place[0]
        exten = self.dialplan.find(context, parts[-2]) if len(parts) > 1 else self.place[1]
        at = int(parts[-1]) if parts[-1].isdigit() else self.dialplan.labels[context, exten, parts[-1]]
        self.place = (context, exten, at)

    def to_if(self, arguments: str) -> None:
        """GotoIf(condition?[yes][:no])."""
        condition, _, targets = arguments.partition("?")
        yes, _, no = targets.partition(":")
        target = yes if condition not in ("", "0") else no
        if target:
            self.to(target)

    def exec_if(self, arguments: str) -> None:
        """ExecIf(condition?application(arguments))."""
        condition, _, call = arguments.partition("?")
        name, _, inner = call.partition("(")
        if condition not in ("", "0"):
            self.applications[name](inner.removesuffix(")"))

    def back(self, arguments: str) -> None:
        """Return()."""
        if self.stack:
            self.place = self.stack.pop()
        else:
            self.over = True

    def gosub(self, arguments: str) -> None:
        """Gosub without arguments of its own."""
        self.stack.append(self.place)
        self.to(arguments)

    def text(self, text: str) -> str:
        """The text with its variables, functions and expressions worked out, inner ones first."""
        return "".join(
            plain if not opening else self.value(self.text(plain)) if opening == "${" else expression(self.text(plain))
            for opening, plain in pieces(text)
        )

    def value(self, name: str) -> str:
        """A variable, a part of one, or a function."""
        function, bracket, rest = name.partition("(")
        if bracket and function in FUNCTIONS:
            assert rest.endswith(")"), name
            return FUNCTIONS[function](rest[:-1])
        base, *cut = name.split(":")
        value = self.variables.get(base, "")
        if not cut:
            return value
        start, length = int(cut[0]), int(cut[1]) if len(cut) > 1 else len(value)
        return value[start : start + length if length >= 0 else length]


@cache
def pieces(text: str) -> tuple[tuple[str, str], ...]:
    """The text cut into plain parts, and what stands in `${…}` and `$[…]`, each with what it was opened by."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        start = min((place for place in (text.find("${", at), text.find("$[", at)) if place >= 0), default=len(text))
        if start > at:
            found.append(("", text[at:start]))
        if start == len(text):
            break
        end = _closing(text, start + 1)
        found.append((text[start : start + 2], text[start + 2 : end]))
        at = end + 1
    return tuple(found)


def _closing(text: str, at: int) -> int:
    opens, closes = text[at], {"{": "}", "[": "]"}[text[at]]
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == opens) - (text[place] == closes)
        if not depth:
            return place
    raise AssertionError(f"unbalanced: {text}")


def expression(text: str) -> str:
    """What `$[text]` is: comparisons joined by & and |, with brackets."""
    tokens = _TOKEN.findall(text)
    assert "".join(tokens) == re.sub(r"\s", "", text), text
    value, rest = _either(tokens)
    assert not rest, text
    return value


def _either(tokens: list[str]) -> tuple[str, list[str]]:
    value, tokens = _both(tokens)
    while tokens and tokens[0] == "|":
        other, tokens = _both(tokens[1:])
        value = value if value not in ("", "0") else other
    return value, tokens


def _both(tokens: list[str]) -> tuple[str, list[str]]:
    value, tokens = _compared(tokens)
    while tokens and tokens[0] == "&":
        other, tokens = _compared(tokens[1:])
        value = value if value not in ("", "0") and other not in ("", "0") else "0"
    return value, tokens


def _compared(tokens: list[str]) -> tuple[str, list[str]]:
    left, tokens = _difference(tokens)
    if not tokens or tokens[0] not in ("=", "!=", "<", ">", "<=", ">="):
        return left, tokens
    sign = tokens[0]
    right, tokens = _difference(tokens[1:])
    pair = (int(left), int(right)) if left.isdigit() and right.isdigit() else (left, right)
    order = (pair[0] > pair[1]) - (pair[0] < pair[1])
    held = {"=": order == 0, "!=": order != 0, "<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}
    return str(int(held[sign])), tokens


def _difference(tokens: list[str]) -> tuple[str, list[str]]:
    value, tokens = _term(tokens)
    if not tokens or tokens[0] != "-":
        return value, tokens
    other, tokens = _term(tokens[1:])
    return str(int(value) - int(other)), tokens


def _term(tokens: list[str]) -> tuple[str, list[str]]:
    if tokens[0] == "(":
        value, tokens = _either(tokens[1:])
        assert tokens[0] == ")"
        return value, tokens[1:]
    return tokens[0].strip('"'), tokens[1:]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    assert "\\" not in pattern, pattern
    assert "(?" not in pattern, pattern
    return re.compile(pattern, re.ASCII)


def _regex(arguments: str) -> str:
    before, pattern, text = arguments.split('"')
    assert (before, text[:1]) == ("", " "), arguments
    return str(int(_compiled(pattern).search(text[1:]) is not None))


def _filter(arguments: str) -> str:
    allowed, _, text = arguments.partition(",")
    return "".join(sign for sign in text if _compiled(f"[{allowed}]").fullmatch(sign))


def _if(arguments: str) -> str:
    condition, _, values = arguments.partition("?")
    yes, _, no = values.partition(":")
    return yes if condition not in ("", "0") else no


FUNCTIONS: dict[str, Callable[[str], str]] = {
    "REGEX": _regex,
    "FILTER": _filter,
    "LEN": lambda text: str(len(text)),
    "IF": _if,
}

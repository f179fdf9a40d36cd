r"""Macro definitions: `\newcommand`, `\def`, `\let`, `\DeclareMathOperator`, `\DeclarePairedDelimiter`,
`\NewDocumentCommand` (simple signatures), `\newenvironment`.

`\newenvironment{name}` is recorded as two macros, named `\begin{name}` (with the arguments) and `\end{name}`.
Bodies with unbalanced braces or longer than `MAX_BODY` are ignored: the macro stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from derivcheck.documents.environments import braces
from derivcheck.documents.model import Macro

MAX_BODY = 10_000
MAX_MACROS = 20_000

_DEFINING = re.compile(
    r"\\(?P<command>(?:re)?newcommand|providecommand|DeclareRobustCommand|[gex]?def|(?:future)?let"
    r"|DeclareMathOperator|DeclarePairedDelimiter(?:X)?|(?:re)?newenvironment"
    r"|(?:New|Renew|Provide|Declare)DocumentCommand)(?![A-Za-z@])"
)
_SPACE = re.compile(r"\s*")
_CONTROL = re.compile(r"\\(?:[A-Za-z@]+|[^A-Za-z@\s])")
_ENVIRONMENT = re.compile(r"\{\s*([A-Za-z@]+\*?)\s*\}")
_ARITY = re.compile(r"\[\s*([0-9])\s*\]")
_PARAMETERS = re.compile(r"[^{}]{0,200}")
_PARAMETER = re.compile(r"#([1-9])")
_EQUALS = re.compile(r"\s*=?[ \t]?")
_ARGUMENT_TYPE = re.compile(r"\s*(?:([som])|O\s*\{([^{}]*)\})")
_CONDITIONAL = re.compile(r"\\If(?:NoValue|Value|Boolean)")


@dataclass(frozen=True, slots=True)
class Definition:
    """One defining statement at text[start:end]. `macros` is empty where it could not be used."""

    macros: tuple[Macro, ...]
    start: int
    end: int
    provides: bool = False  # an existing macro is kept


class _Cursor:
    """A place in the text, moved past what is read; reading functions return None where nothing fits."""

    def __init__(self, text: str, groups: Mapping[int, int], at: int) -> None:
        self.text = text
        self.groups = groups
        self.at = at

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self._after_space())
        if match is not None:
            self.at = match.end()
        return match

    def literal(self, char: str) -> bool:
        at = self._after_space()
        found = self.text.startswith(char, at)
        self.at = at + len(char) if found else self.at
        return found

    def group(self) -> str | None:
        """The content of a `{…}` group."""
        at = self._after_space()
        end = self.groups.get(at)
        if end is None:
            return None
        self.at = end + 1
        return self.text[at + 1 : end] if end - at <= MAX_BODY else None

    def bracket(self) -> str | None:
        """The content of `[…]`, braces inside respected."""
        start = self._after_space()
        if not self.text.startswith("[", start):
            return None
        at = start + 1
        limit = min(len(self.text), start + 500)
        while at < limit and self.text[at] != "]":
            at = self.groups.get(at, at) + 1
        if at >= limit:
            return None
        self.at = at + 1
        return self.text[start + 1 : at]

    def name(self) -> str | None:
        r"""A control sequence, bare or in braces."""
        braced = self.literal("{")
        match = self.take(_CONTROL)
        if match is None or (braced and not self.literal("}")):
            return None
        return match[0]

    def _after_space(self) -> int:
        match = _SPACE.match(self.text, self.at, self.at + 200)
        return match.end() if match else self.at


def _newcommand(cursor: _Cursor) -> tuple[Macro, ...]:
    cursor.literal("*")
    name = cursor.name()
    arity, default = _arity(cursor)
    body = cursor.group()
    return () if name is None or body is None else (Macro(name, arity, body, default),)


def _arity(cursor: _Cursor) -> tuple[int, str | None]:
    match = cursor.take(_ARITY)
    return (int(match[1]), cursor.bracket()) if match else (0, None)


def _def(cursor: _Cursor) -> tuple[Macro, ...]:
    name = cursor.take(_CONTROL)
    if name is None:
        return ()
    parameters = _PARAMETERS.match(cursor.text, cursor.at)
    assert parameters is not None
    cursor.at = parameters.end()
    body = cursor.group()
    pieces = _PARAMETER.split(parameters[0])  # text, number, text, number, …, text
    numbers = pieces[1::2]
    if body is None or numbers != [str(k + 1) for k in range(len(numbers))] or "#" in "".join(pieces[::2]):
        return ()
    between = tuple(pieces[::2])
    plain = not any(piece.strip() for piece in between)
    return (Macro(name[0], len(numbers), body, delimiters=None if plain else between),)


def _let(cursor: _Cursor) -> tuple[Macro, ...]:
    name = cursor.take(_CONTROL)
    equals = _EQUALS.match(cursor.text, cursor.at)
    cursor.at = equals.end() if equals else cursor.at
    target = cursor.take(_CONTROL)
    return () if name is None or target is None else (Macro(name[0], 0, target[0]),)


def _operator(cursor: _Cursor) -> tuple[Macro, ...]:
    star = "*" if cursor.literal("*") else ""
    name, body = cursor.name(), cursor.group()
    return () if name is None or body is None else (Macro(name, 0, f"\\operatorname{star}{{{body}}}"),)


def _paired_delimiter(cursor: _Cursor) -> tuple[Macro, ...]:
    r"""`\abs[\big]{x}`: the optional size is a first argument that the body drops."""
    name, left, right = cursor.name(), cursor.group(), cursor.group()
    if name is None or left is None or right is None:
        return ()
    return (Macro(name, 2, f"{left} #2{right}", default="", star=True),)


def _paired_delimiter_x(cursor: _Cursor) -> tuple[Macro, ...]:
    name = cursor.name()
    arity, _ = _arity(cursor)
    left, right, body = cursor.group(), cursor.group(), cursor.group()
    if name is None or left is None or right is None or body is None:
        return ()
    inner = re.sub(r"\\delimsize(?![A-Za-z])\s*", "", body)
    return (Macro(name, arity, f"{left} {inner}{right}", star=True),)


def _document_command(cursor: _Cursor) -> tuple[Macro, ...]:
    """Signatures `s`? (`o` or `O{…}`)? `m`*; anything else leaves the macro unknown."""
    name, signature, body = cursor.name(), cursor.group(), cursor.group()
    if name is None or signature is None or body is None or _CONDITIONAL.search(body):
        return ()
    kinds: list[str] = []
    default: str | None = None
    at = 0
    while at < len(signature.rstrip()):
        match = _ARGUMENT_TYPE.match(signature, at)
        if match is None:
            return ()
        kinds.append(match[1] or "o")
        default = match[2] if match[2] is not None else default
        at = match.end()
    star = kinds[:1] == ["s"]
    if star:
        kinds = kinds[1:]
        if "#1" in body:
            return ()
        body = _PARAMETER.sub(lambda m: f"#{int(m[1]) - 1}", body)
    optional = kinds[:1] == ["o"]
    if "o" in kinds[1:] or "s" in kinds:
        return ()
    return (Macro(name, len(kinds), body, (default or "") if optional else None, star=star),)


def _environment(cursor: _Cursor) -> tuple[Macro, ...]:
    cursor.literal("*")
    name = cursor.take(_ENVIRONMENT)
    arity, default = _arity(cursor)
    begin, end = cursor.group(), cursor.group()
    if name is None or begin is None or end is None:
        return ()
    return Macro(f"\\begin{{{name[1]}}}", arity, begin, default), Macro(f"\\end{{{name[1]}}}", 0, end)


_READERS: dict[str, Callable[[_Cursor], tuple[Macro, ...]]] = {
    "newcommand": _newcommand,
    "renewcommand": _newcommand,
    "providecommand": _newcommand,
    "DeclareRobustCommand": _newcommand,
    "def": _def,
    "gdef": _def,
    "edef": _def,
    "xdef": _def,
    "let": _let,
    "futurelet": _let,
    "DeclareMathOperator": _operator,
    "DeclarePairedDelimiter": _paired_delimiter,
    "DeclarePairedDelimiterX": _paired_delimiter_x,
    "NewDocumentCommand": _document_command,
    "RenewDocumentCommand": _document_command,
    "ProvideDocumentCommand": _document_command,
    "DeclareDocumentCommand": _document_command,
    "newenvironment": _environment,
    "renewenvironment": _environment,
}


def definitions(text: str, groups: Mapping[int, int] | None = None) -> list[Definition]:
    """Every defining statement, in order; one inside the body of another is part of that body."""
    found: list[Definition] = []
    at = 0
    while len(found) < MAX_MACROS and (match := _DEFINING.search(text, at)) is not None:
        groups = braces(text) if groups is None else groups
        cursor = _Cursor(text, groups, match.end())
        macros = _READERS[match["command"]](cursor)
        end = cursor.at if macros else match.end()
        found.append(Definition(macros, match.start(), end, match["command"].lower().startswith("provide")))
        at = end
    return found


def collect(known: Mapping[str, Macro], found: Iterable[Definition]) -> dict[str, Macro]:
    r"""`known` with the definitions added in order; the last one wins.

    `\let\a\b` copies what `\b` is at that moment. A later redefinition of `\b` in terms of `\a` (a saved
    primitive) is left out: macros have one meaning per document, and that one would call itself for ever.
    """
    macros = dict(known)
    saved: dict[str, str] = {}  # alias → the primitive that it saved
    for definition in found:
        for macro in definition.macros:
            if definition.provides and macro.name in macros:
                continue
            if macro.arity == 0 and _CONTROL.fullmatch(macro.body):
                target = macros.get(macro.body)
                if target is not None and macro.name != macro.body:
                    macros[macro.name] = replace(target, name=macro.name)
                    continue
                saved[macro.name] = macro.body
            if any(saved.get(used) == macro.name for used in _CONTROL.findall(macro.body)):
                continue
            macros[macro.name] = macro
    return macros

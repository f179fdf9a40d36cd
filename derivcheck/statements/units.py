"""The top level of a display as units: operands, signs, separators and prose.

A group (`{…}`, `(…)`, `\\left…\\right`, an environment, a script) is part of one operand, so that nothing
 inside it splits anything. Environments that only lay out rows are opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from derivcheck.notation.symbols import GRIDS
from derivcheck.notation.token import Token, TokenKind
from derivcheck.statements.groups import Groups
from derivcheck.statements.model import Connective, RelationKind
from derivcheck.statements.relations import SIGNS, STACKS, relation_at


class UnitKind(Enum):
    OPERAND = auto()
    OPERATOR = auto()  # binary: what stands before or after it belongs to the same member
    RELATION = auto()
    CELL = auto()  # &
    ROW = auto()  # \\
    SPACE = auto()  # \quad
    COMMA = auto()
    SEMICOLON = auto()
    STOP = auto()  # a full stop, or a colon at the end of a row
    PROSE = auto()
    CONNECTIVE = auto()  # \implies …

    __hash__ = object.__hash__  # members are singletons


class NestedTooDeeply(Exception):
    """Rows inside rows: what they state is not found."""


class Unit(NamedTuple):
    """Tokens `start` to `end` (indices, half-open)."""

    kind: UnitKind
    start: int
    end: int
    text: str = ""
    relation: RelationKind | None = None
    connective: Connective = Connective.NONE
    label: bool = False  # `(3)`, `(*)`, `3)`


ROW_ENVIRONMENTS = frozenset(
    {
        "aligned", "split", "gathered", "alignedat", "align", "align*", "gather", "gather*",
        "multline", "multline*",
        "equation", "equation*", "eqnarray", "eqnarray*", "alignat", "alignat*", "flalign",
        "flalign*", "subequations",
        "displaymath", "math", "multlined", "IEEEeqnarray", "IEEEeqnarray*", "dmath", "dmath*", "lgathered",
        "rgathered", "center", "small", "empheq", "displayquote", "xalignat", "xalignat*", "spreadlines",
    }
)  # fmt: skip
_SYSTEMS = frozenset(
    {"cases", "dcases", "cases*", "dcases*", "numcases", "matrix", "array", "rcases", "drcases"}
)
_PICTURES = ("tikz", "CD", "xy", "picture", "tabular", "proof", "algorithm", "axis", "diagram", "scope", "verbatim")
_OPERATORS = frozenset(
    {"+", "-", "/", "*"}
    | {
        "\\" + name
        for name in (
            "times", "cdot", "pm", "mp", "otimes", "odot", "circ", "ast", "star", "div", "wedge",
            "vee", "oplus",
            "ominus", "bullet", "cup", "cap", "setminus", "land", "lor", "boxtimes", "boxplus",
            "rtimes", "ltimes",
        )
    }
)  # fmt: skip
_CONNECTIVES: dict[str, Connective] = {
    **dict.fromkeys(
        ("\\implies", "\\Rightarrow", "\\Longrightarrow", "\\therefore", "\\xRightarrow"), Connective.IMPLIES
    ),
    **dict.fromkeys(("\\iff", "\\Leftrightarrow", "\\Longleftrightarrow"), Connective.IFF),
    **dict.fromkeys(("\\impliedby", "\\Leftarrow", "\\Longleftarrow", "\\because"), Connective.CONDITION),
}
_SEPARATORS = {",": UnitKind.COMMA, ";": UnitKind.SEMICOLON, ".": UnitKind.STOP, ":": UnitKind.STOP}
_LABELS = (TokenKind.NUMBER, TokenKind.LETTER)
_STARS = frozenset({"*", ".", "\\ast", "\\star", "\\dagger"})
_PLAIN = frozenset({TokenKind.LETTER, TokenKind.NUMBER, TokenKind.NAME})
# Commands that begin a unit of their own; all others are ordinary.
_SPECIAL = frozenset(
    {*SIGNS, *STACKS, *_OPERATORS, *_CONNECTIVES, "\\left", "\\quad", "\\forall", "\\vcentcolon"}
)
_SPACES = frozenset({"\\quad", "\\qquad", "\\,", "\\;", "\\:", "\\ "})
_MAX_OPENED = 16  # environments and groups opened inside one another
_AFTER_STOP = (TokenKind.NEWLINE, TokenKind.AMP, TokenKind.TEXT, TokenKind.END)
_BOUNDARIES = frozenset(set(UnitKind) - {UnitKind.OPERAND, UnitKind.OPERATOR})


def read_units(tokens: Sequence[Token]) -> list[Unit]:
    """The units of a display's tokens, in order; NestedTooDeeply when environments of rows go too deep."""
    units: list[Unit] = []
    _Walk(tokens, Groups.of(tokens), units).walk(0, len(tokens), 0)
    return units


class _Walk:
    def __init__(self, tokens: Sequence[Token], groups: Groups, units: list[Unit]) -> None:
        self.tokens = tokens
        self.groups = groups
        self.units = units

    def walk(self, start: int, stop: int, opened: int) -> None:
        """Append the units of tokens `start` to `stop`."""
        i = start
        while i < stop:
            if self.is_enumerated(i, stop):
                self.units.append(Unit(UnitKind.OPERAND, i, i + 2, self.tokens[i].text + ")", label=True))
                i += 2
                continue
            end = self.plain_run(i, stop)
            i = (
                self.add(UnitKind.OPERAND, i, end, self.tokens[i].text)
                if end > i
                else self.step(i, stop, opened)
            )

    def is_enumerated(self, i: int, stop: int) -> bool:
        """`1) &` or `a) \\quad` at the start of a row: a bracket that nothing opens, and more to follow."""
        if i + 2 >= stop or self.tokens[i].kind not in _LABELS or not self.at_boundary():
            return False
        return self.tokens[i + 1].text == ")" and self.groups.partner[i + 1] < 0

    def plain_run(self, i: int, stop: int) -> int:
        """The end of the run of letters, scripts and ordinary commands that starts at `i`."""
        tokens, partner = self.tokens, self.groups.partner
        while i < stop:
            token = tokens[i]
            kind = token.kind
            if kind in _PLAIN:
                i += 1
            elif kind is TokenKind.SUP or kind is TokenKind.SUB:
                i = self.script_end(i, stop)
            elif kind is TokenKind.COMMAND and token.text not in _SPECIAL and partner[i] < 0:
                i += 1
                while i < stop and tokens[i].kind is TokenKind.OPEN and partner[i] >= 0:
                    i = partner[i] + 1
            else:
                break
        return min(i, stop)

    def script_end(self, i: int, stop: int) -> int:
        """The end of a script and its argument."""
        end = i + 1
        if end < stop and self.tokens[end].kind is TokenKind.OPEN and self.groups.partner[end] >= 0:
            end = self.groups.partner[end]
        return min(end + 1, stop)

    def step(self, i: int, stop: int, opened: int) -> int:
        """Append the unit at `i` (or the units inside it); the index after it."""
        token = self.tokens[i]
        match token.kind:
            case TokenKind.AMP:
                return self.add(UnitKind.CELL, i, i + 1)
            case TokenKind.NEWLINE:
                return self.add(UnitKind.ROW, i, i + 1)
            case TokenKind.TEXT:
                return self.add(UnitKind.PROSE, i, i + 1, token.text)
            case TokenKind.CLOSE | TokenKind.END:
                return self.add(UnitKind.OPERAND, i, i + 1)
            case TokenKind.BEGIN:
                return self.environment(i, stop, opened)
            case _:
                return self.sign_or_group(i, stop, opened)

    def add(self, kind: UnitKind, start: int, end: int, text: str = "") -> int:
        self.units.append(Unit(kind, start, end, text))
        return end

    def sign_or_group(self, i: int, stop: int, opened: int) -> int:
        token, partner = self.tokens[i], self.groups.partner[i]
        after_command = i > 0 and self.tokens[i - 1].kind is TokenKind.COMMAND
        if not (token.kind is TokenKind.OPEN and after_command):
            found = relation_at(self.tokens, i, stop, self.groups.partner)
            if found is not None:
                self.units.append(Unit(UnitKind.RELATION, i, found[1], token.text, found[0]))
                return found[1]
        if token.kind is TokenKind.OPEN:
            return self.braces(i, stop, opened)
        if token.text == "\\left" and partner >= 0:
            return self.fenced(i, stop, opened)
        if partner >= 0 and partner < stop:
            return self.bracket(i, partner, stop, opened)
        if token.text == "\\quad":
            return self.add(UnitKind.SPACE, i, i + 1)
        if (connective := self.connective(i, stop)) is not None:
            end = self.connective_end(i, stop)
            self.units.append(Unit(UnitKind.CONNECTIVE, i, end, token.text, connective=connective))
            return end
        if token.text in _OPERATORS:
            return self.add(UnitKind.OPERATOR, i, i + 1, token.text)
        if (separator := _SEPARATORS.get(token.text)) is not None and (
            separator is not UnitKind.STOP or self.ends_row(i + 1, stop)
        ):
            return self.add(separator, i, i + 1, token.text)
        return self.add(UnitKind.OPERAND, i, i + 1, token.text)

    def connective(self, i: int, stop: int) -> Connective | None:
        text = self.tokens[i].text
        if text == "=" and i + 1 < stop and self.tokens[i + 1].text == ">":
            return Connective.IMPLIES
        return _CONNECTIVES.get(text)

    def connective_end(self, i: int, stop: int) -> int:
        end = i + 1
        if end < stop and self.tokens[i].text == "\\xRightarrow" and self.groups.partner[end] >= 0:
            end = self.groups.partner[end] + 1
        return end

    def ends_row(self, i: int, stop: int) -> bool:
        return i >= stop or self.tokens[i].kind in _AFTER_STOP or self.tokens[i].text == "\\quad"

    def at_boundary(self) -> bool:
        return not self.units or self.units[-1].kind in _BOUNDARIES

    def braces(self, i: int, stop: int, opened: int) -> int:
        """`{\\small a = b}` around a whole statement is opened; any other group is an operand."""
        closing = self.groups.partner[i]
        if closing < 0 or closing >= stop:
            return self.add(UnitKind.OPERAND, i, i + 1)
        whole = self.at_boundary() and (
            self.ends_row(closing + 1, stop) or self.tokens[closing + 1].text in ",;."
        )
        if whole and opened < _MAX_OPENED and self.groups.holds_relation(self.tokens, i + 1, closing):
            self.walk(i + 1, closing, opened + 1)
            return closing + 1
        return self.add(UnitKind.OPERAND, i, closing + 1)

    def bracket(self, i: int, closing: int, stop: int, opened: int) -> int:
        """`\\quad (r \\ne 1)` that ends a statement is a condition, `\\quad (A \\text{ square})` a remark; any other
        bracket is an operand."""
        units, text = self.units, self.tokens[i].text
        aside = (
            text == "("
            and len(units) > 1
            and self.is_set_off(i)
            and (self.ends_row(closing + 1, stop) or self.tokens[closing + 1].text in ",;.")
        )
        if aside and opened < _MAX_OPENED and self.groups.holds_relation(self.tokens, i + 1, closing):
            units.append(Unit(UnitKind.CONNECTIVE, i, i + 1, text, connective=Connective.CONDITION))
            self.walk(i + 1, closing, opened + 1)
            return self.add(UnitKind.STOP, closing, closing + 1)
        if aside and units[-1].kind is UnitKind.SPACE and (said := self.said(i + 1, closing)):
            return self.add(UnitKind.PROSE, i, closing + 1, f"({said})")
        inner = self.tokens[i + 1 : min(closing, i + 5)]
        label = text == "(" and closing - i < 4 and all(t.kind in _LABELS or t.text in _STARS for t in inner)
        if label:
            text = "".join(t.text for t in self.tokens[i : closing + 1])
        units.append(Unit(UnitKind.OPERAND, i, closing + 1, text, label=label))
        return closing + 1

    def said(self, start: int, stop: int) -> str:
        """Words and the formulas among them, these between dollar signs; "" where there are no words."""
        tokens = self.tokens[start:stop]
        if not any(t.kind is TokenKind.TEXT and t.text.strip() for t in tokens):
            return ""
        parts = [t.text if t.kind is TokenKind.TEXT else f"${t.text} $" for t in tokens]
        return "".join(parts).replace("$$", "")

    def is_set_off(self, i: int) -> bool:
        """Does space, a comma, an alignment mark or a written thin space precede token `i`?"""
        before, earlier = self.units[-1].kind, self.units[-2].kind
        if before in (UnitKind.SPACE, UnitKind.COMMA, UnitKind.CELL):
            return earlier not in (UnitKind.RELATION, UnitKind.OPERATOR, UnitKind.ROW)
        thin = self.tokens[i].start - self.tokens[i - 1].end > 1 and self.tokens[i].spaced
        return (
            before is UnitKind.OPERAND
            and thin
            and earlier in (UnitKind.RELATION, UnitKind.OPERAND, UnitKind.OPERATOR)
        )

    def environment(self, i: int, stop: int, opened: int) -> int:
        closing, name = self.groups.partner[i], self.tokens[i].text
        if closing < 0:  # not closed: its rows are all there is
            return i + 1
        if name in ROW_ENVIRONMENTS and opened == _MAX_OPENED:
            raise NestedTooDeeply
        if opened < _MAX_OPENED:
            if name in ROW_ENVIRONMENTS or (name == "array" and self.aligned_array(i, closing)):
                self.walk(i + 1, closing, opened + 1)
                return closing + 1
            if (name in _SYSTEMS or _may_be_system(name)) and self.is_system(i, closing + 1, stop, closing):
                return self.system(i, closing, closing + 1, opened)
        return self.add(UnitKind.OPERAND, i, closing + 1)

    def aligned_array(self, i: int, closing: int) -> bool:
        """Does a cell of the array start with a relation sign? Then its columns align equations."""
        first = True
        j = i + 1
        while j < closing:
            token = self.tokens[j]
            if token.kind in (TokenKind.AMP, TokenKind.NEWLINE):
                first = True
            else:
                if first and relation_at(self.tokens, j, closing, self.groups.partner) is not None:
                    return j > i + 1
                first = False
                if self.groups.partner[j] >= 0:
                    j = self.groups.partner[j]
            j += 1
        return False

    def fenced(self, i: int, stop: int, opened: int) -> int:
        """`\\left\\{\\begin{aligned}…\\end{aligned}\\right.` that is no side of a relation is a system."""
        closing = self.groups.partner[i]
        end = min(closing + 2, stop)
        inner, last = i + 2, closing - 1
        while last > inner and self.tokens[last].text in _SPACES:
            last -= 1
        if (
            inner < closing
            and self.tokens[i + 1].text in ("\\{", "\\lbrace", ".")
            and self.tokens[inner].kind is TokenKind.BEGIN
            and self.groups.partner[inner] == last
            and (self.tokens[inner].text in ROW_ENVIRONMENTS or self.tokens[inner].text in _SYSTEMS)
            and opened < _MAX_OPENED
            and self.is_system(i, end, stop, closing)
        ):
            return self.system(inner, last, end, opened)
        text = "\\left." if self.tokens[i + 1].text == "." else ""
        text = "\\right." if end == closing + 2 and self.tokens[end - 1].text == "." else text
        return self.add(UnitKind.OPERAND, i, end, text)

    def is_system(self, i: int, end: int, stop: int, closing: int) -> bool:
        """Does the group stand alone and hold relations? Rows that begin with them are values of something else."""
        first = next((j for j in range(i, closing) if self.tokens[j].kind is TokenKind.BEGIN), i) + 1
        if relation_at(self.tokens, first, closing, self.groups.partner) is not None:
            return False
        if self.units and self.units[-1].kind in (UnitKind.RELATION, UnitKind.OPERAND, UnitKind.OPERATOR):
            return False
        if self.units and self.units[-1].kind is UnitKind.CELL and self.side_before():
            return False
        follows = end >= stop or self.ends_row(end, stop) or self.tokens[end].text in (",", ";", ".")
        follows = follows or (end < stop and self.tokens[end].text in _CONNECTIVES)
        return follows and self.groups.holds_relation(self.tokens, i + 1, closing, environments=True)

    def side_before(self) -> bool:
        """Does a relation or an operand stand before the alignment marks just read?"""
        for unit in reversed(self.units):
            if unit.kind is not UnitKind.CELL:
                return unit.kind in (UnitKind.RELATION, UnitKind.OPERAND, UnitKind.OPERATOR)
        return False

    def system(self, begin: int, closing: int, end: int, opened: int) -> int:
        self.add(UnitKind.ROW, begin, begin)
        self.walk(begin + 1, closing, opened + 1)
        self.add(UnitKind.ROW, closing, closing)
        return end


def _may_be_system(name: str) -> bool:
    """An environment that the preamble defines, and that is neither a matrix nor a picture."""
    return name.rstrip("*") not in GRIDS and not name.startswith(_PICTURES)

"""Occurrences: every letter of an expression, in which role it stands there, and what binds it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from derivcheck.notation.keys import base_key, symbol_key
from derivcheck.notation.tree import Accent, Add, At, Big, Fence, Frac, Juxt, Name, Node, Rel, Script, Sequence, Sym
from derivcheck.notation.walk import children
from derivcheck.scope.binders import Binder, is_letter, letters_of, read_binder

_PLAIN = frozenset({"", "it"})
_NONE: frozenset[str] = frozenset()


class Role(Enum):
    """Where a letter stands."""

    FACTOR = "factor"  # x, 2x + 1, the base of a power
    BASE = "base"  # of another symbol: x_i, x', x^*, \\hat{x}
    INDEX = "index"  # x_i, x^{(i)}
    EXPONENT = "exponent"
    ARGUMENT = "argument"  # f(x), x[n]
    LIMIT = "limit"  # in the range of a big operator


@dataclass(frozen=True, slots=True)
class _Place:
    role: Role = Role.FACTOR
    owner: str = ""  # the base of an index, what is called with an argument
    lone: bool = True  # the whole index or argument, or an item of a list; not part of a sum or product
    bare: bool = True  # inside no bracket
    given: bool = False  # behind a bar or a semicolon: \\theta of f(x; \\theta)
    word: bool = False  # in an index of letters of which none is bound: it may be a word, as in x_{max}
    binders: tuple[Binder, ...] = ()  # around it, outermost first
    perhaps: frozenset[str] = _NONE  # letters that something else may bind: \mathbb{E}_x, \{x_i\}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A letter and its place."""

    symbol: Sym
    place: _Place

    @property
    def letter(self) -> str:
        return self.symbol.name

    @property
    def role(self) -> Role:
        return self.place.role

    @property
    def owner(self) -> str:
        return self.place.owner

    @property
    def lone(self) -> bool:
        return self.place.lone

    @property
    def bare(self) -> bool:
        return self.place.bare

    @property
    def given(self) -> bool:
        return self.place.given

    @property
    def word(self) -> bool:
        return self.place.word

    @property
    def is_variable(self) -> bool:
        """Is it a letter in the usual font?"""
        return self.symbol.font in _PLAIN and is_letter(self.symbol)

    @property
    def bound(self) -> bool:
        """Is it certain that something binds it?"""
        return any(self.letter in b.letters for b in self.place.binders)

    @property
    def free(self) -> bool:
        """Is it certain that nothing binds it?"""
        letter, place = self.letter, self.place
        return letter not in place.perhaps and not any(letter in b.letters | b.perhaps for b in place.binders)

    def within(self, binder: Binder) -> bool:
        """Does it stand in the body of that big operator?"""
        return any(binder is b for b in self.place.binders)


@dataclass(frozen=True, slots=True)
class Survey:
    """An expression with its occurrences and its big operators, in the order in which they are written."""

    node: Node
    occurrences: tuple[Occurrence, ...]
    binders: tuple[Binder, ...]


def survey(node: Node) -> Survey:
    """Every letter and every big operator below `node`."""
    walk = _Walk()
    walk.read(node, _Place())
    return Survey(node, tuple(walk.occurrences), tuple(walk.binders))


class _Walk:
    """Goes through a tree and keeps what it meets."""

    def __init__(self) -> None:
        self.occurrences: list[Occurrence] = []
        self.binders: list[Binder] = []

    def read(self, node: Node, place: _Place) -> None:
        match node:
            case Sym():
                if not any(b.binds(node) for b in place.binders[-1:]):
                    self.occurrences.append(Occurrence(node, place))
            case Big():
                self._big(node, place)
            case Script():
                self._script(node, place)
            case Accent(_, body):
                self.read(body, replace(place, role=Role.BASE, lone=False))
            case Juxt(items):
                self._juxtaposed(items, place)
            case Add(_, terms):
                part = replace(place, lone=False)
                for term in terms:
                    self.read(term, part)
                    part = _beside(part, _opened(term))
            case Fence(opener, _, body):
                hidden = letters_of(body) if opener == "{" else _NONE
                self.read(body, replace(_beside(place, hidden), bare=False))
            case At(body, sub, sup):
                inner = _beside(place, letters_of(sub))
                self.read(body, inner)
                self._all((sub, sup), replace(inner, role=Role.LIMIT))
            case Sequence(items, signs) if not set(signs) <= {","}:
                shown = next(k for k, sign in enumerate(signs, 1) if sign != ",")
                self._all(items[:shown], place)
                self._all(items[shown:], replace(place, given=True))
            case Sequence(items) | Rel(items):
                self._all(items, place)
            case _:
                self._all(children(node), replace(place, lone=False))

    def _all(self, nodes: tuple[Node | None, ...], place: _Place) -> None:
        for node in nodes:
            if node is not None:
                self.read(node, place)

    def _big(self, node: Big, place: _Place) -> None:
        binder = read_binder(node)
        self.binders.append(binder)
        for limit in (node.sub, node.sup):
            if limit is not None:
                before = len(self.occurrences)
                self.read(limit, replace(place, role=Role.LIMIT, owner=node.op))
                self.occurrences[before:] = [o for o in self.occurrences[before:] if not binder.binds(o.symbol)]
        if node.body is not None:
            self.read(node.body, replace(place, binders=(*place.binders, binder)))

    def _script(self, node: Script, place: _Place) -> None:
        around = letters_of(node.sub) if isinstance(node.base, Fence) or isinstance(node.sub, Rel) else _NONE
        base = _beside(place, around)
        if isinstance(node.base, Sym) and (node.sub is not None or symbol_key(node) is not None):
            base = replace(base, role=Role.BASE, lone=False)
        self.read(node.base, base)
        mark = replace(place, owner=base_key(node.base) or "", lone=True)
        if node.sub is not None:
            self.read(node.sub, replace(mark, role=Role.INDEX))
        if node.sup is not None:
            role = Role.INDEX if isinstance(node.sup, Fence | Sequence) else Role.EXPONENT
            self.read(node.sup, replace(mark, role=role))

    def _juxtaposed(self, items: tuple[Node, ...], place: _Place) -> None:
        indices = place.role is Role.INDEX
        part = _in_list(items, place) if indices else replace(place, lone=False)
        before: Node | None = None
        for item in items:
            called = None if indices or not isinstance(item, Fence) else _called(before)
            argument = part if called is None else replace(part, role=Role.ARGUMENT, owner=called, lone=True)
            self.read(item, argument)
            part = _beside(part, _operator_letters(item))
            before = item


def _in_list(items: tuple[Node, ...], place: _Place) -> _Place:
    """`x_{ij}`, `x_{max}`, `x_{i \\pi(i)}`."""
    if any(isinstance(item, Fence) for item in items):
        return replace(place, lone=False)
    letters = {item.name for item in items if isinstance(item, Sym)}
    word = len(letters) == len(items) and not any(letters & b.letters for b in place.binders)
    return replace(place, word=word)


def _beside(place: _Place, letters: frozenset[str]) -> _Place:
    return replace(place, perhaps=place.perhaps | letters) if letters else place


def _called(node: Node | None) -> str | None:
    """The key of `f`, `f_n`, `\\log`, `\\frac{\\partial f}{\\partial t}` before a bracket; "" for one without a key."""
    match node:
        case Sym() | Name() | Script():
            return base_key(node) or ""
        case Frac(Juxt((Sym("\\partial" | "d"), function))):
            return base_key(function) or ""
    return None


def _operator_letters(item: Node) -> frozenset[str]:
    """What `\\mathbb{E}_{x \\sim p}`, `\\operatorname{Var}_x` or `\\Sigma_{i=1}^n` may bind in what follows."""
    match item:
        case Script(Name(), sub) | Script(_, Rel() as sub):
            return letters_of(sub)
        case Script(Sym(_, font), sub) if font:
            return letters_of(sub)
    return _NONE


def _opened(term: Node) -> frozenset[str]:
    """Letters bound by a big operator at the end of a term: its body may run on into the next term."""
    match term:
        case Big(_, sub, _, body):
            return letters_of(sub) | (_opened(body) if body is not None else _NONE)
        case Juxt(items):
            return _opened(items[-1])
    return _NONE

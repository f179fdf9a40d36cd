"""What the equation itself offers to its edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from derivcheck.context.facts import DefinitionFact, MeaningFact
from derivcheck.diagnose.composition import inner_values
from derivcheck.diagnose.leibniz import product_terms
from derivcheck.diagnose.missing import IDENTITIES
from derivcheck.diagnose.notation import transpose_mark
from derivcheck.diagnose.places import Part, is_operator, places
from derivcheck.diagnose.variant import Scene
from derivcheck.documents.model import Macro
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import letter, symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.known import Known

if TYPE_CHECKING:
    from derivcheck.judge.question import Question

_MAX_SYMBOLS = 12
_MAX_SIZES = 4
_MAX_FACTORS = 8
_MAX_NUMBERS = 4
_MAX_TERMS = 12
_LONGEST = 12  # nodes of a term
_NO_MACROS: Mapping[str, Macro] = {}
_NO_SYMBOLS = frozenset({"\\partial", "\\nabla", "d", "\\top", "\\intercal", "T", "\\infty"})


def scene_of(question: Question, text: str, macros: Mapping[str, Macro] = _NO_MACROS) -> Scene:
    """Symbols, subscript letters, factors and sums of both sides, in order of appearance."""
    transpose, mark = transpose_mark(question.nodes, text, question.known, macros)
    symbols: list[tree.Node] = []
    letters: list[tree.Sym] = []
    factors: list[tree.Node] = []
    sums: list[tree.Big] = []
    members: list[tree.Script] = []
    for root in question.nodes:
        for node in subtrees(root):
            match node:
                case tree.Big(op="sum" | "prod") if not any(
                    s.sub == node.sub and s.sup == node.sup for s in sums
                ):
                    sums.append(node)
                    letters += _bound(node)
                case tree.Script(base=tree.Sym() | tree.Accent(), sub=tree.Sym(), sup=None, primes=0) as member:
                    if member not in members and not is_operator(member):
                        members.append(member)
                case _:
                    pass
            if isinstance(node, tree.Script) and node.sub is not None and not is_operator(node):
                letters += [s for s in subtrees(node.sub) if isinstance(s, tree.Sym) and s not in letters]
        for place in places(root):
            node = place.node
            if (
                isinstance(node, tree.Sym | tree.Accent)
                and symbol_key(node) not in _NO_SYMBOLS
                and node not in symbols
            ):
                symbols.append(node)
            if (
                place.part is Part.FACTOR
                and isinstance(node, tree.Sym | tree.Script | tree.Fence)
                and node not in factors
            ):
                factors.append(node)
            if (
                place.part in (Part.FACTOR, Part.TERM, Part.WHOLE)
                and isinstance(node, tree.Sym)
                and node in symbols
                and node not in factors
            ):
                factors.append(node)
    return Scene(
        text,
        question.known,
        transpose,
        mark,
        tuple(symbols[:_MAX_SYMBOLS]),
        tuple(dict.fromkeys(letters))[:_MAX_SYMBOLS],
        tuple(factors[:_MAX_FACTORS]),
        tuple(sums),
        tuple(members[:_MAX_SYMBOLS]),
        any(_is_derivative(n) for root in question.nodes for n in subtrees(root)),
        tuple(dict.fromkeys(v for root in question.nodes for n in subtrees(root) for v in _variables(n))),
        _commutations(question),
        _sizes(question)[:_MAX_SIZES],
        _definitions(question.known),
        frozenset(_standing(question)),
        tuple(dict.fromkeys((*_terms(question), *symbols)))[:_MAX_TERMS],
        tuple(_constants(question)),
        product_terms(question.nodes, question.known),
        inner_values(question.nodes, question.known),
    )


def _terms(question: Question) -> Iterator[tree.Node]:
    """The terms of the sums, in order of appearance; numbers and long ones aside."""
    sums = (n for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Add))
    for term in (t for n in sums for t in n.terms):
        if not isinstance(term, tree.Num) and sum(1 for _ in subtrees(term)) <= _LONGEST:
            yield term


def _standing(question: Question) -> Iterator[tree.Node]:
    """x of A x, not that of x_i."""
    for place in (p for root in question.nodes for p in places(root)):
        if isinstance(place.node, tree.Sym | tree.Accent) and place.part is not Part.BASE:
            yield place.node
        elif isinstance(place.node, tree.Script) and place.node.sub is None:
            yield place.node.base


def _constants(question: Question) -> Iterator[tree.Node]:
    """1, the numbers of the equation, and the identity where the text writes one."""
    nodes = [n for root in question.nodes for n in subtrees(root)]
    numbers = dict.fromkeys(n.text for n in nodes if isinstance(n, tree.Num) and n.text.isdigit() and len(n.text) < 4)
    yield from (tree.Num(text) for text in islice({"1": None, **numbers}, _MAX_NUMBERS) if text != "0")
    used = next((k for k in sorted(IDENTITIES) if question.known.usage.of(k)), None)
    if used is not None and (identity := letter(used)) is not None:
        yield identity


def _is_derivative(node: tree.Node) -> bool:
    match node:
        case tree.Frac(num=num, den=den):
            return split_derivative(num, den) is not None
        case _:
            return node == tree.Sym("\\nabla")


def _commutations(question: Question) -> tuple[tree.Node, ...]:
    """K_ab for all sizes a, b of the symbols, where vec occurs and the text calls some K a commutation matrix."""
    known, nodes = question.known, [n for root in question.nodes for n in subtrees(root)]
    named = next((f.key for f in known.contexts.facts if isinstance(f, MeaningFact) and f.word == "commutation"), "")
    if not named or tree.Name("vec") not in nodes:
        return ()
    sizes = _sizes(question)[:_MAX_SIZES]
    font, _, letter = named.split("_")[0].rpartition(":")
    pairs = [(a, b) for a in sizes for b in sizes]
    subs = [tree.Sequence(p, (",",)) if "," in named else tree.Juxt(p) for p in pairs]
    return tuple(tree.Script(tree.Sym(letter, font), sub) for sub in subs)


def _sizes(question: Question) -> tuple[tree.Sym, ...]:
    """The letters of the sizes of the symbols, and of those that they are defined by."""
    known = question.known
    keys = dict.fromkeys(k for root in question.nodes for n in subtrees(root) if (k := symbol_key(n)) is not None)
    for key in tuple(keys):
        definition = known.definition(key)
        if definition is not None:
            keys.update(dict.fromkeys(k for n in subtrees(definition.right) if (k := symbol_key(n)) is not None))
    shapes = [found for k in keys if (found := known.shape(k)) is not None]
    letters = dict.fromkeys(d for s in shapes for d in (s.rows, s.cols) if d.isalpha())
    return tuple(map(tree.Sym, letters))


def _definitions(known: Known) -> tuple[tuple[tree.Node, tree.Node], ...]:
    """The last definitions of symbols before this place."""
    held = [f for f in known.contexts.facts if isinstance(f, DefinitionFact) and f.item <= known.at.item < f.scope.last]
    return tuple((f.left, f.right) for f in held if symbol_key(f.left) is not None)[-_MAX_SYMBOLS:]


def _variables(node: tree.Node) -> tuple[tree.Node, ...]:
    """The symbols by which a quotient differentiates."""
    match node:
        case tree.Frac(num=num, den=den) if split_derivative(num, den) is not None and isinstance(den, tree.Juxt):
            return tuple(n for n in den.items if isinstance(n, tree.Sym) and symbol_key(n) not in _NO_SYMBOLS)
        case _:
            return ()


def _bound(node: tree.Big) -> list[tree.Sym]:
    """The index of a sum."""
    match node.sub:
        case tree.Rel(items=(tree.Sym() as index, *_)):
            return [index]
        case tree.Sym() as index:
            return [index]
        case _:
            return []

"""Complex numbers: an equation of them is one of their real parts and one of their imaginary parts.

i stays a constant while a side is read, and so do conjugates. Where both sides are analytic in their complex symbols,
and no condition restricts these, nothing needs to be done: what holds for all real values holds for all complex ones,
by the identity theorem (Ahlfors, Complex Analysis, 4.3.2, one variable after another). Else both sides are written as
their parts (`parts.py`), with two real symbols for a complex one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings import parts
from derivcheck.readings.errors import Unread
from derivcheck.readings.numbers import number
from derivcheck.readings.parts import UNIT, Parts, Splitter
from derivcheck.terms.dim import Shape
from derivcheck.terms.term import (
    Apply,
    Block,
    Call,
    Condition,
    Constant,
    Derivative,
    Differential,
    Entry,
    Fold,
    Index,
    Number,
    Size,
    Substitute,
    Symbol,
    Term,
    Variable,
)
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_ITALIC = frozenset({"i", "j"})
_BARS = frozenset({"bar", "overline"})
_CONJUGATING = frozenset({"conjugate", "real_part", "imaginary_part"})
# analytic where they are defined
ANALYTIC = frozenset({
    "add", "negate", "scale", "divide", "elementwise_inverse", "elementwise_divide", "power", "power_elementwise",
    "sum_entries", "matmul", "hadamard", "kronecker", "kronecker_sum", "khatri_rao", "commutator", "transpose",
    "inverse", "adjugate", "cofactor", "trace", "det", "vec", "vech", "vec_rows", "unvec", "lower_triangle",
    "upper_triangle", "diag_matrix", "diag_vector", "block_diag", "identity", "zeros", "ones", "broadcast", "basis",
    "commutation", "duplication", "elimination", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh",
    "tanh", "coth", "sech", "csch", "matrix_exp", "matrix_sin", "matrix_cos", "matrix_sinh", "matrix_cosh",
    "factorial", "binomial", "kronecker_delta", "levi_civita",
})  # fmt: skip
_OPEN = frozenset({"invertible", "nonzero"})  # they hold nearly everywhere
_SHARED = frozenset({"diagonal", "upper", "lower"}) | _OPEN  # of X + iY when X and Y have them


def unit(e: Elaborator, key: str, node: tree.Node) -> Term:
    """i as √-1: an upright one, or one in a text on complex numbers that is no subscript here."""
    spoken_of = e.known.topics.complex_numbers or (key == "i" and e.known.topics.conjugates)
    if key in _ITALIC and (not spoken_of or key in e.chain.lower):
        raise Unread("unsupported operator", "the imaginary unit", node.start, node.end)
    e.imaginary = True
    return replace(UNIT, start=node.start, end=node.end)


def conjugate(e: Elaborator, term: Term, node: tree.Node) -> Term:
    """The conjugate of a term."""
    return Apply("conjugate", (term,), shape=term.shape, start=node.start, end=node.end)


def barred(e: Elaborator, node: tree.Accent) -> Term | None:
    """z̄ as the conjugate, where z is complex, or the text speaks of complex numbers and not of means."""
    key = symbol_key(node)
    if node.accent not in _BARS or (key is not None and e.known.declared(key)):
        return None
    topics, inner = e.known.topics, symbol_key(node.body)
    said = inner is not None and said_complex(e, inner)
    spoken_of = topics.complex_numbers or (inner is None and e.known.topics.conjugates)
    if not said and not spoken_of:
        return None
    term = e.read(node.body)
    return conjugate(e, term, node) if said or not topics.means or not _is_real(e, term, frozenset()) else None


def adjoint(e: Elaborator, transposed: Term, sign: str, node: tree.Node) -> Term:
    """What H, a dagger or a star makes of a transpose, in a text where matrices may be complex."""
    if not sign.endswith("H") and not e.known.topics.conjugates:
        return transposed
    symbols = [t.key for t in _closure(e, (transposed,)) if isinstance(t, Variable)]
    real = all(_is_number(e, k) or e.symbols[k].definition is not None for k in symbols)
    return transposed if symbols and real and _is_real(e, transposed, frozenset()) else conjugate(e, transposed, node)


def said_complex(e: Elaborator, key: str) -> bool:
    """Whether the text says so of the symbol, or of its family."""
    family = f"{key.partition('_')[0]}_·"
    said = any("complex" in known.properties(k) for known in (e.known, e.home) for k in (key, family))
    return said and not _is_number(e, key)


def _is_number(e: Elaborator, key: str) -> bool:
    """Positive, natural … and hence real."""
    return bool(e.known.properties(key) & {"positive", "nonnegative", "negative", "integer", "natural", "real"})


def of_sides(e: Elaborator, left: Term, right: Term) -> tuple[Term, Term]:
    """(Re; Im) of both sides, where that is another equation. Unread where it is and cannot be written."""
    met = list(_closure(e, (left, right)))
    inner = (v for t in met if _conjugates(t) for v in subterms(t))
    steps = {t.variable for t in met if isinstance(t, Derivative)}
    conjugated = {v.key for v in inner if isinstance(v, Variable) and v not in steps}
    complex_ = frozenset(t.key for t in met if isinstance(t, Variable) and said_complex(e, t.key))
    unsaid = {k for k in conjugated if e.symbols[k].definition is None and not _is_number(e, k)}
    supposed = (frozenset(unsaid) | _of_complex_matrices(e, met)) - complex_
    e.complex_symbols = complex_ | supposed
    if supposed:
        e.weakened = e.weakened or f"{min(supposed)} may be real"
    if not e.imaginary and (not e.complex_symbols or (not conjugated and _is_analytic(e, met))):
        return left, right
    e.imaginary = True
    return of_side(e, left), of_side(e, right)


def _of_complex_matrices(e: Elaborator, met: Iterable[Term]) -> frozenset[str]:
    """Hermitian and unitary matrices, in a text that has complex numbers."""
    if not e.known.topics.complex_values:
        return frozenset()
    named = {t.key for t in met if isinstance(t, Variable)}
    return frozenset(k for k in named if (e.known.properties(k) & {"hermitian", "unitary"}) and e.symbols[k].properties)


def of_side(e: Elaborator, side: Term) -> Term:
    """(Re; Im) of a side, where the equation is written so."""
    if not e.imaginary:
        return side
    splitter = Splitter(e, lambda t: _is_real(e, t, e.complex_symbols), lambda v: _of_symbol(e, v))
    side = splitter.resolved(side)
    return parts.stacked(side, splitter.parts(side))


def restricts(e: Elaborator, condition: Condition) -> bool:
    """Whether a condition speaks of symbols that are written as two. Of equations that is asked before they are read:
    real values, ±1 for |z| = 1, would not stand for all."""
    return e.imaginary and not _is_real(e, condition, e.complex_symbols)


def _conjugates(term: Term) -> bool:
    return isinstance(term, Apply) and term.operator in _CONJUGATING


def _closure(e: Elaborator, terms: Iterable[Term]) -> Iterator[Term]:
    """All subterms, through the definitions of symbols."""
    stack, seen = list(terms), set[str]()
    while stack:
        for t in subterms(stack.pop()):
            yield t
            if isinstance(t, Variable) and t.key not in seen:
                seen.add(t.key)
                definition = e.symbols[t.key].definition if t.key in e.symbols else None
                if definition is not None:
                    stack.append(definition)


def _is_analytic(e: Elaborator, met: Iterable[Term]) -> bool:
    """Whether the identity theorem applies: analytic operators, and complex symbols that nothing restricts."""
    for t in met:
        match t:
            case Variable(key=key) if key in e.complex_symbols and e.symbols[key].properties - _OPEN:
                return False
            case Apply(operator=operator) if operator not in ANALYTIC:
                return False
            case Fold(kind=kind) if kind not in ("sum", "product"):
                return False
            case Number() | Constant() | Size() | Index() | Variable() | Apply() | Call() | Entry() | Fold() | Block():
                continue
            case Derivative() | Differential() | Substitute() | Condition():
                continue
            case _:
                return False
    return True


def _is_real(e: Elaborator, term: Term, complex_: frozenset[str]) -> bool:
    return not any(t == UNIT or (isinstance(t, Variable) and t.key in complex_) for t in _closure(e, (term,)))


def _of_symbol(e: Elaborator, variable: Variable) -> Parts | None:
    """X and Y of a complex symbol X + iY; None where a definition tells them."""
    symbol = e.symbols[variable.key]
    if variable.key not in e.complex_symbols or symbol.definition is not None:
        return None
    names = f"Re({variable.key})", f"Im({variable.key})"
    if names[0] not in e.symbols:
        for name, new in zip(names, _two(e, symbol, names), strict=True):
            e.symbols[name] = new
    return Parts(*(replace(variable, key=name) for name in names))


def _two(e: Elaborator, symbol: Symbol, names: tuple[str, str]) -> tuple[Symbol, Symbol]:
    """X and Y. Hermitian: X symmetric and Y skew. Unitary: (I - K)(I + K)⁻¹ of a skew-Hermitian K (Cayley). A positive
    definite one is B^H B. A unit vector is divided by its length."""
    said = e.known.properties(symbol.key)
    latex = f"\\operatorname{{Re}} {symbol.latex}", f"\\operatorname{{Im}} {symbol.latex}"
    restricted = symbol.properties - _SHARED
    plain = frozenset(symbol.properties & _SHARED)

    def free(real: frozenset[str] = plain, unreal: frozenset[str] = plain) -> tuple[Symbol, Symbol]:
        pair = zip(names, (real, unreal), latex, strict=True)
        one, other = (replace(symbol, key=k, properties=p, latex=t) for k, p, t in pair)
        return one, other

    def defined(by: Parts) -> tuple[Symbol, Symbol]:
        values = zip(names, (by.real, by.imaginary), latex, strict=True)
        like = Variable(symbol.key, shape=symbol.shape)
        one, other = (Symbol(k, symbol.shape, definition=parts.whole(v, like), latex=t) for k, v, t in values)
        return one, other

    if symbol.depends and restricted:
        raise _unsplit(symbol)
    match sorted(restricted):
        case []:
            return free()
        case ["symmetric"] if "hermitian" in said:
            return free(plain | {"symmetric"}, plain | {"skew"})
        case ["orthogonal"] if "unitary" in said:
            skew = _fresh(e, symbol, "K", frozenset({"skew"}), frozenset({"symmetric"}))
            return defined(_cayley(skew, symbol.shape))
        case ["psd" | "spd"]:
            return defined(_gram(_fresh(e, symbol, "B", frozenset(), frozenset()), symbol.shape))
        case ["unit"]:
            return defined(_normed(_fresh(e, symbol, "V", frozenset(), frozenset()), symbol.shape))
        case _:
            raise _unsplit(symbol)


def _unsplit(symbol: Symbol) -> Unread:
    said = ", ".join(sorted(symbol.properties))
    return Unread("unsupported operator", f"a complex {symbol.latex or symbol.key} that is {said}", 0, 0)


def _fresh(e: Elaborator, symbol: Symbol, letter: str, real: frozenset[str], unreal: frozenset[str]) -> Parts:
    """A complex matrix of the same shape of which only this is known."""
    found = []
    for name, properties in (("Re", real), ("Im", unreal)):
        key = f"{name}({letter}@{symbol.key})"
        e.symbols[key] = Symbol(key, symbol.shape, properties)
        found.append(Variable(key, shape=symbol.shape))
    return Parts(*found)


def _cayley(skew: Parts, shape: Shape) -> Parts:
    doubled = parts.embedding(skew, shape)
    size = doubled.shape[0]
    one = Apply("identity", (), dims=(size,), shape=doubled.shape)
    below = Apply("inverse", (Apply("add", (one, doubled), shape=doubled.shape),), shape=doubled.shape)
    above = Apply("add", (one, Apply("negate", (doubled,), shape=doubled.shape)), shape=doubled.shape)
    return parts.upper_and_lower(Apply("matmul", (above, below), shape=doubled.shape), shape)


def _gram(factor: Parts, shape: Shape) -> Parts:
    turned = Parts(*(Apply("transpose", (p,), shape=shape) for p in (factor.real, factor.imaginary) if p is not None))
    return parts.product(Apply("matmul", (), shape=shape), parts.conjugate(turned), factor)


def _normed(vector: Parts, shape: Shape) -> Parts:
    like = Variable("", shape=shape)
    length = Apply("norm2", (parts.stacked(like, vector),))
    inverse = Apply("divide", (number(1), length))
    return Parts(*(Apply("scale", (inverse, p), shape=shape) for p in (vector.real, vector.imaginary) if p is not None))


__all__ = ["ANALYTIC", "UNIT", "adjoint", "barred", "conjugate", "of_side", "of_sides", "restricts", "unit"]

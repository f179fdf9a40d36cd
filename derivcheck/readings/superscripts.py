"""What a superscript means: a transpose, a power, part of a name."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.transposes import TRANSPOSE_SIGNS, TRANSPOSES
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import plain

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


class Superscript(Enum):
    NONE = "none"
    TRANSPOSE = "transpose"
    INVERSE_TRANSPOSE = "inverse transpose"
    PSEUDO_INVERSE = "pseudo-inverse"
    HAT = "hat"
    VEE = "vee"
    POWER = "power"
    NAME = "name"
    COUNTER = "which of several vectors"
    INDEX = "an upper index"


_HATS = frozenset({"\\wedge", "\\land", "\\times"})  # a^∧ and a^× are the skew-symmetric matrix of a
_LABELS = frozenset({"\\#", "#", "\\sharp", "\\flat", "\\natural", "\\diamond", "\\bullet", "\\circledast"})
_VEES = frozenset({"\\vee", "\\lor"})
_EULER = frozenset({"e", "rm:e"})
_ADJOINT_SIGNS = frozenset({"\\ast", "*", "\\star", "rm:H", "sf:H", "H", "\\dagger", "\\dag"})


def adjoint_sign(sup: tree.Node) -> str | None:
    """The star, H or dagger of A^*, A^{-H}; "*" where it is an infix without operands."""
    match sup:
        case tree.Add(signs=("-",), terms=(term,)):
            return adjoint_sign(term)
        case tree.Infix() | tree.Add() if _is_sign(sup):
            return "*"
        case _:
            key = plain(symbol_key(sup) or "")
            return key if key in _ADJOINT_SIGNS else None


def superscript_role(e: Elaborator, node: tree.Script) -> Superscript:
    """What the superscript of this node means here."""
    sup = node.sup
    if sup is None:
        return Superscript.NONE
    key = symbol_key(sup)
    if key is not None and plain(key).startswith("\\"):
        key = plain(key)  # the sign inside a bold group: \mathbf{A^\top}
    if key in TRANSPOSE_SIGNS and not (key is not None and e.known.shape(key) is not None):
        return Superscript.TRANSPOSE
    if key in _HATS or key in _VEES:
        return Superscript.HAT if key in _HATS else Superscript.VEE
    if key == "\\prime" or key == "'":
        return Superscript.TRANSPOSE if e.known.has(Convention.PRIME_TRANSPOSE) else Superscript.NAME
    if key == "t" and key in e.bound:
        return Superscript.POWER
    if key == "T":
        return Superscript.POWER if _is_number(e, "T") and not _nonscalar(e, node.base) else Superscript.TRANSPOSE
    if key == "t":
        if e.known.has(Convention.T_TRANSPOSE):
            return Superscript.TRANSPOSE
        return Superscript.TRANSPOSE if _nonscalar(e, node.base) and not _is_number(e, "t") else Superscript.POWER
    if key in _ADJOINT_SIGNS or (isinstance(sup, tree.Infix | tree.Add) and key is None and _is_sign(sup)):
        return _adjoint(e, node, key or "")
    if key == "+" or (key is None and _is_plus(sup)):
        return _plus(e, node)
    if isinstance(sup, tree.Fence):
        return Superscript.NAME if sup.open == "(" else Superscript.POWER
    if isinstance(sup, tree.Num) and len(sup.text) == 2 and set(sup.text) <= set("123") and is_capital(node.base):
        return Superscript.NAME
    if _is_inverse_transpose(sup):
        plain_letter = isinstance(sup, tree.Add) and symbol_key(sup.terms[0]) in ("t", "T", "*", "H")
        if plain_letter and not _nonscalar(e, node.base):
            return Superscript.POWER
        return Superscript.INVERSE_TRANSPOSE
    if isinstance(sup, tree.Words | tree.Name) or key in _LABELS or key == "-":  # P_t^- before a measurement
        return Superscript.NAME
    whole = symbol_key(node)
    if whole is not None and "^" in whole and e.known.declared(whole):
        return Superscript.NAME
    if symbol_key(node.base) in _EULER:
        return Superscript.POWER
    if isinstance(sup, tree.Sym) and sup.font == "rm" and whole is not None and not e.known.declared(key or ""):
        return Superscript.NAME
    if e.known.has(Convention.EINSTEIN) and _is_upper_index(e, sup):
        return Superscript.INDEX
    if _names_vectors(e, sup):
        return Superscript.NAME
    if _is_counter(sup) and isinstance(node.base, tree.Sym | tree.Accent) and kind_of(e, node.base) == "vector":
        return Superscript.COUNTER
    return Superscript.POWER


def _is_upper_index(e: Elaborator, sup: tree.Node) -> bool:
    """The i of v^i w_i, of Γ^i_{jk}: a letter that stands below as well, where repeated indices are summed."""
    letters = sup.items if isinstance(sup, tree.Juxt) else (sup,)
    keys = [symbol_key(n) for n in letters if isinstance(n, tree.Sym)]
    return len(keys) == len(letters) and all(
        key in e.chain.lower and key not in e.bound and not e.known.is_dimension(key) for key in keys if key is not None
    )


def _names_vectors(e: Elaborator, sup: tree.Node) -> bool:
    """Q^{xx}, Q^{xu}: letters of vectors tell blocks apart; no exponent is a vector but that of e."""
    items = sup.items if isinstance(sup, tree.Juxt) else (sup,)
    return all(isinstance(i, tree.Sym) and _is_vector_letter(e, symbol_key(i) or "") for i in items)


def _is_vector_letter(e: Elaborator, key: str) -> bool:
    shape = e.known.shape(key) or e.known.shape(f"{key}_·")
    if shape is not None:
        return shape.kind in ("vector", "column", "row")
    return bool(e.known.usage.of(key) & {"vector", "indexed nonscalar"}) and key not in e.bound


def _is_counter(sup: tree.Node) -> bool:
    """k, k+1, n-1: over a vector, it counts the steps of an iteration."""
    match sup:
        case tree.Sym(name="i" | "j" | "k" | "l" | "m" | "n" | "t" | "s", font="" | "it"):
            return True
        case tree.Add(terms=(tree.Sym() as letter, tree.Num()), leading=False):
            return _is_counter(letter)
        case _:
            return False


def is_capital(node: tree.Node) -> bool:
    return isinstance(node, tree.Sym) and (
        node.name[:1].isupper() or (node.name[:1] == "\\" and node.name[1:2].isupper())
    )


def _adjoint(e: Elaborator, node: tree.Script, sign: str) -> Superscript:
    """A star, H or dagger: the adjoint of what is a matrix, else part of a name."""
    whole = symbol_key(node)
    if whole is not None and (e.known.declared(whole) or e.choice.ignore_marks):
        return Superscript.NAME
    if not sign.startswith("\\dag") and _said_complex(e, node.base):
        return Superscript.TRANSPOSE
    if sign.endswith("H"):
        return Superscript.POWER if _is_exponent(e, node.base, sign) else Superscript.TRANSPOSE
    if sign.startswith("\\dag"):
        adjoint = e.known.has(Convention.STAR_ADJOINT) or e.known.topics.adjoints or e.choice.dagger_adjoint
        return Superscript.TRANSPOSE if adjoint else Superscript.PSEUDO_INVERSE
    if e.known.has(Convention.STAR_ADJOINT):
        return Superscript.TRANSPOSE
    return Superscript.TRANSPOSE if kind_of(e, node.base) == "matrix" else Superscript.NAME


def _is_exponent(e: Elaborator, base: tree.Node, letter: str) -> bool:
    """Whether a letter that also marks adjoints is an exponent: of e, or a number over a number."""
    if not e.known.declared(letter):
        return False
    return symbol_key(base) in _EULER or (_is_number(e, letter) and not _nonscalar(e, base))


def _said_complex(e: Elaborator, base: tree.Node) -> bool:
    """z of z^*, a complex number or vector that is declared to be one."""
    key = symbol_key(base)
    return key is not None and "complex" in e.known.properties(key)


def _plus(e: Elaborator, node: tree.Script) -> Superscript:
    whole = symbol_key(node)
    if whole is not None and e.known.declared(whole) and e.known.definition(whole) is not None:
        return Superscript.NAME
    kind = kind_of(e, node.base)
    unread = not kind and isinstance(node.base, tree.Fence)  # no name is a bracket: let it tell what is wrong with it
    return Superscript.PSEUDO_INVERSE if kind == "matrix" or unread else Superscript.NAME


def _nonscalar(e: Elaborator, base: tree.Node) -> bool:
    """Whether the base plainly is a vector or a matrix."""
    return kind_of(e, base) in ("vector", "matrix")


def kind_of(e: Elaborator, base: tree.Node) -> str:
    """scalar, vector, matrix, or "" when the base has no reading. Remembered: marks nest, and each asks twice."""
    known = e.kinds_read.get(id(base))
    if known is not None:
        return known
    mark, symbols_before = e.unifier.mark(), dict(e.symbols)
    try:
        term = e.read(base)
        kind = "scalar" if e.is_scalar(term) else "vector" if e.is_column(term) else "matrix"
    except (Unread, Clash):  # no evidence
        kind = ""
    finally:
        e.unifier.reset(mark)
        e.symbols = symbols_before
    e.kinds_read[id(base)] = kind
    return kind


def _is_number(e: Elaborator, key: str) -> bool:
    shape = e.known.shape(key)
    numeric = bool(e.known.properties(key) & {"natural", "integer", "positive", "negative", "nonnegative"})
    return numeric or e.known.is_dimension(key) or (shape is not None and shape.kind == "scalar") or key in e.bound


def _is_plus(sup: tree.Node) -> bool:
    match sup:
        case tree.Add(signs=("+",), terms=(tree.Empty(),)) | tree.Sym(name="+") | tree.Opaque(source="+"):
            return True
        case _:
            return False


def _is_sign(sup: tree.Node) -> bool:
    match sup:
        case tree.Infix(left=tree.Empty(), right=tree.Empty()):
            return True
        case _:
            return False


def _is_inverse_transpose(sup: tree.Node) -> bool:
    """-T, -\\top, -1 T."""
    match sup:
        case tree.Add(signs=("-",), terms=(term,)):
            key = symbol_key(term)
            return key in TRANSPOSES or key in ("\\ast", "*", "H")
        case _:
            return False

"""Sub- and superscripts: indices or names, powers or transposes."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.keys import label, symbol_key
from derivcheck.notation.transposes import TRANSPOSE_SIGNS, TRANSPOSES
from derivcheck.readings import entries, families, indices, marks, numbers, symbols
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import plain
from derivcheck.terms.dim import ONE, Dim
from derivcheck.terms.term import Apply, Constant, Number, Substitute, Term, Variable
from derivcheck.terms.walk import subterms

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


_HATS = frozenset({"\\wedge", "\\land", "\\times"})  # a^∧ and a^× are the skew-symmetric matrix of a
_VEES = frozenset({"\\vee", "\\lor"})
_ADJOINT_SIGNS = frozenset({"\\ast", "*", "\\star", "rm:H", "sf:H", "H", "\\dagger", "\\dag"})


def script(e: Elaborator, node: tree.Script) -> Term:
    """base_sub^sup."""
    if isinstance(node.base, tree.Sym) and node.base.name == "\\nabla":
        raise Unread("unparsed", "∇ stands alone", node.start, node.end)
    if node.sup is not None and node.sub is None and symbol_key(node.sup) == "\\circ":
        return _degrees(e, node)
    if _is_difference(node):
        return _difference(e, node)
    role = superscript_role(e, node)
    if role is Superscript.COUNTER:
        assert node.sup is not None
        step = tree.Fence("(", ")", node.sup, start=node.sup.start, end=node.sup.end)
        node, role = replace(node, sup=step), Superscript.NAME
    if role is Superscript.NAME:
        member = families.labelled(e, node)
        if member is not None:
            return member
        key = symbol_key(node) or _marked_key(node)
        if key is None:
            raise Unread("unsupported operator", "superscript", node.start, node.end)
        if isinstance(node.base, tree.Fence | tree.Juxt):
            raise Unread("unsupported operator", "superscript", node.start, node.end)
        return symbols.variable(e, key, node)
    if isinstance(node.base, tree.Name) and role is Superscript.POWER and node.sub is None:
        raise Unread("unsupported operator", node.base.text, node.start, node.end)
    items = entries.index_items(node.sub) if node.sub is not None else None
    blocks = items is not None and all(_names_block(e, i) for i in items)  # A_{12} may be a block
    if items is not None and len(items) == 2 and not blocks and node.sup is not None and _acts_on_the_whole(node, role):
        if isinstance(node.base, tree.Sym) and _kind(e, node.base) == "matrix":
            whole = raised(e, e.read(node.base), node.sup, role, node)  # Aᵀ_ij is the entry of Aᵀ
            return entries.at(e, whole, items, node)
    core = _core(e, node, role)
    if role is Superscript.TRANSPOSE and _is_tuple(node.base) and e.is_column(core):
        return core  # (x_1, …, x_n)ᵀ is the column that (x_1, …, x_n) also denotes
    if role is Superscript.NONE or node.sup is None:
        return core
    return raised(e, core, node.sup, role, node)


def _marked_key(node: tree.Script) -> str | None:
    """The key of a symbol whose superscript is a label that keys do not hold by themselves."""
    core = symbol_key(tree.Script(node.base, node.sub, None, node.primes) if node.sub or node.primes else node.base)
    return None if core is None or node.sup is None else f"{core}^{{{label(node.sup)}}}"


def _names_block(e: Elaborator, item: tree.Node) -> bool:
    return isinstance(item, tree.Num) or (isinstance(item, tree.Sym) and item.name in e.known.usage.labels)


def _degrees(e: Elaborator, node: tree.Script) -> Term:
    """30° = 30 π/180."""
    angle = e.read(node.base)
    if not e.is_scalar(angle):
        raise Unread("unsupported operator", "superscript", node.start, node.end)
    degree = Apply("divide", (Constant("pi"), numbers.number(180)))
    return Apply("scale", (angle, degree), start=node.start, end=node.end)


def _acts_on_the_whole(node: tree.Script, role: Superscript) -> bool:
    """Whether a mark on an indexed capital belongs to the matrix: a transpose of one entry says nothing."""
    if role in (Superscript.TRANSPOSE, Superscript.INVERSE_TRANSPOSE, Superscript.PSEUDO_INVERSE):
        return True
    inverse = tree.Add(("-",), (tree.Num("1"),), True)
    return role is Superscript.POWER and node.sup == inverse and _is_capital(node.base)


def _is_tuple(node: tree.Node) -> bool:
    return isinstance(node, tree.Fence) and node.open == "(" and isinstance(node.body, tree.Sequence)


def _is_difference(node: tree.Script) -> bool:
    """`[F(x)]_a^b`: the bracket of a primitive between limits."""
    if (
        not isinstance(node.base, tree.Fence)
        or node.base.open not in ("[", ".")
        or node.sub is None
        or node.sup is None
    ):
        return False
    limits = (node.sub, node.sup)
    if _limits_of(node.sub, node.sup) is not None:
        return True
    return any(isinstance(s, tree.Num) for s in limits) and not any(symbol_key(s) in TRANSPOSE_SIGNS for s in limits)


def _limits_of(low: tree.Node, high: tree.Node) -> str | None:
    """x of the limits x_1, x_2."""
    match low, high:
        case tree.Script(base=base, sup=None, primes=0), tree.Script(base=other, sup=None, primes=0) if base == other:
            return symbol_key(base)
        case _:
            return None


def _difference(e: Elaborator, node: tree.Script) -> Term:
    """F(b) − F(a) in the only scalar symbol of F."""
    assert isinstance(node.base, tree.Fence) and node.sub is not None and node.sup is not None
    body = e.read(node.base.body)
    names = {t.key for t in subterms(body) if isinstance(t, Variable) and not t.indices and e.is_scalar(t)}
    said = _limits_of(node.sub, node.sup)
    if said not in names and len(names) != 1:
        raise Unread("unsupported operator", "a difference of values", node.start, node.end)
    name = said if said in names else next(iter(names))
    ends = [Substitute(body, name, e.read(limit), shape=body.shape) for limit in (node.sup, node.sub)]
    return e.add([ends[0], e.apply("negate", (ends[1],), node)], node)


def raised(e: Elaborator, core: Term, sup: tree.Node, role: Superscript, node: tree.Node) -> Term:
    """Apply a superscript to a term."""
    match role:
        case Superscript.TRANSPOSE if e.choice.star_adjugate and symbol_key(sup) in ("*", "\\ast", "\\star"):
            return e.apply("adjugate", (core,), node)
        case Superscript.TRANSPOSE if isinstance(core, Number):
            return core
        case Superscript.TRANSPOSE:
            return e.apply("transpose", (core,), node)
        case Superscript.INVERSE_TRANSPOSE:
            return e.apply("transpose", (e.apply("inverse", (core,), node),), node)
        case Superscript.PSEUDO_INVERSE:
            return e.apply("pseudo_inverse", (core,), node)
        case Superscript.HAT:
            return e.apply("skew_matrix", (core,), node)
        case Superscript.VEE:
            return e.apply("vee", (core,), node)
        case _:
            return numbers.power(e, core, e.read(sup), node)


def _core(e: Elaborator, node: tree.Script, role: Superscript) -> Term:
    if node.primes:
        primes = tree.Script(node.base, node.sub, None, node.primes, start=node.start, end=node.end)
        if e.known.has(Convention.PRIME_TRANSPOSE) and node.primes == 1 and symbol_key(primes) not in e.symbols:
            base = e.read(tree.Script(node.base, node.sub, start=node.start, end=node.end) if node.sub else node.base)
            return e.apply("transpose", (base,), node)
        return marks.primed(e, primes)
    if node.sub is None:
        if isinstance(node.base, tree.Empty):
            raise Unread("unsupported operator", "a superscript on the left", node.start, node.end)
        return e.read(node.base)
    if symbol_key(node.sub) == "\\times":
        return e.apply("skew_matrix", (e.read(_unfloored(node.base)),), node)
    return indices.subscripted(e, node.base, node.sub, node)


def _unfloored(node: tree.Node) -> tree.Node:
    """a of ⌊a⌋, in ⌊a⌋ₓ a mere bracket."""
    return node.body if isinstance(node, tree.Fence) and node.open == "\\lfloor" else node


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
    if isinstance(sup, tree.Num) and len(sup.text) == 2 and set(sup.text) <= set("123") and _is_capital(node.base):
        return Superscript.NAME
    if _is_inverse_transpose(sup):
        plain_letter = isinstance(sup, tree.Add) and symbol_key(sup.terms[0]) in ("t", "T", "*", "H")
        if plain_letter and not _nonscalar(e, node.base):
            return Superscript.POWER
        return Superscript.INVERSE_TRANSPOSE
    if isinstance(sup, tree.Words | tree.Name):
        return Superscript.NAME
    whole = symbol_key(node)
    if whole is not None and "^" in whole and e.known.declared(whole):
        return Superscript.NAME
    if symbol_key(node.base) in ("e", "rm:e"):
        return Superscript.POWER
    if _names_vectors(e, sup):
        return Superscript.NAME
    if _is_counter(sup) and isinstance(node.base, tree.Sym | tree.Accent) and _column_like(e, node.base):
        return Superscript.COUNTER
    return Superscript.POWER


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


def _is_capital(node: tree.Node) -> bool:
    return isinstance(node, tree.Sym) and (
        node.name[:1].isupper() or (node.name[:1] == "\\" and node.name[1:2].isupper())
    )


def _adjoint(e: Elaborator, node: tree.Script, sign: str) -> Superscript:
    """A star, H or dagger: the adjoint of what is a matrix, else part of a name."""
    whole = symbol_key(node)
    if whole is not None and (e.known.declared(whole) or e.choice.ignore_marks):
        return Superscript.NAME
    if sign.endswith("H"):
        return Superscript.POWER if e.known.declared(sign) else Superscript.TRANSPOSE
    if sign.startswith("\\dag"):
        return Superscript.TRANSPOSE if e.known.has(Convention.STAR_ADJOINT) else Superscript.PSEUDO_INVERSE
    if e.known.has(Convention.STAR_ADJOINT):
        return Superscript.TRANSPOSE
    return Superscript.TRANSPOSE if _nonscalar(e, node.base) and not _column_like(e, node.base) else Superscript.NAME


def _plus(e: Elaborator, node: tree.Script) -> Superscript:
    whole = symbol_key(node)
    if whole is not None and e.known.declared(whole) and e.known.definition(whole) is not None:
        return Superscript.NAME
    return (
        Superscript.PSEUDO_INVERSE if _nonscalar(e, node.base) and not _column_like(e, node.base) else Superscript.NAME
    )


def _nonscalar(e: Elaborator, base: tree.Node) -> bool:
    """Whether the base plainly is a vector or a matrix."""
    return _kind(e, base) in ("vector", "matrix")


def _column_like(e: Elaborator, base: tree.Node) -> bool:
    return _kind(e, base) == "vector"


def _kind(e: Elaborator, base: tree.Node) -> str:
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


def size_of(node: tree.Node) -> Dim | None:
    """A subscript read as a size: `n`, `nq` (a product), `n^2`, `m+n`, `3`."""
    match node:
        case tree.Num(text=text):
            return Dim.of(int(text)) if text.isdigit() and len(text) < 6 else None
        case tree.Juxt(items=items):
            total = ONE
            for item in items:
                part = size_of(item)
                if part is None:
                    return None
                total = total * part
            return total
        case tree.Infix(op="\\cdot" | "\\times" | "*", left=left, right=right):
            a, b = size_of(left), size_of(right)
            return a * b if a is not None and b is not None else None
        case tree.Script(base=base, sub=None, sup=tree.Num(text=text), primes=0) if text in ("2", "3", "4"):
            part = size_of(base)
            if part is None:
                return None
            total = part
            for _ in range(int(text) - 1):
                total = total * part
            return total
        case tree.Add(signs=signs, terms=terms) if all(s in "+-" for s in signs):
            total = Dim.of(0)
            for s, t in zip(signs, terms, strict=True):
                part = size_of(t)
                if part is None:
                    return None
                total = total + (part if s == "+" else -part)
            return total
        case tree.Fence(open="(", body=body):
            return size_of(body)
        case tree.Sym() | tree.Script() | tree.Accent():
            key = symbol_key(node)
            return Dim.of(key) if key is not None else None
        case _:
            return None

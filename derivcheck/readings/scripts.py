"""Sub- and superscripts: indices or names, powers or transposes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.keys import label, symbol_key
from derivcheck.notation.transposes import TRANSPOSE_SIGNS
from derivcheck.readings import entries, families, imaginary, indices, marks, numbers, symbols
from derivcheck.readings.errors import Unread
from derivcheck.readings.sized import is_sized
from derivcheck.readings.superscripts import Superscript, adjoint_sign, is_capital, kind_of, superscript_role
from derivcheck.terms.term import Apply, Constant, Number, Substitute, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def script(e: Elaborator, node: tree.Script) -> Term:
    """base_sub^sup."""
    if isinstance(node.base, tree.Sym) and node.base.name == "\\nabla":
        raise Unread("unparsed", "∇ stands alone", node.start, node.end)
    if node.sup is not None and node.sub is None and symbol_key(node.sup) == "\\circ":
        return _degrees(e, node)
    if _is_difference(node):
        return _difference(e, node)
    role = superscript_role(e, node)
    if role is Superscript.INDEX:
        raise Unread("unsupported operator", "an upper index", node.start, node.end)
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
    blocks = blocks or _is_declared(e, node)
    if items is not None and len(items) == 2 and not blocks and node.sup is not None and _acts_on_the_whole(node, role):
        if isinstance(node.base, tree.Sym) and kind_of(e, node.base) == "matrix" and not is_sized(e, node):
            whole = raised(e, indices.whole(e, node.base), node.sup, role, node)  # Aᵀ_ij is the entry of Aᵀ
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


def _is_declared(e: Elaborator, node: tree.Script) -> bool:
    """Whether the symbol with this subscript is one of its own: S_{xx} of S_{xx}⁻¹."""
    key = symbol_key(tree.Script(node.base, node.sub))
    return key is not None and (e.known.shape(key) is not None or e.known.definition(key) is not None)


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
    return role is Superscript.POWER and node.sup == inverse and is_capital(node.base)


def _is_tuple(node: tree.Node) -> bool:
    return isinstance(node, tree.Fence) and node.open == "(" and isinstance(node.body, tree.Sequence)


def _is_difference(node: tree.Script) -> bool:
    """`[F(x)]_a^b`: the bracket of a primitive between limits."""
    if (
        not isinstance(node.base, tree.Fence)
        or node.base.open not in ("[", ".")
        or node.sub is None
        or node.sup is None
        or symbol_key(node.sub) == "\\times"
    ):
        return False
    if symbol_key(node.sub) == "\\times" or len(entries.index_items(node.sub) or ()) > 1:
        return False  # the square of [a]ₓ, of [A]_ij
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
            if _made_a_number(e, core, node):
                raise Unread("shape", "the transpose of a number", node.start, node.end)
            return _adjoint(e, e.apply("transpose", (core,), node), sup, node)
        case Superscript.INVERSE_TRANSPOSE:
            inverse = e.apply("inverse", (core,), node)
            return _adjoint(e, e.apply("transpose", (inverse,), node), sup, node)
        case Superscript.PSEUDO_INVERSE:
            return e.apply("pseudo_inverse", (core,), node)
        case Superscript.HAT:
            return e.apply("skew_matrix", (core,), node)
        case Superscript.VEE:
            return e.apply("vee", (core,), node)
        case _:
            from derivcheck.readings.folds import contract

            return numbers.power(e, contract(e, core, [core]), e.read(sup), node)  # ε_kk² is (ε_kk)²


def _adjoint(e: Elaborator, transposed: Term, sup: tree.Node, node: tree.Node) -> Term:
    """Aᵀ, or A^H as its conjugate."""
    sign = adjoint_sign(sup)
    return transposed if sign is None else imaginary.adjoint(e, transposed, sign, node)


def _made_a_number(e: Elaborator, core: Term, node: tree.Node) -> bool:
    """Whether a symbol is a number only by a choice that takes symbols for less than they look: what is transposed
    is none. "y_k = g_{k+1} - g_k" with numbers g_k makes y_k y_k^T one."""
    if not isinstance(node, tree.Script) or not isinstance(node.base, tree.Sym) or not e.is_scalar(core):
        return False
    value = e.symbols[core.key].definition if isinstance(core, Variable) and core.key in e.symbols else None
    keys = {t.key for t in subterms(value or core) if isinstance(t, Variable)}
    if e.choice.scalar_identity and not any(e.known.declared(key) for key in keys):
        return True
    if value is None and len(keys) < 2:
        return False
    return any("scalar" in (e.choice.kind(key), e.choice.kind(f"{key}_·")) for key in keys)


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

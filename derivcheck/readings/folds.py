"""Sums and products over an index, explicit or by the summation convention; limits and integrals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.contraction import index_letters
from derivcheck.notation.derivatives import is_d
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.readings import antiderivatives, limits, numbers, power_series
from derivcheck.readings.entries import index_term
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.sizes import size_of
from derivcheck.readings.summed import bound_letters
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Condition, Fold, Index, Integral, Number, Size, Symbol, Term, Variable
from derivcheck.terms.walk import children, subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

RELATIONS = {
    "=": "=", "\\ne": "!=", "\\neq": "!=", "\\not=": "!=", "<": "<", ">": ">", "\\le": "<=", "\\leq": "<=",
    "\\leqslant": "<=", "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=",
}  # fmt: skip


_KINDS = {"sum": "sum", "prod": "product", "max": "max", "min": "min"}
_EXTREMES = frozenset({"max", "min"})
_AT_MOST = frozenset({"\\le", "\\leq", "\\leqslant"})


def big(e: Elaborator, node: tree.Big) -> Term:
    """Σ, Π, max and min over an index, ∫, limits; other big operators have no value here."""
    if node.op in _KINDS:
        return _fold(e, node)
    if node.op == "int":
        return _integral(e, node)
    if node.op == "lim":
        return limits.limit(e, node)
    raise Unread("unsupported operator", node.op, node.start, node.end)


def _fold(e: Elaborator, node: tree.Big) -> Term:
    if node.body is None:
        raise Unread("unparsed", "a sum of nothing", node.start, node.end)
    binder = _binder(e, node)
    if node.op in _EXTREMES and any(_optimises(e, name, node.body) for name in binder.names):
        raise Unread("unsupported operator", node.op, node.start, node.end)
    with e.binding(*binder.names):
        body = e.read(node.body)
        if isinstance(node.body, tree.Juxt | tree.Infix) is False:
            body = contract(e, body, [body])
        if node.op == "prod" and not e.is_scalar(body):
            e.unifier.unify(*body.shape)
        backwards = binder.descending and node.op == "prod" and not e.is_scalar(body)
        if backwards:
            body = e.apply("transpose", (body,), node)  # A_k … A_1 is the transpose of A_1ᵀ … A_kᵀ
        restriction = _condition(e, binder.condition) if binder.condition is not None else None
        for name in reversed(binder.names):
            low: Term = numbers.number(1)
            high: Term = Size(e.index_range(name))
            if binder.lower is not None:
                low = numbers.literal(binder.lower) if isinstance(binder.lower, tree.Num) else e.read(binder.lower)
            upper = binder.upper
            if upper is None and len(binder.names) == 1 and binder.lower == tree.Num("1"):
                upper = dict(e.chain.uppers).get(name)  # Σ_{i=1} next to Σ_{i=1}^n
                if upper is None:
                    e.unifier.unify(e.index_range(name), e.open_ranges.setdefault(name, e.index_range(name)))
            if upper is None and binder.lower is None:
                _end_as_elsewhere(e, name, node.body)
            if upper is not None:
                endless = node.op == "sum" and upper == tree.Sym("\\infty")
                high = power_series.end(e, name, node.body, upper) if endless else _bound_term(e, upper)
                if isinstance(low, Number) and low.value == 1 and isinstance(high, Size):
                    e.unifier.unify(e.index_range(name), high.dim)
            if low == numbers.number(1) and isinstance(high, Size):
                _share_ranges(e, name, body)
            kind = _KINDS[node.op]
            body = Fold(kind, name, low, high, body, restriction, shape=body.shape, start=node.start, end=node.end)
            restriction = None
    return e.apply("transpose", (body,), node) if backwards else body


def _share_ranges(e: Elaborator, name: str, body: Term) -> None:
    """Sums over all members of one family run equally far: Σ_i a_i next to Σ_{i=1}^n a_i. A sum over some of them has
    a size of its own, which does not fit."""
    for term in subterms(body):
        if isinstance(term, Variable) and term.key.endswith("·") and Index(name) in term.indices:
            mark = e.unifier.mark()
            try:
                e.unifier.unify(e.index_range(name), e.family_ranges.setdefault(term.key, e.index_range(name)))
            except Clash:
                e.unifier.reset(mark)


def _end_as_elsewhere(e: Elaborator, name: str, body: tree.Node) -> None:
    """Σ_i x_i beside x_1, …, x_N or Σ_{i=1}^N: where nothing in the body ends the index, it ends at N."""
    here = e.unifier.resolve(e.index_range(name))
    members = (n for n in subtrees(body) if isinstance(n, tree.Script) and n.sub == tree.Sym(name))
    families = dict.fromkeys(f"{symbol_key(n.base)}_·" for n in members)
    last = next((e.known.usage.ends[k] for k in (*families, name) if k in e.known.usage.ends), None)
    end = size_of(last) if last is not None else None
    if end is not None and here.name is not None and here.name.startswith("?"):
        e.unifier.unify(here, end)


def share_range(e: Elaborator, variable: Term) -> None:
    """k of ∂/∂a_k runs as far as the sums over the members of a."""
    match variable:
        case Variable(key=key, indices=(Index(name=name),)) if name not in e.bound and key in e.family_ranges:
            mark = e.unifier.mark()
            try:
                e.unifier.unify(e.index_range(name), e.family_ranges[key])
            except Clash:
                e.unifier.reset(mark)
        case _:
            pass


def _optimises(e: Elaborator, name: str, body: tree.Node) -> bool:
    """Whether an extreme is over the values of a symbol: it is declared, or stands elsewhere than in subscripts."""
    places = sum(symbol_key(n) == name for n in subtrees(body))
    scripts = [n.sub for n in subtrees(body) if isinstance(n, tree.Script) and n.sub is not None]
    within = sum(symbol_key(n) == name for sub in scripts for n in subtrees(sub))
    return e.known.shape(name) is not None or not 0 < places == within


def _bound_term(e: Elaborator, node: tree.Node) -> Term:
    if isinstance(node, tree.Sym) and node.name == "\\infty":
        raise Unread("unsupported operator", "an infinite sum", node.start, node.end)
    mark = e.unifier.mark()
    try:
        term = e.read(node)
        if e.is_scalar(term):
            return term
    except Clash:
        pass
    e.unifier.reset(mark)
    return _count(node)


def _count(node: tree.Node) -> Term:
    """The I of `Σ_{i=1}^I` counts, whatever the letter is elsewhere."""
    size = size_of(node)
    if size is None:
        raise Unread("unsupported operator", "a bound that is no number", node.start, node.end)
    return Size(size, start=node.start, end=node.end)


@dataclass(frozen=True, slots=True)
class _Binder:
    """The indices that are bound; bounds for a single one; the condition that restricts them."""

    names: tuple[str, ...]
    lower: tree.Node | None = None
    upper: tree.Node | None = None
    condition: tree.Rel | None = None
    descending: bool = False


_RUNNING = frozenset("ijknt")


def _binder(e: Elaborator, node: tree.Big) -> _Binder:
    """Σ_{i=1}^n, Σ_{i=n}^1, Σ_i, Σ of what has a single index, Σ_{i,j}, Σ_{1≤i≤n}, Σ_{i=1,…,n}, Σ_{i≠j}, Σ_{i<j}."""
    sub = node.sub
    match sub:
        case None:
            letters = index_letters(node.body) - set(e.bound) if node.body is not None else frozenset()
            if node.sup is not None or len(letters) != 1 or not letters <= _RUNNING:
                raise Unread("unsupported operator", "a sum without index", node.start, node.end)
            return _Binder(tuple(letters))  # Σ x_i y_i
        case tree.Rel(items=(left, right), ops=("=",)):
            if isinstance(node.sup, tree.Num) and not isinstance(right, tree.Num):
                return _Binder((_name(e, left),), node.sup, right, descending=True)
            return _Binder((_name(e, left),), right, node.sup)
        case tree.Rel(items=(lower, tree.Sym() as middle, upper), ops=(a, b)) if {a, b} <= _AT_MOST and not node.sup:
            return _Binder((_name(e, middle),), lower, upper)
        case tree.Sequence(items=(tree.Rel(items=(left, lower), ops=("=",)), tree.Dots(), upper)) if not node.sup:
            return _Binder((_name(e, left),), lower, upper)
        case tree.Rel(items=items, ops=ops) if all(op in RELATIONS for op in ops) and "\\in" not in ops:
            names = tuple(k for k in (_running(e, i) for i in items) if k is not None and k not in e.bound)
            names = tuple(n for n in names if not e.known.is_dimension(n) or n in ("i", "j", "k", "l"))
            if not names:
                raise Unread("unsupported operator", "sum", node.start, node.end)
            bound = names if e.choice.bind_both else names[:1]
            return _Binder(bound, None, node.sup if len(bound) == 1 else None, sub)
        case tree.Sequence(items=items):
            return _Binder(tuple(_name(e, i) for i in items))
        case tree.Juxt(items=items) if all(isinstance(i, tree.Sym) for i in items):
            return _Binder(tuple(_name(e, i) for i in items))
        case tree.Sym() | tree.Accent() | tree.Script():
            return _Binder((_name(e, sub),), None, node.sup)
        case _:
            raise Unread("unsupported operator", "a sum over a set", node.start, node.end)


def _running(e: Elaborator, node: tree.Node) -> str | None:
    """The index that a side of a condition makes run: j, or the j of y_j."""
    match node:
        case tree.Script(base=tree.Sym(), sub=tree.Sym(name="i" | "j" | "k" | "l") as letter, sup=None):
            return _name(e, letter)
        case _:
            return symbol_key(node)


def _name(e: Elaborator, node: tree.Node) -> str:
    key = symbol_key(node)
    if key is None:
        raise Unread("unsupported operator", "a sum over an expression", node.start, node.end)
    return key


def _condition(e: Elaborator, rel: tree.Rel) -> Condition | None:
    parts = [index_term(e, i) if isinstance(i, tree.Sym | tree.Num) else e.read(i) for i in rel.items]
    indices = [p.name for p in parts if isinstance(p, Index)]
    for a, b in pairwise(indices):
        e.unifier.unify(e.index_range(a), e.index_range(b))
    if len(parts) != 2:
        raise Unread("unsupported operator", "a chained condition", rel.start, rel.end)
    return Condition(parts[0], RELATIONS[rel.ops[0]], parts[1])


def widened(node: tree.Add) -> tree.Node | None:
    """`Σ a + b` read as Σ (a + b): the first term that ends in a Big takes the terms behind it, as far as they speak of
    its index: Σ x_i² − c² is no Σ (x_i² − c²)."""
    for k, term in enumerate(node.terms[:-1]):
        tail = term.items[-1] if isinstance(term, tree.Juxt) else term
        if not isinstance(tail, tree.Big) or tail.op not in ("sum", "prod") or tail.body is None:
            continue
        letters = bound_letters(tail)
        end = max((m + 1 for m in range(k + 1, len(node.terms)) if letters & symbol_keys(node.terms[m])), default=0)
        if not end:
            continue
        stop, signs = node.terms[end - 1].end, ("+", *node.signs[k + 1 : end])
        body = tree.Add(signs, (tail.body, *node.terms[k + 1 : end]), start=tail.start, end=stop)
        wide: tree.Node = tree.Big(tail.op, tail.sub, tail.sup, body, start=tail.start, end=stop)
        if isinstance(term, tree.Juxt):
            wide = tree.Juxt((*term.items[:-1], wide), start=term.start, end=stop)
        if k == 0 and node.signs[0] == "+" and end == len(node.terms):
            return wide
        terms = (*node.terms[:k], wide, *node.terms[end:])
        return tree.Add((*node.signs[: k + 1], *node.signs[end:]), terms, start=node.start, end=node.end)
    return None


# -- summation convention -------------------------------------------------------------------------------------


def contract(e: Elaborator, term: Term, factors: list[Term]) -> Term:
    """Sum a product over every index that occurs exactly twice in it, when the reading says so."""
    if not e.choice.einstein:
        return term
    counts: Counter[str] = Counter()
    for f in factors:
        counts.update(_occurrences(f))
    for name in sorted(n for n, c in counts.items() if c == 2 and n not in e.bound):
        dim = e.index_range(name)
        term = Fold("sum", name, numbers.number(1), Size(dim), term, shape=term.shape, start=term.start, end=term.end)
        e.ranges.pop(name, None)
    return term


def _occurrences(term: Term) -> Counter[str]:
    """Free index letters of a term, each counted once per place; a sum counts as one of its terms."""
    match term:
        case Index(name=name):
            return Counter({name: 1})
        case Apply(operator="add", args=args):
            merged: Counter[str] = Counter()
            for a in args:
                merged |= _occurrences(a)
            return merged
        case Fold(index=index):
            inner: Counter[str] = Counter()
            for c in children(term):
                inner.update(_occurrences(c))
            inner.pop(index, None)
            return inner
        case Variable(indices=indices):
            return sum((_occurrences(i) for i in indices), Counter())
        case _:
            total: Counter[str] = Counter()
            for c in children(term):
                total.update(_occurrences(c))
            return total


# -- integrals ------------------------------------------------------------------------------------------------


def _integral(e: Elaborator, node: tree.Big) -> Term:
    """∫_a^b body dx with finite or infinite limits, ∫ body dx."""
    if node.body is None or (node.sub is None) is not (node.sup is None):
        raise Unread("unsupported operator", "an indefinite integral", node.start, node.end)
    body, key = _integrand(node.body)
    if node.sub is None or node.sup is None:
        return antiderivatives.standing(e, node, body, key)
    lower, upper = e.read(node.sub), e.read(node.sup)
    for bound in (lower, upper):
        if not e.is_scalar(bound):
            # letters of bounds are used again for numbers, whatever they were before: no clash to report
            raise Unread("unsupported operator", "a bound that is no number", bound.start, bound.end)
    name = f"{key}@{node.start}"
    e.symbols[name] = Symbol(name, SCALAR, latex=key)
    e.parameters = e.parameters | {name}
    value = e.read(_renamed(body, key, name))
    return Integral(value, name, lower, upper, shape=value.shape, start=node.start, end=node.end)


def _renamed(body: tree.Node, key: str, name: str) -> tree.Node:
    """The integrand with its own name for the variable of integration, which may also stand outside."""

    def change(node: tree.Node) -> tree.Node | None:
        return tree.Sym(name, start=node.start, end=node.end) if symbol_key(node) == key else None

    return rewrite(body, change)


def _integrand(body: tree.Node) -> tuple[tree.Node, str]:
    """Split `f(x) dx` (or `dx / g`) into integrand and variable."""
    match body:
        case tree.Juxt(items=items):
            for k in range(len(items) - 1, 0, -1):
                if is_d(items[k - 1]):
                    key = symbol_key(items[k])
                    others = items[: k - 1] + items[k + 1 :]
                    if key is None:
                        break
                    if not others:
                        return tree.Num("1"), key
                    return others[0] if len(others) == 1 else tree.Juxt(others, start=body.start, end=body.end), key
        case tree.Add(signs=signs, terms=terms):
            inner, key = _integrand(terms[-1])
            return tree.Add(signs, (*terms[:-1], inner), start=body.start, end=body.end), key
        case tree.Frac(num=num, den=den):
            inner, key = _integrand(num)
            return tree.Frac(inner, den, start=body.start, end=body.end), key
        case tree.Infix(op=op, left=left, right=right):
            inner, key = _integrand(right)
            return tree.Infix(op, left, inner, start=body.start, end=body.end), key
        case _:
            pass
    raise Unread("unsupported operator", "an integral without differential", body.start, body.end)

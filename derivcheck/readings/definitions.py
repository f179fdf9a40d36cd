"""Definitions hang on the symbol: `S = XᵀX` gives the symbol S a term, `f(x) := …` a term in its parameter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.context.facts import DefinitionFact
from derivcheck.context.spoken import inverse, rooted
from derivcheck.context.subjects import symbols_in
from derivcheck.notation import tree
from derivcheck.notation.capitals import CAPITAL_INDICES
from derivcheck.notation.densities import is_normal
from derivcheck.notation.keys import base_key, symbol_key
from derivcheck.notation.moments import is_moment
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.operators.table import BY_NOTATION
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.summed import bound_letters, dummies_apart, renamed_apart, summed
from derivcheck.terms.dim import ONE, SCALAR, Dim
from derivcheck.terms.term import Apply, Fold, Index, Number, Size, Symbol, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator
    from derivcheck.readings.known import Known


_RUNNING = frozenset("ijklmnpqrst") | CAPITAL_INDICES


def target(left: tree.Node) -> tuple[str | None, tuple[str, ...]]:
    """(key, parameter keys) of a definition's left side: `f(x, y)` → ("f", ("x", "y")); (None, ()) for none."""
    match left:
        case tree.Juxt(
            items=(tree.Name(text=text) | tree.Script(base=tree.Name(text=text), sub=None), tree.Fence(open="("))
        ) if text in BY_NOTATION:
            return None, ()
        case tree.Juxt(items=(head, tree.Fence(body=body))) if is_moment(head) or is_normal(head, body):
            return None, ()
        case tree.Juxt(items=(_, tree.Fence(open="("))):
            return signature(left)
        case tree.Styled(body=body):
            return target(body)
        case _:
            return symbol_key(left), ()


def signature(left: tree.Node) -> tuple[str | None, tuple[str, ...]]:
    """The same of a left side that is known to define its head, which may have the name of an operator: `sym(A)`."""
    match left:
        case tree.Juxt(items=(head, tree.Fence(open="(", body=body))):
            key = symbol_key(head) or (head.text if isinstance(head, tree.Name) else None)
            parts = body.items if isinstance(body, tree.Sequence) else (body,)
            keys = tuple(symbol_key(p) if _is_parameter(p) or _is_partner(p, parts) else None for p in parts)
            if key is not None and all(k is not None for k in keys):
                return key, tuple(k for k in keys if k is not None)
            return None, ()
        case tree.Styled(body=body):
            return signature(body)
        case _:
            return symbol_key(left), ()


def solved(left: tree.Node, right: tree.Node) -> tuple[tree.Node, tree.Node]:
    """What `log p(x) = E` says of p, `S^{-1} = E` of S and `σ² = E` of σ: (p(x), exp(E)), (S, E^{-1}), (σ, √E); any
    other pair as it is."""
    if (root := rooted(left, right)) is not None:
        return root
    inverted = inverse_of(left)
    if inverted is not None and symbol_key(inverted) is not None:
        return inverted, inverse(right)
    match left:
        case tree.Juxt(items=(tree.Name(text="log" | "ln"), *rest)) if len(rest) > 1:
            call = tree.Juxt(tuple(rest), start=rest[0].start, end=left.end)
            if target(call)[1]:
                inner = tree.Fence("(", ")", right, start=right.start, end=right.end)
                return call, tree.Juxt((tree.Name("exp"), inner), start=right.start, end=right.end)
        case _:
            pass
    return left, right


def inverse_of(node: tree.Node) -> tree.Node | None:
    """S of `S^{-1}`."""
    match node:
        case tree.Script(base=base, sub=sub, sup=tree.Add(signs=("-",), terms=(tree.Num(text="1"),)), primes=0):
            return base if sub is None else tree.Script(base, sub, start=node.start, end=node.end)
        case _:
            return None


def _is_parameter(node: tree.Node) -> bool:
    """A bare letter, `\\mathbf x`, x_1; not `t_{1-α/2}` or 3, at which a condition on the function is stated."""
    match node:
        case tree.Sym() | tree.Accent(body=tree.Sym()):
            return True
        case tree.Script(
            base=tree.Sym() | tree.Accent(body=tree.Sym()), sub=tree.Num() | tree.Sym() | None, sup=None, primes=0
        ):
            return True
        case _:
            return False


def _is_partner(node: tree.Node, parts: tuple[tree.Node, ...]) -> bool:
    """x' of k(x, x')."""
    match node:
        case tree.Script(base=tree.Sym() as base, sub=None, sup=None, primes=1):
            return base in parts
        case _:
            return False


def overtaken(known: Known, key: str, fact: DefinitionFact) -> bool:
    """Whether a symbol of this definition has since been defined by `key` itself, r = √(x² + y²) before x = r cos θ:
    the later definitions hold, and `key` is free."""
    seen, stack = {key}, [fact]
    while stack:
        for name in symbols_in(stack.pop().right, bases=False):
            if name not in seen and (definition := known.definition(name)) is not None:
                if definition.item > fact.item and key in symbols_in(definition.right, bases=False):
                    return True
                stack.append(definition)
            seen.add(name)
    return False


def meaning_of(e: Elaborator, key: str, fact: DefinitionFact) -> Term | None:
    """The defining term, read where it was stated; None when the definition mentions its own symbol.

    Unread("definition unread") when it has no reading: its dependants are unknown, not wrong.
    """
    _, parameters = signature(fact.left)
    if len(e.defining) > 24:
        raise Unread("definition unread", f"{key}: definitions nested too deeply")
    members = tuple(_regrouped(e, key, _partitioned(key, member)) for member in (fact.right, *fact.others))
    outer = (e.known, e.bound, e.defining, e.parameters, e.chain)
    e.known, e.bound, e.defining = e.known.moved(fact.item), (), e.defining | {key}
    e.chain = replace(e.chain, summed=e.chain.summed | summed((fact.right,)))
    e.parameters = frozenset(parameters)
    before, later = dict(e.symbols), outer[0] if _just_before(fact, outer[0]) else None
    try:
        term = _first_readable(e, members, later)
    except (Unread, Clash) as problem:
        e.symbols = before
        local = _with_local_parameters(e, key, fact, parameters)
        if local is None:
            raise Unread("definition unread", f"{key}: {problem}") from None
        return local
    finally:
        e.known, e.bound, e.defining, e.parameters, e.chain = outer
    if mentions(term, key):
        if key in e.symbols and not e.unifier.is_scalar(term.shape):
            e.unifier.unify_shapes(e.symbols[key].shape, term.shape)  # x = (x_1, …, x_n)ᵀ only tells the size
        return None
    return term


def _first_readable(e: Elaborator, members: tuple[tree.Node, ...], later: Known | None) -> Term:
    """The value of s = dev σ = σ - …: the first of its members that can be read, else the reason of the first."""
    mark, symbols, known = e.unifier.mark(), dict(e.symbols), e.known
    first: Unread | Clash | None = None
    for node in members:
        try:
            return _read_near(e, node, later) if later is not None else e.read(node)
        except (Unread, Clash) as problem:
            first = first or problem
            e.unifier.reset(mark)
            e.symbols, e.known = dict(symbols), known
    assert first is not None
    raise first


def _read_near(e: Elaborator, node: tree.Node, later: Known) -> Term:
    """The node as it is meant where it stands, else as it is meant at a later place."""
    mark, symbols = e.unifier.mark(), dict(e.symbols)
    try:
        return e.read(node)
    except (Unread, Clash):
        e.unifier.reset(mark)
        e.symbols = symbols
        e.known = later
    return e.read(node)


def _just_before(fact: DefinitionFact, known: Known) -> bool:
    """Whether no display stands between a definition and this place: "$f = \\log|X|$ with $X$ square" says what X is
    behind f."""
    return not any(fact.item < display < known.at.item for display in known.contexts.displays)


def _partitioned(key: str, right: tree.Node) -> tree.Node:
    """`[X_1\\; X_2]` that X is defined to be: its parts next to each other, no product."""
    match right:
        case tree.Fence(open="[", close="]", body=tree.Juxt(items=items)) if all(
            isinstance(i, tree.Script) and i.sup is None and symbol_key(i.base) == key for i in items
        ):
            return tree.Grid("matrix", "[", "]", (items,), start=right.start, end=right.end)
        case _:
            return right


def _regrouped(e: Elaborator, key: str, right: tree.Node) -> tree.Node:
    """g(f(x)) as g(y) where the chain differentiates by y = f(x): the value in the terms of the chain rule."""
    from derivcheck.readings import symbols

    parts = {name: value for name, value in e.chain.parts if name != key and value != right}

    def change(node: tree.Node) -> tree.Node | None:
        name = next((n for n, value in parts.items() if value == node), None)
        if name is None:
            return None
        symbols.variable(e, name, tree.Sym(name))  # as it is known here: it may be explained after the value
        return tree.Sym(name, start=node.start, end=node.end)

    return rewrite(right, change) if parts else right


def _with_local_parameters(e: Elaborator, key: str, fact: DefinitionFact, parameters: tuple[str, ...]) -> Term | None:
    """The definition with its parameters as scalars of its own: `σ(a) = 1/(1 + e^{-a})`, a elsewhere a vector."""
    if not parameters or any(e.known.shape(p) is not None for p in parameters):
        return None
    names = {p: f"{p}@{key}" for p in parameters}
    before = dict(e.symbols)
    for name in names.values():
        e.symbols[name] = Symbol(name, SCALAR, latex=name.split("@")[0])
    e.parameters = frozenset(names.values())
    try:
        term = e.read(_renamed(fact.right, names))
    except (Unread, Clash):
        e.symbols = before
        return None
    e.local_parameters[key] = tuple(names[p] for p in parameters)
    return term


def applied(e: Elaborator, key: str, parameters: tuple[str, ...], args: tuple[Term, ...]) -> Term:
    """The defining term of `key` for these arguments: read anew with the parameters standing for them."""
    fact = e.known.definition(key)
    if fact is None or key in e.defining or len(e.defining) > 24:
        raise Unread("definition unread", key)
    names = _placeholders(e, key, signature(fact.left)[1], parameters, args)
    outer = (e.known, e.bound, e.defining, e.parameters)
    e.known, e.bound, e.defining = e.known.moved(fact.item), (), e.defining | {key}
    e.parameters = frozenset(names.values())
    try:
        return e.read(_renamed(fact.right, names))
    finally:
        e.known, e.bound, e.defining, e.parameters = outer


def _renamed(node: tree.Node, names: Mapping[str, str]) -> tree.Node:
    """The node with symbols of other names in place of those with these keys."""

    def change(inner: tree.Node) -> tree.Node | None:
        key = symbol_key(inner)
        return tree.Sym(names[key], start=inner.start, end=inner.end) if key is not None and key in names else None

    return rewrite(node, change)


def _placeholders(
    e: Elaborator, key: str, letters: tuple[str, ...], parameters: tuple[str, ...], args: tuple[Term, ...]
) -> dict[str, str]:
    """A symbol of its own for every parameter, with the argument as its value."""
    names = {p: f"{p}@{key}{len(e.symbols)}" for p in letters}
    for name, letter, given in zip(names.values(), parameters, args, strict=True):
        arg = _zero_for(e, letter, given)
        e.symbols[name] = Symbol(name, arg.shape, frozenset(), arg, (), letter.split("@")[0])
        e.origins[name] = "argument"
    return names


def _zero_for(e: Elaborator, parameter: str, arg: Term) -> Term:
    """The 0 of f(0) in the shape of the parameter, where its letter has a meaning of its own."""
    from derivcheck.readings import symbols

    if not isinstance(arg, Number) or arg.value != 0 or not e.known.declared(parameter):
        return arg
    return e.fit(arg, symbols.variable(e, parameter, tree.Sym(parameter)).shape)


def member_letters(left: tree.Node) -> tuple[tree.Sym, ...]:
    """The index letters of a definition by members: `p_k = …`, `[A]_{ij} := …`; () when it is none."""
    match left:
        case tree.Juxt(items=(head, tree.Fence(open="("))):
            return member_letters(head)
        case tree.Script(sub=sub, sup=None) if sub is not None:
            items = sub.items if isinstance(sub, tree.Juxt | tree.Sequence) else (sub,)
            letters = tuple(i for i in items if isinstance(i, tree.Sym) and i.name in _RUNNING and i.font in ("", "it"))
            return letters if len(letters) == len(items) else ()
        case _:
            return ()


def member(
    e: Elaborator, fact: DefinitionFact, indices: tuple[tree.Node, ...], args: tuple[Term, ...] | None = None
) -> Term | None:
    """The member with these indices of a family defined by members, `V_t(x) = …` for the arguments given; None when
    its body does not use the letters."""
    letters = member_letters(fact.left)
    if len(letters) != len(indices) or not _runs_over(fact.right, letters) or _starts_from(fact, indices):
        return None
    names = {letter.name: index for letter, index in zip(letters, indices, strict=True)}
    if any(isinstance(n, tree.Big) and bound_letters(n) & names.keys() for n in subtrees(fact.right)):
        return None
    parameters = target(fact.left)[1] if args is not None else ()
    if args is not None and len(parameters) != len(args):
        return None
    key = symbol_key(fact.left) or base_key(fact.left) or "member"
    if key in e.defining or len(e.defining) > 24:
        raise Unread("definition unread", key)
    put_in = frozenset(n.name for i in indices for n in subtrees(i) if isinstance(n, tree.Sym))
    held = _placeholders(e, key, parameters, parameters, args or ())
    right = dummies_apart(fact.right, frozenset(names), put_in) if e.choice.einstein else fact.right

    def change(node: tree.Node) -> tree.Node | None:
        return names.get(node.name) if isinstance(node, tree.Sym) and node.font in ("", "it") else None

    body = rewrite(_renamed(renamed_apart(right, put_in), held), change)
    outer = (e.known, e.defining, e.chain, e.parameters, e.bound)
    e.known, e.defining = e.known.moved(fact.item), e.defining | {key}
    e.parameters = frozenset(held.values()) or e.parameters
    e.chain = replace(e.chain, summed=e.chain.summed | summed((body,)))
    e.bound = (*e.bound, *_running(e, body, indices))
    try:
        return e.read(body)
    except (Unread, Clash) as problem:
        raise Unread("definition unread", f"{key}: {problem}") from None
    finally:
        e.known, e.defining, e.chain, e.parameters, e.bound = outer


def _starts_from(fact: DefinitionFact, indices: tuple[tree.Node, ...]) -> bool:
    """Whether a definition goes out from the member with these indices: S_0 of `S_n = (S_0^{-1} + nA)^{-1}`."""
    if len(indices) != 1 or not isinstance(indices[0], tree.Num) or not isinstance(fact.left, tree.Script):
        return False
    named = (n for n in subtrees(fact.right) if isinstance(n, tree.Script))
    return any((n.base, n.sub) == (fact.left.base, indices[0]) for n in named)


def _running(e: Elaborator, body: tree.Node, indices: tuple[tree.Node, ...]) -> Iterator[str]:
    """The indices that are subscripts and nothing else in the body: e^{z_k}, but no F^k, and no w_k that the text
    declares by this very name."""
    scripts = [n for n in subtrees(body) if isinstance(n, tree.Script) and n.sub is not None]
    if any((key := symbol_key(n)) is not None and e.known.declared(key) for n in scripts):
        return
    below = Counter(symbol_key(n) for s in scripts for n in subtrees(s.sub or tree.Empty()) if isinstance(n, tree.Sym))
    anywhere = Counter(symbol_key(n) for n in subtrees(body) if isinstance(n, tree.Sym))
    for index in indices:
        key = symbol_key(index) if isinstance(index, tree.Sym) else None
        if key is not None and below[key] == anywhere[key] and key not in e.chain.lasts:
            yield key


def assembled(e: Elaborator, key: str, fact: DefinitionFact) -> Term | None:
    """A vector or matrix from the definition of its entries: Σ_k p_k e_k, Σ_ij a_ij e_i e_jᵀ."""
    letters = member_letters(fact.left)
    if len(letters) not in (1, 2) or key in map(symbol_key, subtrees(fact.right)):
        return None  # U_k = U E_k is no entry of U
    names = [letter.name for letter in letters]
    with e.binding(*names):
        body = member(e, fact, letters)
        if body is None or not e.is_scalar(body):
            return None
        return filled(body, tuple((Index(n), e.index_range(n)) for n in names))


def filled(entry: Term, runs: tuple[tuple[Index, Dim], ...]) -> Term:
    """The vector or matrix with these entries: Σ_ij a_ij e_i e_jᵀ for indices i, j that run over these sizes."""
    sizes = [size for _, size in runs]
    basis = [Apply("basis", (index,), dims=(size,), shape=(size, ONE)) for index, size in runs]
    shape = (sizes[0], sizes[1] if len(sizes) == 2 else ONE)
    unit: Term = basis[0]
    if len(basis) == 2:
        row = Apply("transpose", (basis[1],), shape=(ONE, sizes[1]))
        unit = Apply("matmul", (basis[0], row), shape=shape)
    term: Term = Apply("scale", (entry, unit), shape=shape)
    for index, size in reversed(runs):
        term = Fold("sum", index.name, Number(Fraction(1)), Size(size), term, shape=shape)
    return term


def _runs_over(right: tree.Node, letters: tuple[tree.Sym, ...]) -> bool:
    """Whether every letter occurs in a subscript of the body, or as an exponent or factor of it."""
    names = {n.name for n in subtrees(right) if isinstance(n, tree.Sym)}
    return all(letter.name in names for letter in letters)


def mentions(term: Term, key: str) -> bool:
    return any(isinstance(t, Variable) and t.key == key for t in subterms(term))

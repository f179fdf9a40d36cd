"""How symbols are used in a document: what is transposed is no scalar, what has two indices is a matrix.

Hints: matrix, vector, nonscalar; bare (stands without subscript), indexed (with a running subscript), double (with
two), indexed nonscalar (x_i is transposed or normed), number (stands where only a number can), divisor (something is
divided by it), called (a bracket follows at once), primed (called with a prime: f'(x)), arguments 2, of x, argument 0
of 2 of f (how it is called, and where it is an argument), scripted (carries scripts of its own), potential
(differentiated by a matrix), combined (multiplied, added, a variable of differentiation: more than differentiated),
added (a term by itself), shown with q (called with bare symbols), called with expressions,
either font (of a capital: what is made of 𝐀 is differentiated by A_ij), block (of O: stands in a grid), differential
(of ∂: written for d), beside x (b of Wx + b), velocity
(of q: something is differentiated by q̇), averaged (under an expectation), multiplies (a factor
follows that is not transposed), counted (the subscript 1 occurs: the numbers below I count, they are no sizes),
transposed factor (u of uᵀB: a factor without bracket follows its transpose); of d: power at 7, leading at 7 (d² stands
there, before everything else of its product), before a capital (dX).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from derivcheck.context.facts import Fact, FunctionFact, ShapeFact
from derivcheck.notation import tree
from derivcheck.notation.capitals import CAPITAL_INDICES
from derivcheck.notation.derivatives import is_d, is_sign, split_derivative
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.moments import is_moment, may_be_moment
from derivcheck.notation.progression import progression
from derivcheck.notation.ruled import is_ruled, without_rules
from derivcheck.notation.transposes import USUAL_TRANSPOSES
from derivcheck.notation.walk import children, subtrees
from derivcheck.readings.known import Usage, plain
from derivcheck.readings.sizes import size_of
from derivcheck.readings.unify import parse_dim
from derivcheck.statements.model import Chain, RelationKind

_MATRIX_FUNCTIONS = frozenset({"det", "tr", "Tr", "trace", "vec", "rank", "adj"})
_VECTOR_FUNCTIONS = frozenset({"softmax", "smax", "logsumexp", "lse", "diag"})  # in whatever case
_RUNNING = frozenset("ijklnmpqrst") | CAPITAL_INDICES
_RUNNING_FIRST = frozenset("ijkl")


def usage_of(trees: Iterable[tree.Node], *, primes: bool = False) -> Usage:
    """Hints from every formula of the document; `primes`: they are transposes."""
    hints: dict[str, set[str]] = defaultdict(set)
    labels: set[str] = set()
    signs: set[int] = set()
    for root in trees:
        stack: list[tree.Node] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, tree.Juxt):
                signs.update(id(a) for a, b in pairwise(node.items) if _is_second_differential(a, b))
            elif id(node) in signs:
                continue
            _note(_without_prime(node) if primes else node, hints)
            if isinstance(node, tree.Grid):
                labels |= block_labels(node)
            _note_differentials(node, hints)
            if isinstance(node, tree.Script) and node.sub is not None and isinstance(node.base, tree.Sym | tree.Accent):
                stack.extend(c for c in children(node) if c is not node.base)
            else:
                stack.extend(children(node))
    return Usage({k: frozenset(v) for k, v in hints.items()}, labels=frozenset(labels))


def capitals(trees: Iterable[tree.Node]) -> frozenset[str]:
    """The capitals that stand as whole symbols, whatever their font."""
    nodes = (n for root in trees for n in subtrees(root))
    keys = (symbol_key(n) for n in nodes if isinstance(n, tree.Sym))
    return frozenset(k for k in keys if k is not None and len(plain(k)) == 1 and plain(k).isupper())


def block_labels(grid: tree.Grid) -> frozenset[str]:
    """The letters that name the blocks of a capital: a, b of ((Σ_aa, Σ_ab), (Σ_ba, Σ_bb)); none that usually runs."""
    subs: list[list[str]] = []
    bases: set[str | None] = set()
    for row in grid.rows:
        for cell in row:
            match cell:
                case tree.Script(base=tree.Sym() as base, sub=tree.Juxt(items=(tree.Sym() as a, tree.Sym() as b))):
                    bases.add(symbol_key(base))
                    subs.append([a.name, b.name])
                case _:
                    return frozenset()
    if len(bases) != 1 or len(subs) != len(grid.rows) ** 2 or len(subs) < 4 or not _is_capital(bases):
        return frozenset()
    order = [subs[k * len(grid.rows)][0] for k in range(len(grid.rows))]
    if subs != [[a, b] for a in order for b in order] or len(set(order)) != len(order):
        return frozenset()
    return frozenset() if _RUNNING_FIRST & set(order) else frozenset(order)


def _is_capital(keys: set[str | None]) -> bool:
    return all(k is not None and plain(k).lstrip("\\")[:1].isupper() for k in keys)


def _is_second_differential(sign: tree.Node, operand: tree.Node) -> bool:
    """The d² of d²X and d² log det X: no factor of its own."""
    match sign:
        case tree.Script(base=base, sub=None, sup=tree.Num(), primes=0) if is_d(base):
            return isinstance(operand, tree.Name) or _is_large(operand)
        case _:
            return False


def _is_letter_o(node: tree.Node) -> bool:
    return isinstance(node, tree.Sym) and node.name == "O"


def _without_prime(node: tree.Node) -> tree.Node:
    """X' as Xᵀ, here and in a product."""
    match node:
        case tree.Script(base=base, sub=sub, sup=None, primes=1):
            return tree.Script(base, sub, tree.Sym("\\top"), start=node.start, end=node.end)
        case tree.Juxt(items=items):
            return tree.Juxt(tuple(_without_prime(i) if isinstance(i, tree.Script) else i for i in items))
        case _:
            return node


def _note(node: tree.Node, hints: dict[str, set[str]]) -> None:
    _note_numbers(node, hints)
    _note_velocities(node, hints)
    match node:
        case tree.Sym() | tree.Accent():
            _add(hints, node, "bare")
        case tree.Script():
            _script(node, hints)
        case tree.Fence(open="\\|", body=body):
            for part in body.terms if isinstance(body, tree.Add) else (body,):
                _vectorial(part, hints)
        case tree.Grid(rows=rows) if any(_is_letter_o(c) for row in rows for c in row):
            hints["O"].add("block")
        case tree.Grid(rows=rows) if is_ruled(rows):
            for cell in (c for row in without_rules(rows) for c in row):
                _vectorial(replace(cell, sup=None) if isinstance(cell, tree.Script) else cell, hints)
        case tree.Fence(open="<", body=tree.Sequence(items=items)):
            for item in items:
                _vectorial(item, hints)
        case tree.Infix(op="\\otimes", left=left, right=right):
            for side in (left, right):
                key = symbol_key(side)
                if key is not None and plain(key)[:1].isupper():
                    hints[key].add("matrix")
                _entire(side, hints)
        case tree.Infix(op="\\odot", left=left, right=right):
            for side in (left, right):
                _entire(side, hints)
                if isinstance(side, tree.Sym) and plain(side.name).lstrip("\\")[:1].islower():
                    _vectorial(side, hints)
        case tree.Juxt(items=items):
            _juxtaposed(items, hints)
        case tree.Add(terms=terms):
            for term in terms:
                _add(hints, term, "combined", "added")
            _note_offsets(terms, hints)
        case tree.Frac(num=num, den=den) if (split := split_derivative(num, den)) is not None and split[0] is not None:
            _fonts(split[0], split[1], hints)
            if any(_is_capital({symbol_key(v)}) for v in split[1]):
                _add(hints, split[0], "potential")
            for v in split[1]:
                _add(hints, v, "combined")
        case tree.Infix(op="\\cdot", left=left, right=right):
            _inner_product(left, right, hints)
        case tree.Frac(num=num, den=den) | tree.Infix(op="/", left=num, right=den) if not _is_derivative(den):
            factors = den.items if isinstance(den, tree.Juxt) else (den,)
            if all(isinstance(factor, tree.Sym | tree.Num) for factor in factors):  # not the A of xᵀAx
                for factor in factors:
                    _add(hints, factor, "divisor")
        case _:
            pass


def _entire(factor: tree.Node, hints: dict[str, set[str]]) -> None:
    """a of a ⊗ b and a ⊙ b, c_i of 2c_i ⊗ b: a small letter beside such a sign is no number."""
    last = factor.items[-1] if isinstance(factor, tree.Juxt) else factor
    if _member_of(last) or (isinstance(last, tree.Sym) and _small(symbol_key(last) or "")):
        _vectorial(last, hints)


def _note_offsets(terms: tuple[tree.Node, ...], hints: dict[str, set[str]]) -> None:
    """b of Wx + b: what stands beside a matrix times x is a vector where x is one."""
    for product in terms:
        match product:
            case tree.Juxt(items=(factor, vector)) if (of := symbol_key(vector)) is not None and _small(of):
                if _is_capital({symbol_key(factor)}):
                    for term in terms:
                        if isinstance(term, tree.Sym | tree.Script) and (key := symbol_key(term)) and _small(key):
                            hints[key].add(f"beside {of}")
            case _:
                pass


def _note_velocities(node: tree.Node, hints: dict[str, set[str]]) -> None:
    """∂L/∂q̇: q̇ is a variable of its own beside q."""
    match node:
        case tree.Frac(num=num, den=den) | tree.Infix(op="/", left=num, right=den):
            split = split_derivative(num, den)
            for variable in split[1] if split is not None else ():
                if isinstance(variable, tree.Accent) and variable.accent == "dot":
                    _add(hints, variable.body, "velocity")
        case _:
            pass


def _note_differentials(node: tree.Node, hints: dict[str, set[str]]) -> None:
    """∂X, ∂(XY) outside a quotient: ∂ is written for d."""
    items: tuple[tree.Node, ...] = ()
    match node:
        case tree.Add(terms=terms):
            items = terms
        case tree.Fence(body=body):
            items = (body,)
        case tree.Rel(items=sides):
            items = sides
        case _:
            return
    for item in items:
        if isinstance(item, tree.Juxt) and isinstance(item.items[-1], tree.Sym | tree.Fence):
            for a, b in pairwise(item.items):
                if a == tree.Sym("\\partial") and (isinstance(b, tree.Fence) or _is_large(b)):
                    hints["\\partial"].add("differential")


def _is_large(node: tree.Node) -> bool:
    """A capital or bold letter."""
    return isinstance(node, tree.Sym) and (node.font == "bf" or node.name[:1].isupper())


def _note_numbers(node: tree.Node, hints: dict[str, set[str]]) -> None:
    """Symbols that stand where only a number can: a whole denominator, the bounds and variable of an integral, the
    argument of a logarithm or a sine, C of ½‖w‖² + C Σ_i ξ_i."""
    match node:
        case tree.Add(terms=terms) if any(map(_is_norm, terms)):
            for term in terms:
                match term:
                    case tree.Juxt(items=(tree.Sym() as factor, tree.Big(op="sum"))):
                        _add(hints, factor, "number")
                    case _:
                        pass
        case tree.Frac(num=num, den=den) if split_derivative(num, den) is None:
            factors = den.items if isinstance(den, tree.Juxt) else (den,)
            if all(isinstance(f, tree.Num) or symbol_key(f) is not None for f in factors):
                for f in factors:
                    _add(hints, f, "number")
        case tree.Big(op="int", sub=low, sup=high, body=body):
            for bound in (low, high):
                if bound is not None:
                    _add(hints, bound, "number")
            if isinstance(body, tree.Juxt) and len(body.items) > 1 and is_d(body.items[-2]):
                _add(hints, body.items[-1], "number")
        case tree.Juxt(items=items):
            for head, argument in pairwise(items):
                name = head.base if isinstance(head, tree.Script) else head
                if isinstance(name, tree.Name) and name.text in _NUMBER_FUNCTIONS:
                    _add(hints, argument.body if isinstance(argument, tree.Fence) else argument, "number")
        case _:
            pass


def _is_norm(term: tree.Node) -> bool:
    """‖w‖², ½‖w‖²."""
    factors = term.items if isinstance(term, tree.Juxt) else (term,)
    *numbers, last = (f.base if isinstance(f, tree.Script) else f for f in factors)
    constant = all(isinstance(n, tree.Num | tree.Frac) and not _symbols(n) for n in numbers)
    return constant and isinstance(last, tree.Fence) and last.open == "\\|"


def _symbols(node: tree.Node) -> bool:
    return any(isinstance(n, tree.Sym) for n in subtrees(node))


_NUMBER_FUNCTIONS = frozenset({"ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "arcsin", "arccos"})


def _fonts(operand: tree.Node, variables: tuple[tree.Node, ...], hints: dict[str, set[str]]) -> None:
    """∂ det 𝐀/∂A_ij where no A stands in the operand: the author writes one matrix in two fonts."""
    within = {symbol_key(n) for n in subtrees(operand) if isinstance(n, tree.Sym)}
    for variable in variables:
        base = variable.base if isinstance(variable, tree.Script) and variable.sub is not None else None
        letter = symbol_key(base) if isinstance(base, tree.Sym) else None
        if letter is not None and len(letter) == 1 and letter.isupper() and letter not in within:
            if f"bf:{letter}" in within:
                hints[letter].add("either font")


def _inner_product(left: tree.Node, right: tree.Node, hints: dict[str, set[str]]) -> None:
    """w · x_i of a letter and a member, x_i · x_j of two members: the members are vectors."""
    members = [_member_of(side) for side in (left, right)]
    alone = [symbol_key(side) for side in (left, right) if isinstance(side, tree.Sym)]
    if members[0] is not None and members[0] == members[1] and left != right:
        hints[members[0]].add("indexed nonscalar")
    for base in members:
        if base is not None and alone and alone[0] is not None and _small(alone[0]):
            hints[base].add("indexed nonscalar")
            hints[alone[0]].add("vector")


def _small(key: str) -> bool:
    """x, 𝐱, x_1: a small Latin letter."""
    letter = plain(key).split("_")[0]
    return letter.islower() and len(letter) == 1


def _member_of(node: tree.Node) -> str | None:
    """x of x_i, for a small Latin letter."""
    match node:
        case tree.Script(base=tree.Sym() as base, sub=sub, sup=None, primes=0) if sub is not None and _is_running(sub):
            key = symbol_key(base)
            return key if key is not None and _small(key) else None
        case _:
            return None


def _is_derivative(den: tree.Node) -> bool:
    first = den.items[0] if isinstance(den, tree.Juxt) else den
    first = first.base if isinstance(first, tree.Script) else first
    return isinstance(first, tree.Sym) and first.name in ("\\partial", "d", "\\delta")


def _add(hints: dict[str, set[str]], node: tree.Node, *words: str) -> None:
    key = symbol_key(node)
    if key is not None:
        hints[key].update(words)


def _vectorial(node: tree.Node, hints: dict[str, set[str]]) -> None:
    key = symbol_key(node)
    if key is None:
        return
    hints[key].add("nonscalar")
    if isinstance(node, tree.Script) and node.sub is not None:
        base = symbol_key(node.base)
        if base is not None and _is_running(node.sub):
            hints[base].add("indexed nonscalar")
    elif not plain(key)[:1].isupper():
        hints[key].add("vector")


def _is_running(sub: tree.Node) -> bool:
    return isinstance(sub, tree.Sym) and sub.name in _RUNNING


def _script(node: tree.Script, hints: dict[str, set[str]]) -> None:
    base = symbol_key(node.base)
    if base is None:
        return
    if base == "d" and isinstance(node.sup, tree.Num) and node.sub is None:
        hints[base].add(f"power at {node.start}")
    elif node.sup is not None or node.sub is not None:
        hints[base].add("scripted")
    sup = symbol_key(node.sup) if node.sup is not None else None
    inverse = node.sup.terms[0] if isinstance(node.sup, tree.Add) and node.sup.signs == ("-",) else None
    if sup in USUAL_TRANSPOSES or (inverse is not None and symbol_key(inverse) in USUAL_TRANSPOSES):
        target = tree.Script(node.base, node.sub) if node.sub is not None else node.base
        _vectorial(target, hints)
        if isinstance(node.sup, tree.Add):
            hints[base].add("matrix")
    if sup in ("\\wedge", "\\land") or (node.sub is not None and symbol_key(node.sub) == "\\times"):
        _vectorial(node.base, hints)
    match node.sub:
        case tree.Juxt(items=(tree.Sym(), tree.Sym())) | tree.Sequence(items=(tree.Sym(), tree.Sym())):
            if plain(base) not in ("I", "K", "\\delta"):
                hints[base].add("double")
        case tree.Sym():
            hints[base].add("indexed")
        case tree.Num(text="1"):
            hints[base].add("counted")
        case _:
            pass


def _differentials(items: tuple[tree.Node, ...], hints: dict[str, set[str]]) -> None:
    """dX, and d² before everything else: of d²f."""
    first = items[0]
    if isinstance(first, tree.Script) and symbol_key(first.base) == "d" and len(items) > 1:
        hints["d"].add(f"leading at {first.start}")
    for a, b in pairwise(items):
        key = symbol_key(b.base if isinstance(b, tree.Script) else b)
        if symbol_key(a) == "d" and key is not None and (key.startswith("bf:") or key[:1].isupper()):
            hints["d"].add("before a capital")


def _juxtaposed(items: tuple[tree.Node, ...], hints: dict[str, set[str]]) -> None:
    for before, item, after in zip((None, *items), items, (*items[1:], None), strict=False):
        fence = after.base if isinstance(after, tree.Script) else after
        called = isinstance(after, tree.Fence) and after.open == "("
        called |= isinstance(fence, tree.Fence) and may_be_moment(item)
        by = _gradient_by(before)
        if isinstance(item, tree.Sym) and by is not None:
            _add(hints, item, *(("potential",) if _is_capital({symbol_key(by)}) else ()))
        elif isinstance(item, tree.Sym) and not called and not (before is not None and is_sign(before)):
            _add(hints, item, "combined")
    for a, b in pairwise(items):
        if isinstance(a, tree.Sym) and not _is_transposed(b):
            _add(hints, a, "multiplies")
        if is_moment(a):
            for n in subtrees(b):
                if isinstance(n, tree.Sym):
                    _add(hints, n, "averaged")
        if isinstance(b, tree.Fence) and b.open == "(" and isinstance(a, tree.Sym | tree.Accent | tree.Script):
            key = symbol_key(
                tree.Script(a.base, a.sub)
                if isinstance(a, tree.Script) and a.sub
                else a.base
                if isinstance(a, tree.Script)
                else a
            )
            if key is not None and not isinstance(b.body, tree.Add):
                hints[key].add("called")
                if isinstance(a, tree.Script) and a.primes:
                    hints[key].add("primed")
                _note_arguments(key, b.body, hints)
        transposed = isinstance(a, tree.Script) and a.sup is not None and symbol_key(a.sup) in USUAL_TRANSPOSES
        if transposed and not isinstance(b.base if isinstance(b, tree.Script) else b, tree.Fence):
            _add(hints, a.base if isinstance(a, tree.Script) else a, "transposed factor")
        if transposed and (k := _member_of(b)):
            hints[k].add("indexed nonscalar")  # wᵀ x_i
        if isinstance(a, tree.Name) and a.text in _MATRIX_FUNCTIONS:
            inner = b.body if isinstance(b, tree.Fence) else b
            key = symbol_key(inner)
            if key is not None and plain(key)[:1].isupper():
                hints[key].add("matrix")
        if isinstance(a, tree.Name) and a.text.lower() in _VECTOR_FUNCTIONS:
            _vectorial(b.body if isinstance(b, tree.Fence) else b, hints)
        if (
            isinstance(a, tree.Script)
            and isinstance(a.base, tree.Sym)
            and a.base.name == "\\nabla"
            and a.sub is not None
        ):
            key = symbol_key(a.sub)
            if key is not None and not plain(key)[:1].isupper():
                hints[key].add("nonscalar")
    for sign, _, fence in zip(items, items[1:], items[2:], strict=False):
        if _is_bare_nabla(sign) and isinstance(fence, tree.Fence | tree.Script):
            _vectorial(_argument(fence), hints)  # the derivative of a function of a scalar is f', never ∇f
    _differentials(items, hints)
    last = items[-1]
    if isinstance(last, tree.Sym) and last.name == "d" and last.font in ("", "it"):
        hints["d"].add("scripted")


def _is_transposed(node: tree.Node) -> bool:
    return isinstance(node, tree.Script) and node.sup is not None and symbol_key(node.sup) in USUAL_TRANSPOSES


def _gradient_by(node: tree.Node | None) -> tree.Node | None:
    """X of ∇_X."""
    match node:
        case tree.Script(base=tree.Sym(name="\\nabla"), sub=sub):
            return sub
        case _:
            return None


def _is_bare_nabla(node: tree.Node) -> bool:
    base = node.base if isinstance(node, tree.Script) and node.sub is None else node
    return base == tree.Sym("\\nabla")


def _argument(node: tree.Node) -> tree.Node:
    """x of `(x)` and `(x)ᵀ`."""
    fence = node.base if isinstance(node, tree.Script) else node
    return fence.body if isinstance(fence, tree.Fence) and fence.open == "(" else tree.Empty()


def _note_arguments(key: str, body: tree.Node, hints: dict[str, set[str]]) -> None:
    """How many arguments, and which bare symbol: a density p(x), p(y), p(x, y) is no single function."""
    count = len(body.items) if isinstance(body, tree.Sequence) else 1
    hints[key].add(f"arguments {count}")
    argument = symbol_key(body)
    if argument is not None:
        hints[key].add(f"of {argument}")
    listed = [symbol_key(item) for item in (body.items if isinstance(body, tree.Sequence) else (body,))]
    hints[key].add(f"shown with {', '.join(map(str, listed))}" if None not in listed else "called with expressions")
    for place, item in enumerate(body.items if isinstance(body, tree.Sequence) else (body,)):
        argument = symbol_key(item)
        if argument is not None:
            hints[argument].add(f"argument {place} of {count} of {key}")


def dimension_names(trees: Iterable[tree.Node], facts: Iterable[Fact]) -> frozenset[str]:
    """Names of sizes: in declared shapes, as upper ends of sums, as sizes of identities."""
    names: set[str] = set()
    for fact in facts:
        if isinstance(fact, ShapeFact | FunctionFact):
            for text in (fact.rows, fact.cols):
                dim = parse_dim(text)
                if dim is not None:
                    names |= dim.variables()
    for root in trees:
        stack: list[tree.Node] = [root]
        while stack:
            node = stack.pop()
            match node:
                case tree.Big(op="sum" | "prod", sup=sup, sub=tree.Rel(ops=("=",))) if sup is not None:
                    names |= _letters(sup)
                case tree.Add(terms=items) | tree.Sequence(items=items) if any(isinstance(i, tree.Dots) for i in items):
                    pattern = progression(items)
                    names |= _letters(pattern.last) if pattern is not None else frozenset()
                case tree.Script(base=tree.Sym(name="I"), sub=sub) if sub is not None:
                    names |= _letters(sub)
                case _:
                    pass
            stack.extend(children(node))
    return frozenset(names)


def fractions(trees: Iterable[tree.Node]) -> frozenset[str]:
    """The letters of which `1 - p` stands somewhere: no sizes, unless something is as large as they are."""
    return frozenset(
        node.terms[1].name
        for root in trees
        for node in subtrees(root)
        if isinstance(node, tree.Add) and node.signs == ("+", "-") and node.terms[0] == tree.Num("1")
        if isinstance(node.terms[1], tree.Sym)
    )


def values_given(chains: Iterable[Chain]) -> Iterator[str]:
    """The letters that an equation gives a value made of more than sizes: L of L = −Σ_k y_k log p_k."""
    for chain in chains:
        equal = chain.relations and chain.relations[0].kind in (RelationKind.EQUAL, RelationKind.DEFINE)
        key = symbol_key(chain.members[0].node) if equal else None
        written = subtrees(chain.members[1].node) if key is not None else ()
        if key is not None and any(isinstance(n, tree.Big | tree.Name | tree.Grid) for n in written):
            yield key


def _letters(node: tree.Node) -> frozenset[str]:
    dim = size_of(node)
    if dim is None:
        return frozenset()
    return frozenset(n for n in dim.variables() if len(n) <= 8 and n not in ("\\infty", "i", "j"))

"""Which choices to try for a chain, most natural first. Bounded: past the cap a link is `unknown(ambiguous)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.moments import is_expectation, may_be_moment
from derivcheck.notation.space import speaks_of_space
from derivcheck.notation.tensors import GREEK_INDICES
from derivcheck.notation.walk import children, subtrees
from derivcheck.operators.matrix_functions import WHOLE
from derivcheck.readings.choice import GENERALITY, Choice
from derivcheck.readings.families import capital_of
from derivcheck.readings.known import Known
from derivcheck.readings.layouts import COHERENT, declared_layouts
from derivcheck.readings.listed import listed
from derivcheck.readings.products import open_ended
from derivcheck.readings.symbols import ONES

MAX_CHOICES = 72
MAX_GRADIENTS = 3


def has_derivative(nodes: Iterable[tree.Node]) -> bool:
    for root in nodes:
        for node in subtrees(root):
            match node:
                case tree.Frac(num=num, den=den) | tree.Infix(op="/", left=num, right=den):
                    if split_derivative(num, den) is not None:
                        return True
                case tree.Sym(name="\\nabla"):
                    return True
                case _:
                    pass
    return False


def has_marked_vec(nodes: tuple[tree.Node, ...]) -> bool:
    """Whether a script stands behind the bracket of a vec, outside of derivatives: `vec(X)'`."""
    if has_derivative(nodes):
        return False
    products = (n.items for root in nodes for n in subtrees(root) if isinstance(n, tree.Juxt))
    pairs = (pair for items in products for pair in pairwise(items))
    return any(isinstance(a, tree.Name) and a.text == "vec" and isinstance(b, tree.Script) for a, b in pairs)


def natural(nodes: tuple[tree.Node, ...], known: Known) -> Iterator[Choice]:
    """Choices that can refute: each layout allowed, summation convention where it is stated."""
    first = Choice(einstein=known.has(Convention.EINSTEIN) and not _has_sum(nodes))
    for layout in declared_layouts(known) or COHERENT:
        yield first.with_layout(layout)


def rescuing(nodes: tuple[tree.Node, ...], known: Known, base: Choice) -> Iterator[Choice]:
    """Less natural choices, each differing in one respect from `base`."""
    written = [n for root in nodes for n in subtrees(root)]
    names = {n.text for n in written if isinstance(n, tree.Name)}
    infixes = {n.op for n in written if isinstance(n, tree.Infix)}
    sums = _has_sum(nodes)
    if base.einstein:
        yield from (base.but(spatial=values) for values in _spaces(nodes))
        yield from (base.but(order=name) for name in _ORDERS if _counts(name, nodes))
    if base.einstein and not sums:
        yield base.but(einstein=False)
    elif not sums and _has_repeated_index(nodes):
        yield base.but(einstein=True)
    if not sums and not known.has(Convention.INDEX_RANGE) and _has_repeated_index(nodes):
        yield from (base.but(einstein=True, spatial=values) for values in _spaces(nodes))
    if subscripted(nodes, known):
        yield base.but(sequences=True)
    if any(isinstance(n, tree.Add) for n in written):
        yield base.but(broadcast=True)
        yield base.but(scalar_identity=True)
        if sums:
            yield base.but(wide_sums=True)
    if any(isinstance(n, tree.Big) and isinstance(n.sub, tree.Rel) for n in written):
        yield base.but(bind_both=True)
    if names & {"det", "rank", "vec"}:
        yield base.but(wide_functions=True)
    if any(isinstance(n, tree.Juxt) and open_ended(n.items) for n in written):
        yield base.but(tight_functions=True)
    if any(not axes for _, _, axes in listed(nodes)):
        yield base.but(listed=True)
    if has_indexed_vector(nodes, known):
        yield base.but(numbers_apart=True)
    if has_columns(nodes, known):
        yield base.but(columns=True)
    yield base.but(entrywise=True)
    yield base.but(entrywise=True, broadcast=True)
    if has_derivative(nodes):
        yield base.but(rows_as_columns=True)
        yield base.but(tight_operators=True)
        yield base.but(data_fixed=True)
        yield base.but(gradient_through=True)
        yield base.but(wide_gradients=True)
        yield from (base.but(gradient_by=k) for k in range(1, MAX_GRADIENTS))
        yield base.but(swap_points=True)
        if not known.topics.hessians:
            yield base.but(laplacian=True)
    if names & WHOLE.keys():
        yield base.but(other_functions=True)
    if any(isinstance(n, tree.Fence) and n.open == "\\|" for n in written):
        yield base.but(other_norm=True)
    yield from over_space(nodes, known, base)
    if any(isinstance(n, tree.Juxt) and any(map(may_be_moment, n.items)) for n in written):
        yield base.but(normal=True)
    yield from (base.but(sigmoid=key) for key in sigmoids(nodes, known))
    if any(isinstance(n, tree.Script) and _is_unit_vector(n, known) for n in (*written, *_meant(written, known))):
        yield base.but(unit_vectors=True)
    yield base.but(ignore_marks=True)
    arrows = any(isinstance(n, tree.Accent) and n.accent == "vec" for n in written)
    if arrows or any(isinstance(n, tree.Sym) and n.font == "bf" for n in written):
        yield base.but(magnitudes=True)
    if any(isinstance(n, tree.Script) and n.sup in _DAGGERS for n in written):
        yield base.but(dagger_adjoint=True)
    stars = any(isinstance(n, tree.Script) and n.sup in _STARS for n in written)
    letter = known.topics.chinese and not known.usage.of("I") and tree.Sym("E") in written and not known.declared("E")
    if stars or letter:
        yield base.but(star_adjugate=stars, identity_letter=letter)
    for order in _orders(written, known):
        yield base.but(order=order)
        if stars:
            yield base.but(order=order, star_adjugate=True)
    if any(isinstance(n, tree.Fence) and n.open == "[" and _is_pair(n.body) for n in written):
        yield base.but(commutator=True)
    if infixes & {"*", "\\ast"}:
        yield base.but(asterisk_entrywise=True)
    yield base.but(fit_identities=True)
    if "\\otimes" in infixes or "vec" in names:
        yield base.but(commutation=True)


def over_space(nodes: tuple[tree.Node, ...], known: Known, base: Choice) -> Iterator[Choice]:
    """The letters behind ∇ and ∂_i as fields, where such signs stand here or in what the symbols are defined to be."""
    written = [n for root in nodes for n in subtrees(root)]
    if speaks_of_space((*written, *_meant(written, known))):
        repeated = not _has_sum(nodes) and _has_repeated_index(nodes)
        yield base.but(fields=True, einstein=repeated)
        yield base.but(fields=True, einstein=repeated, magnitudes=True)


def usual_laws(base: Choice, nodes: Iterable[tree.Node]) -> Iterator[Choice]:
    """What random symbols usually are, without words: independent, of mean zero, of one law. Who writes E[X] does not
    think that it is zero, who writes Cov(X, Y) does not think that X and Y are independent."""
    products = [n.items for root in nodes for n in subtrees(root) if isinstance(n, tree.Juxt)]
    followed = [(a, b.base if isinstance(b, tree.Script) else b) for items in products for a, b in pairwise(items)]
    moments = [(a, b.body) for a, b in followed if may_be_moment(a) and isinstance(b, tree.Fence)]
    means = any(is_expectation(head) and symbol_key(_unscaled(body)) is not None for head, body in moments)
    lists = [body.items for _, body in moments if isinstance(body, tree.Sequence)]
    together = any(map(_of_two, lists))
    for independent in (False, True):
        for centred in (False, True):
            if moments and (independent or centred) and not (independent and together) and not (centred and means):
                yield base.but(independent=independent, centred=centred)
                if independent:
                    yield base.but(independent=independent, centred=centred, alike=True)


def _unscaled(node: tree.Node) -> tree.Node:
    """X of −X and 2X."""
    match node:
        case tree.Add(terms=(term,)):
            return _unscaled(term)
        case tree.Juxt(items=(tree.Num() | tree.Frac(num=tree.Num(), den=tree.Num()), factor)):
            return _unscaled(factor)
        case _:
            return node


def _of_two(items: tuple[tree.Node, ...]) -> bool:
    """Whether the covariance of a list is one of products without a common symbol: not of X + Y and Y, nor of X and
    XY, which vary together where X and Y are independent."""
    sums = any(isinstance(n, tree.Add) and len(n.terms) > 1 for item in items for n in subtrees(item))
    return not sums and len(items) == 2 and not symbol_keys(items[0]) & symbol_keys(items[1])


def subscripted(nodes: Iterable[tree.Node], known: Known) -> bool:
    """Whether a subscript stands here, or in what a symbol is defined to be."""
    written = [n for root in nodes for n in subtrees(root)]
    return any(isinstance(n, tree.Script) and n.sub is not None for n in (*written, *_meant(written, known)))


def has_bold_one(nodes: Iterable[tree.Node], known: Known) -> bool:
    """Whether a bold 1 of which nothing is said, and that is never transposed, stands here, or in what a symbol is
    defined to be."""
    written = [n for root in nodes for n in subtrees(root)]
    letters = {n for n in (*written, *_meant(written, known)) if isinstance(n, tree.Sym)}
    keys = {key for n in letters if (key := symbol_key(n)) in ONES and key is not None}
    told = (known.meaning(k) or known.shape(k) or known.usage.of(k) & {"nonscalar", "vector"} for k in keys)
    return bool(keys) and not any(told)


def sigmoids(nodes: Iterable[tree.Node], known: Known) -> tuple[str, ...]:
    """σ or g before a bracket, of which nothing is said, in a text that speaks of the sigmoid."""
    if not known.topics.sigmoids:
        return ()
    pairs = ((a, b) for root in nodes for n in subtrees(root) if isinstance(n, tree.Juxt) for a, b in pairwise(n.items))
    called = {symbol_key(a.base if isinstance(a, tree.Script) else a) for a, b in pairs if isinstance(b, tree.Fence)}
    return tuple(k for k in _SIGMOIDS if k in called and known.definition(k) is None and known.shape(k) is None)


def _orders(written: Iterable[tree.Node], known: Known) -> Iterator[str]:
    """Undeclared letters for a size in exponents, where a matrix may have that size; 3 or a letter for a size beside a
    trace, as of tr I."""
    written = tuple(written)
    if any(isinstance(n, tree.Name) and n.text in ("tr", "Tr", "trace") for n in written):
        yield from (n.text for n in written if n in _NUMBERS)
        added = {t.name for n in written if isinstance(n, tree.Add) for t in n.terms if isinstance(t, tree.Sym)}
        yield from sorted(name for name in added if known.is_dimension(name))
    powers = [n.sup for n in written if isinstance(n, tree.Script) and n.sup is not None]
    names = {key for sup in powers for n in subtrees(sup) if (key := symbol_key(n)) in _ORDERS}
    yield from sorted(name for name in names if name is not None and not known.declared(name))


def _meant(written: Iterable[tree.Node], known: Known) -> Iterator[tree.Node]:
    """The parts of what the symbols are defined to be."""
    for key in {k for n in written if (k := symbol_key(n)) is not None}:
        definition = known.definition(key) or known.by_members(key)
        if definition is not None:
            yield from subtrees(definition.right)


def _is_unit_vector(node: tree.Script, known: Known) -> bool:
    """An undeclared e_1, e_i, or a symbol that is made of one."""
    key = symbol_key(node.base)
    return key in ("e", "bf:e") and isinstance(node.sub, tree.Num | tree.Sym) and not known.declared(key)


def has_columns(nodes: Iterable[tree.Node], known: Known) -> bool:
    """Whether a sum runs here, and a small letter with an index stands for which the text has a matrix."""
    scripts = (n for root in nodes for n in subtrees(root) if isinstance(n, tree.Script))
    return _has_sum(nodes) and any(_is_column(n, known) for n in scripts)


def _is_column(node: tree.Script, known: Known) -> bool:
    """u_j beside a matrix U."""
    key = symbol_key(node.base) if isinstance(node.sub, tree.Sym | tree.Num) else None
    return key is not None and capital_of(known, key) is not None


def _counts(name: str, nodes: Iterable[tree.Node]) -> bool:
    """Whether a letter stands as a number, and never as an index: n of δ_ii = n."""
    within = (n.sub for root in nodes for n in subtrees(root) if isinstance(n, tree.Script) and n.sub is not None)
    letter = tree.Sym(name)
    return any(letter in subtrees(root) for root in nodes) and not any(letter in subtrees(sub) for sub in within)


def _is_pair(node: tree.Node) -> bool:
    return isinstance(node, tree.Sequence) and len(node.items) == 2 and node.separators == (",",)


_ORDERS = ("n", "m", "N", "d", "p")
_NUMBERS = (tree.Num("2"), tree.Num("3"))
_STARS = (tree.Sym("*"), tree.Sym("\\ast"), tree.Sym("\\star"))
_SIGMOIDS = ("\\sigma", "g")
_DAGGERS = (tree.Sym("\\dagger"), tree.Sym("\\dag"))


def generalising(base: Choice, conventional: tuple[tuple[str, str], ...]) -> Iterator[Choice]:
    """Flips to less special kinds only."""
    for key, now in conventional:
        for kind in ("column", "matrix"):
            if GENERALITY[kind] > GENERALITY.get(now, 2):
                yield base.but(kinds=(*base.kinds, (key, kind)))


def with_kinds(base: Choice, conventional: tuple[tuple[str, str], ...]) -> Iterator[Choice]:
    """Other kinds for symbols whose shape is mere typography: first those that say less, then those that say more,
    so that what is false in general is seen before it holds in a special case."""
    kinds = ("column", "matrix", "scalar")
    flips = [(key, now, kind) for key, now in conventional for kind in kinds if kind != now and now != "any"]
    up = [(k, kind) for k, now, kind in flips if GENERALITY[kind] > GENERALITY.get(now, 2)]
    down = [(k, kind) for k, now, kind in flips if GENERALITY[kind] < GENERALITY.get(now, 2)]
    same = tuple((key, now) for key, now in conventional if now != "scalar")
    groups: list[tuple[tuple[str, str], ...]] = [same] if same else []
    groups += [(pair,) for pair in up]
    groups += [_together(conventional, "column")]
    groups += list(islice(_pairs(up), _MAX_PAIRS))
    groups += [_together(conventional, "scalar")]
    groups += [(pair,) for pair in down]
    groups += [_together(conventional, "matrix")]
    groups += list(islice(_pairs(up + down), _MAX_PAIRS))
    for group in groups:
        if group:
            yield base.but(kinds=(*base.kinds, *group))


_MAX_PAIRS = 8


def _together(conventional: tuple[tuple[str, str], ...], wanted: str) -> tuple[tuple[str, str], ...]:
    """All of them of one kind, where that changes more than one."""
    changed = tuple((key, wanted) for key, now in conventional if now != wanted)
    return changed if len(changed) > 1 else ()


def _pairs(flips: list[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    for i, a in enumerate(flips):
        for b in flips[i + 1 :]:
            if a[0] != b[0]:
                yield (a, b)


def parameters_of_lines(nodes: Iterable[tree.Node]) -> frozenset[str]:
    """λ of f(x + λh)|_{λ=0}: a Greek letter that gets a number as its value is one."""
    points = (n.sub for root in nodes for n in subtrees(root) if isinstance(n, tree.At))
    values = (pair for point in points if isinstance(point, tree.Rel) for pair in pairwise(point.items))
    named = (a for a, b in values if isinstance(a, tree.Sym) and isinstance(b, tree.Num))
    return frozenset(a.name for a in named if a.name.startswith("\\") and not a.font)


def has_indexed_vector(nodes: Iterable[tree.Node], known: Known) -> bool:
    """Whether x_n stands, and never x itself, after a declaration of x as a vector: x_n may be one of several."""
    indexed = set()
    for root in nodes:
        for node in subtrees(root):
            if isinstance(node, tree.Script) and isinstance(node.sub, tree.Sym | tree.Num):
                fact = known.shape(symbol_key(node.base) or "")
                if fact is not None and fact.is_column:
                    indexed.add(fact.key)
    return bool(indexed) and not all(key in _standing_alone(nodes) for key in indexed)


def _standing_alone(nodes: Iterable[tree.Node]) -> frozenset[str]:
    """The symbols that stand without subscript or accent."""
    found: set[str] = set()
    stack = list(nodes)
    while stack:
        match stack.pop():
            case tree.Sym() as node:
                found.add(symbol_key(node) or "")
            case tree.Accent():
                pass
            case tree.Script(base=tree.Sym(), sub=sub, sup=sup) if sub is not None:
                stack.extend(n for n in (sub, sup) if n is not None)
            case node:
                stack.extend(children(node))
    return frozenset(found)


def _has_sum(nodes: Iterable[tree.Node]) -> bool:
    return any(isinstance(n, tree.Big) and n.op in ("sum", "prod") for root in nodes for n in subtrees(root))


def _spaces(nodes: tuple[tree.Node, ...]) -> tuple[int, ...]:
    """How many values indices may have: Greek ones often run through spacetime."""
    scripts = (n for root in nodes for n in subtrees(root) if isinstance(n, tree.Script) and n.sub is not None)
    greek = any(isinstance(n, tree.Sym) and n.name in GREEK_INDICES for s in scripts if s.sub for n in subtrees(s.sub))
    return (3, 4) if greek else (3,)


def _has_repeated_index(nodes: Iterable[tree.Node]) -> bool:
    for root in nodes:
        letters: list[str] = []
        for node in subtrees(root):
            if isinstance(node, tree.Script) and node.sub is not None:
                letters.extend(k for s in subtrees(node.sub) if isinstance(s, tree.Sym) and (k := symbol_key(s)))
        if len(letters) != len(set(letters)):
            return True
    return False

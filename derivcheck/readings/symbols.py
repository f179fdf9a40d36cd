"""Symbols: which thing a letter names, special meanings first, and what is recorded of it on first sight."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivcheck.context.definitions import lines_of
from derivcheck.context.facts import DefinitionFact
from derivcheck.context.subjects import subject
from derivcheck.notation import tree
from derivcheck.notation.keys import rate_key, symbol_key
from derivcheck.notation.printer import to_latex
from derivcheck.readings import definitions, fields, imaginary, listed, shapes, triples
from derivcheck.readings.data import has_noise, has_random_term
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import UNRESTRICTING, Known, plain
from derivcheck.readings.unify import parse_dim
from derivcheck.readings.valueless import valueless
from derivcheck.terms.dim import ONE, SCALAR, Dim, Shape
from derivcheck.terms.term import Apply, Call, Constant, Entry, Index, Number, Size, Symbol, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_RIGID = frozenset({"orthogonal", "rotation", "orthonormal", "projection", "idempotent", "permutation"})
_OPERATOR_SIGNS = frozenset({"\\partial", "\\nabla", "\\top", "\\intercal", "\\prime", "\\dagger"})
_IDENTITY = frozenset({"I", "bf:I", "sf:I", "rm:I", "bb:I", "cal:I"})
ONES = frozenset({"bf:1", "bb:1"})
_ZEROS = frozenset({"bf:0", "bb:0"})
_IMAGINARY = frozenset({"i", "j", "rm:i", "rm:j"})
_FIXED = frozenset({"identity", "zero", "ones", "commutation", "cofactor", "adjugate"})
_CONSTANTS = {"\\pi": "pi", "\\infty": "infinity", "rm:e": "e"}


def symbol(e: Elaborator, node: tree.Node) -> Term:
    """A letter, accented or not, standing without subscript."""
    if isinstance(node, tree.Accent):
        dotted = _dotted(e, node) or imaginary.barred(e, node) or _mean(e, node)
        if dotted is not None:
            return dotted
    key = symbol_key(node)
    if key is None:
        raise Unread("unparsed", "not a symbol", node.start, node.end)
    return named(e, key, node)


def named(e: Elaborator, key: str, node: tree.Node) -> Term:
    """The symbol with this key, special meanings first."""
    if key in e.bound or (key in e.ranges and not e.known.declared(key) and not e.known.is_dimension(key)):
        return Index(key, start=node.start, end=node.end)
    if key in _OPERATOR_SIGNS:
        reason = "unsupported operator" if key == "\\nabla" else "unparsed"
        raise Unread(reason, f"{key} stands alone", node.start, node.end)
    key = e.known.alias(key)
    if key in e.parameters:
        return variable(e, key, node)
    if e.choice.use_values and (value := e.known.value(key)) is not None:
        return e.read(value)
    if key in _IMAGINARY and not e.known.declared(key) and not e.known.is_dimension(key):
        return imaginary.unit(e, key, node)
    declared = (
        e.known.shape(key) is not None or e.known.definition(key) is not None or e.known.function(key) is not None
    )
    meaning = e.known.meaning(key)
    if declared and e.known.is_dimension(key) and _counts(e, key):
        return Size(Dim.of(key))
    spoken_of = meaning or e.known.special(key) or e.known.special(plain(key))
    usually = plain(key) == "I" or key in ONES | _ZEROS
    usual = usually and e.known.definition(key) is None and e.known.function(key) is None and not meaning
    if not declared and e.choice.magnitudes and (length := _length(e, key, node)) is not None:
        return length
    if not declared or usual or (spoken_of is not None and spoken_of.word in _FIXED):
        special = _special(e, key, node)
        if special is not None:
            return special
    return variable(e, key, node)


def may_name_another(known: Known, node: tree.Node) -> bool:
    """An I that stands alone, which no word says is the identity: a moment of inertia, an integral, information."""
    key = symbol_key(node)
    return key in _IDENTITY and key is not None and known.meaning(key) is None and known.shape(key) is None


def _length(e: Elaborator, key: str, node: tree.Node) -> Term | None:
    """‖𝐫‖ for the r beside 𝐫 or an r with an arrow."""
    vectors = [name for name in (f"vec({key})", f"bf:{key}") if name in e.chain.bare and plain(key)[:1].islower()]
    if not vectors or ":" in key:
        return None
    vector = variable(e, e.known.alias(vectors[0]), node)
    return e.apply("norm2", (vector,), node) if e.is_column(vector) else None


def _counts(e: Elaborator, key: str) -> bool:
    """Whether a declared size is a whole number: by what is said of it, or declared as a mere number and used as
    the upper end of a sum."""
    properties = e.known.properties(key) - UNRESTRICTING
    fact = e.known.shape(key)
    plainly = fact is not None and fact.kind == "scalar" and not properties and e.known.definition(key) is None
    return bool(properties & {"natural", "integer"}) or plainly


def _special(e: Elaborator, key: str, node: tree.Node) -> Term | None:
    meaning = e.known.meaning(key)
    word = meaning.word if meaning is not None else ""
    fact = e.known.shape(key)
    one = key in ONES and not word and fact is None and e.choice.identity_one
    usual = key in _IDENTITY and not word and not (key == "I" and e.known.is_dimension(key))  # Σ_{i=1}^I
    if word == "identity" or usual or (key == "E" and e.choice.identity_letter) or one:
        declared_size = parse_dim(fact.rows) if fact is not None and not e.choice.fit_identities else None
        size = declared_size or e.unifier.fresh(proper=True)
        return Apply("identity", (), dims=(size,), shape=(size, size))
    zero_block = key == "O" and fact is None and not word and "block" in e.known.usage.of(key)
    if key in _ZEROS or word == "zero" or (zero_block and e.known.definition(key) is None):
        shape = shapes.declared_shape(e, fact) if fact is not None else e.unifier.fresh_shape()
        return Apply("zeros", (), dims=shape, shape=shape)
    if key in ONES or word == "ones":
        shape = shapes.declared_shape(e, fact) if fact is not None else (e.unifier.fresh(proper=True), ONE)
        return Apply("ones", (), dims=shape, shape=shape)
    if key == "\\infty" or (key in _CONSTANTS and e.known.taint(key) is None and not e.known.properties(key)):
        return Constant(_CONSTANTS[key])
    if key == "e" and not e.known.usage.of("e") & {"vector", "nonscalar", "matrix"}:
        return Constant("e")
    if word == "commutation" and meaning is not None:
        if len(meaning.of) == 2:
            m, n = (Dim.of(k) for k in meaning.of)
        else:
            m, n = e.unifier.fresh(proper=True), e.unifier.fresh(proper=True)
        return Apply("commutation", (), dims=(m, n), shape=(m * n, m * n))
    if e.known.is_dimension(key) or key == e.choice.order:
        return Size(Dim.of(key))
    return of_cofactors(e, key, node)


def of_cofactors(e: Elaborator, key: str, node: tree.Node) -> Term | None:
    """The matrix of cofactors (or the adjugate) that the text names by this letter or by its entries `c_{ij}`."""
    for letter in (key, plain(key)):
        meaning = e.known.meaning(letter) or e.known.special(letter)
        word = meaning.word.removesuffix(" matrix") if meaning is not None else ""
        if meaning is None or word not in ("cofactor", "adjugate"):
            continue
        spoken = e.known.alias(meaning.of[0].split("_")[0]) if len(meaning.of) == 1 else ""
        matrix = e.chain.matrix if plain(spoken) == plain(e.chain.matrix) or not spoken else spoken
        if matrix and matrix != key:
            return e.apply(word, (named(e, matrix, node),), node)
    return None


def variable(e: Elaborator, key: str, node: tree.Node, indices: tuple[Term, ...] = ()) -> Term:
    """An ordinary symbol; what is known of it is recorded on first sight."""
    if key not in e.symbols:
        _introduce(e, key, node)
    return Variable(key, indices, shape=e.symbols[key].shape, start=node.start, end=node.end)


def _introduce(e: Elaborator, key: str, node: tree.Node) -> None:
    triples.refuse(e, key, node)
    latex = to_latex(_bare(node))
    if _introduce_component(e, key, latex):
        return
    stated = e.known.properties(key) | e.home.properties(key)
    properties = stated - UNRESTRICTING
    depends = _dependence(e, key)
    function = e.known.function(key) or e.home.function(key)
    rigid = bool(properties & _RIGID)  # a rotation R(t) stays one where nothing is said to vary
    if function is not None and function.args and not depends and not rigid:
        depends = tuple(a for a in function.args if a != key)
    definition = e.known.definition(key) or _given_since(e, key)
    if (
        definition is not None
        and key in e.parameters
        and not definition.marked
        and not definitions.target(definition.left)[1]
    ):
        definition = None  # a parameter shadows a value that its letter had
    if definition is not None and definitions.overtaken(e.home, key, definition):
        definition = None
    if definition is not None and key not in e.defining:
        term = _defining_term(e, key, definition)
        if term is None and (later := _given_since(e, key)) is not None and later != definition:
            term = _defining_term(e, key, later)  # F = RU, where F = ∇φ of the motion φ cannot be read
        if term is not None:
            shape = _agree(e, key, term.shape, definition.item)
            free = valueless(term)  # what then holds, holds for every value
            if free:
                e.weakened = f"definition of {key}"
            value = None if free or _is_fixed(e, definition) else term
            e.symbols[key] = Symbol(key, shape, properties if free else frozenset(), value, (), latex)
            e.origins[key] = "definition"
            return
    members = e.known.by_members(key) or _members_in_italics(e, key) if key not in e.parameters else None
    whole = "nonscalar" in e.known.usage.of(key) or e.choice.kind(key) in ("column", "matrix")
    whole = whole or key.startswith("bf:")
    whole = whole or key not in e.chain.bare  # met as what a function of its members depends on
    if members is not None and (whole or e.known.shape(key) is not None):
        term = definitions.assembled(e, key, members)
        if term is not None:
            e.symbols[key] = Symbol(key, _agree(e, key, term.shape), frozenset(), term, (), latex)
            e.origins[key] = "definition"
            return
    if key in e.symbols:  # x of x = (x_1, …, x_n), met there: that tells its size
        return
    shape, origin = shapes.shape_of(e, key, properties)
    if depends and properties & _RIGID:
        properties -= _RIGID
        e.weakened = f"{key} as a function with such a property"
    if properties & shapes.SQUARE and not e.unifier.is_scalar(shape):
        mark = e.unifier.mark()
        try:
            e.unifier.unify(*shape)
        except Clash:  # a rectangular diagonal matrix, or a word that belongs to another symbol
            e.unifier.reset(mark)
            properties = properties - (shapes.SQUARE - {"diagonal"})
    if origin != "declared":
        listed.fit(e, key, shape)
    e.origins[key] = origin
    e.symbols[key] = Symbol(key, shape, properties, None, (), latex, "constant" in stated)
    _depend(e, key, depends, node)


def _introduce_component(e: Elaborator, key: str, latex: str) -> bool:
    """A vector by which the chain differentiates, and its components by their own letters: x is the first of q."""
    table = e.chain.components
    if count := sum(vector == key for _, vector, _ in table):
        shape: Shape = (Dim.of(count), ONE)
        e.symbols[key], e.origins[key] = Symbol(key, shape, frozenset(), None, (), latex), "definition"
        return True
    found = next(((vector, at) for letter, vector, at in table if letter == key), None)
    if found is None or key in e.parameters:
        return False
    vector = variable(e, found[0], tree.Sym(found[0]))
    value = Entry(vector, Number(Fraction(found[1])), Number(Fraction(1)), shape=SCALAR)
    e.symbols[key] = Symbol(key, SCALAR, frozenset(), value, (), latex)
    e.origins[key] = "definition"
    return True


def _members_in_italics(e: Elaborator, key: str) -> DefinitionFact | None:
    """p_k = … for 𝐩, where p never stands without a subscript and nothing else is said of 𝐩."""
    letter = plain(key)
    if not key.startswith("bf:") or e.known.shape(key) is not None or "bare" in e.known.usage.of(letter):
        return None
    return e.known.by_members(letter)


def _is_fixed(e: Elaborator, definition: DefinitionFact) -> bool:
    """Whether the choice says that what this model describes does not vary."""
    return (e.choice.data_fixed and has_random_term(definition.right, e.known)) or (
        e.choice.noise_fixed and has_noise(definition.right)
    )


def add_dependence(e: Elaborator, key: str, node: tree.Node) -> None:
    """What the chain says that a symbol just met depends on, for one that is met by its entries."""
    _depend(e, key, _dependence(e, key), node)


def let_depend(e: Elaborator, key: str, parameters: tuple[str, ...], node: tree.Node) -> None:
    """A function whose definition has no reading is a function still: f(x + h) is another value than f(x)."""
    symbol = e.symbols[key]
    if symbol.definition is None and not symbol.depends:
        _depend(e, key, parameters, node)


def let_move(e: Elaborator, key: str, node: tree.Node) -> None:
    """A symbol under a dot depends on time, unless it has a value."""
    symbol = e.symbols[key]
    if symbol.definition is None and not symbol.depends and not symbol.constant:
        _depend(e, key, ("t",), node)


def _dependence(e: Elaborator, key: str) -> tuple[str, ...]:
    """What the chain says; for a vector with an arrow, what it says of the entries f_l; for one z_i of which nothing is
    said by itself, what it says of z."""
    if field := fields.dependence(e, key):
        fields.position(e)
        return field
    table = dict(e.chain.depends)
    entries = key.removeprefix("vec(").removesuffix(")") if key.startswith("vec(") else key.partition("_")[0]
    return table.get(key) or (table.get(entries, ()) if entries not in e.chain.bare else ())


def _whole(e: Elaborator, name: str) -> str:
    """y for the y_i and y_N of a y that is defined by its members."""
    from derivcheck.readings import families

    base, _, index = name.partition("_")
    return base if index and families.is_defined_by_members(e.known, base) else name


def _depend(e: Elaborator, key: str, depends: tuple[str, ...], node: tree.Node) -> None:
    met: list[str] = []
    for name in dict.fromkeys(_whole(e, name) for name in depends):
        if name != key and not _depends_on(e, name, key):
            named_dependency(e, name, node)
            met.append(name)
    if met:
        e.symbols[key] = replace(e.symbols[key], depends=tuple(met))


def _given_since(e: Elaborator, key: str) -> DefinitionFact | None:
    """The definition in force where the claim stands, of a symbol that a definition stated earlier speaks of."""
    if e.known is e.home or key in e.parameters or e.known.at.item >= e.home.at.item:
        return None
    found = e.home.definition(key)
    return found if found is not None and e.known.at.item < found.item <= e.home.at.item else None


def _defining_term(e: Elaborator, key: str, definition: DefinitionFact) -> Term | None:
    """The definition's term; a declared symbol whose definition has no reading stays free: what then holds, holds
    for every value of it, what fails is undecided."""
    try:
        term = definitions.meaning_of(e, key, definition)
    except Unread:
        name = subject(definition.left)
        named = name is not None and isinstance(definition.right, tree.Grid) and lines_of(name, definition.right)
        if not named:  # the names of its columns or rows are read: nothing else is said of it
            e.weakened = f"definition of {key}"
        return None
    return _valued_as_declared(e, key, term) if isinstance(term, Call) and not term.order else term


def _valued_as_declared(e: Elaborator, key: str, term: Call) -> Call:
    """`z = f(Y)` with z declared a scalar: f acts on Y as a whole here, whatever it does elsewhere."""
    fact = e.known.shape(key)
    if fact is None:
        return term
    mark, declared = e.unifier.mark(), shapes.declared_shape(e, fact)
    try:
        e.unifier.unify_shapes(declared, term.shape)
    except Clash:
        e.unifier.reset(mark)
        return replace(term, shape=declared, elementwise=False)
    return term


def named_dependency(e: Elaborator, key: str, node: tree.Node) -> None:
    if key in e.symbols:
        return
    _introduce(e, key, tree.Sym(key, start=node.start, end=node.end))
    by_entries = e.choice.einstein and e.chain.indexed and key not in e.chain.bare
    if by_entries and e.origins[key] == "convention":
        e.symbols[key] = replace(e.symbols[key], shape=shapes.shape_of_kind(e, "column"))
        e.origins[key] = "indices"


def _depends_on(e: Elaborator, key: str, target: str) -> bool:
    table = dict(e.chain.depends)
    seen, stack = set(), [key]
    while stack:
        k = stack.pop()
        if k == target:
            return True
        if k not in seen:
            seen.add(k)
            stack.extend(table.get(k, ()))
    return False


def _agree(e: Elaborator, key: str, found: Shape, item: int = -1) -> Shape:
    """A defined symbol that is also declared has the declared shape; one that is declared where it is defined, at
    `item`, must have it: `J = ∂ρ/∂x ∈ ℝ^{m×n}` tells how the derivative is laid out."""
    fact = e.known.shape(key)
    if fact is not None:
        mark = e.unifier.mark()
        try:
            e.unifier.unify_shapes(shapes.declared_shape(e, fact), found)
        except Clash:
            if fact.item == item and fact.rows and fact.cols:
                raise
            e.unifier.reset(mark)
    return found


def _dotted(e: Elaborator, node: tree.Accent) -> Term | None:
    """ẋ, ẍ: derivatives by time t, unless the document uses the dotted letter as a name."""
    from derivcheck.readings import flows, marks

    order = {"dot": 1, "ddot": 2}.get(node.accent)
    key = symbol_key(node)
    if order is None or (key is not None and e.known.declared(key)):
        return None
    moving = symbol_key(node.body)
    second = key is not None and e.known.definition(rate_key(key)) is not None
    if order == 1 and moving is not None and (second or flows.VELOCITY in e.known.usage.of(moving)):
        return flows.rate_of(e, moving, e.read(node.body), node)
    return marks.time_derivative(e, node.body, order, node)


def _mean(e: Elaborator, node: tree.Accent) -> Term | None:
    """x̄ = (1/n) Σ x_i of a vector x, where the text speaks of means and does not define x̄ otherwise."""
    key, inner = symbol_key(node), symbol_key(node.body)
    if (
        node.accent not in ("bar", "overline")
        or not e.known.topics.means
        or key is None
        or inner is None
        or e.known.declared(key)
    ):
        return None
    if e.known.shape(inner) is None and ":" not in inner:
        inner = f"bf:{inner}"
    if not e.known.is_column(inner):
        return None
    if "added" in e.known.usage.of(key) and "indexed" not in e.known.usage.of(inner):
        return None  # x − x̄ in a text that never writes an entry of x: a mean vector
    vector = variable(e, inner, node.body)
    return e.apply("divide", (e.apply("sum_entries", (vector,), node), Size(vector.shape[0])), node)


def bare_name(e: Elaborator, node: tree.Name) -> Term:
    """A multi-letter upright name used like a symbol."""
    key = symbol_key(node) or node.text
    if e.known.declared(key):
        return variable(e, key, node)
    if node.text.lower() in ("const", "constant"):
        raise Unread("unsupported operator", "an arbitrary constant", node.start, node.end)
    raise Unread("unsupported operator", node.text, node.start, node.end)


def _bare(node: tree.Node) -> tree.Node:
    match node:
        case tree.Script(base=base, sub=sub):
            return tree.Script(base, sub) if sub is not None else base
        case _:
            return node

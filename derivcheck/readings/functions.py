"""Values of functions that the document defines, declares or merely mentions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention, FunctionFact
from derivcheck.context.subjects import symbols_in
from derivcheck.notation import tree
from derivcheck.notation.densities import LETTERS, is_named
from derivcheck.readings import definitions, densities, shapes, symbols
from derivcheck.readings.choices import has_derivative
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import plain
from derivcheck.terms.dim import SCALAR, Shape
from derivcheck.terms.term import Call, Entry, Index, Substitute, Symbol, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def value(e: Elaborator, key: str, node: tree.Node, args: tuple[Term, ...], primes: int = 0) -> Term:
    """`key` at these arguments: by its definition, by what it is said to depend on, or unspecified."""
    if key == e.choice.sigmoid and len(args) == 1 and primes < 2:
        return _sigmoid(e, args[0], primes, node)
    definition = e.known.definition(key) if key not in e.parameters else None
    parameters = definitions.signature(definition.left)[1] if definition is not None else ()
    if definition is not None and (not parameters or len(parameters) == len(args)):
        return _defined(e, key, node, parameters, args, primes)
    if definition is None and _acts_by_entry(e, key, args):
        return _unspecified(e, key, args, primes, node)
    function = e.known.function(key)
    known_args = dict(e.chain.depends).get(key) or (function.args if function is not None else ())
    if known_args and all(isinstance(a, Variable) and a.key in known_args for a in args) and not primes:
        return symbols.variable(e, key, node)
    if known_args and len(known_args) == len(args):
        body: Term = symbols.variable(e, key, node)
        if primes:
            from derivcheck.readings import marks

            body = marks.derivative_by_parameter(e, body, known_args[0], primes, node)
        return substituted(e, body, known_args, args, node)
    if e.known.shape(key) is not None and not primes and all(isinstance(a, Variable) and not a.indices for a in args):
        return _dependent(e, key, tuple(a.key for a in args if isinstance(a, Variable)), node)
    return _unspecified(e, key, args, primes, node)


def _sigmoid(e: Elaborator, argument: Term, primes: int, node: tree.Node) -> Term:
    """s = 1/(1 + e^{-a}) by entries, or s' = s − s∘s."""
    value = e.apply("sigmoid", (argument,), node)
    square = e.apply("hadamard", (value, value), node)
    return e.add([value, e.apply("negate", (square,), node)], node) if primes else value


def _acts_by_entry(e: Elaborator, key: str, args: tuple[Term, ...]) -> bool:
    """Whether the text says so, or primes the function somewhere and gives it a vector here, and no size of values."""
    if len(args) != 1 or e.is_scalar(args[0]):
        return False
    function = e.known.function(key)
    if function is not None and (function.elementwise or function.rows or function.cols):
        return function.elementwise or _entry_by_entry(e, function, args)
    return "primed" in e.known.usage.of(key)


def _dependent(e: Elaborator, key: str, names: tuple[str, ...], node: tree.Node) -> Term:
    """A declared symbol shown with arguments: it depends on them wherever it occurs in the claim."""
    variable = symbols.variable(e, key, node)
    symbol = e.symbols[key]
    if not symbol.depends and key not in names:
        e.symbols[key] = replace(symbol, depends=names)
    return variable


def _defined(
    e: Elaborator, key: str, node: tree.Node, parameters: tuple[str, ...], args: tuple[Term, ...], primes: int
) -> Term:
    from derivcheck.readings import marks

    if parameters and not _same(parameters, args) and not _tells_about_others(e, key, parameters):
        raise Unread("definition unread", f"{key}: tells no more than one value", node.start, node.end)
    if parameters and not primes and (
        _hidden(e, key, parameters) or _entangled(parameters, args) or _of_another_size(e, parameters, args)
    ):
        return definitions.applied(e, key, parameters, args)
    body: Term = symbols.variable(e, key, node)
    if not parameters:
        if all(isinstance(a, Variable) for a in args):
            return body  # the dependence is merely shown
        raise Unread("undefined function", key, node.start, node.end)
    parameters = e.local_parameters.get(key, parameters)
    if not _same(parameters, args):
        symbols.let_depend(e, key, parameters, node)
    argument_is_vector = len(args) == 1 and not e.is_scalar(args[0]) and _parameter_is_scalar(e, key, parameters[0])
    if argument_is_vector and e.is_matrix(args[0]) and not e.known.elementwise(key):
        said = f"{key} applied entry by entry"
        raise Unread("unsupported operator", said, node.start, node.end, broken=True)
    if primes:
        body = marks.derivative_by_parameter(e, body, parameters[0], primes, node)
    if argument_is_vector:
        return _applied_by_entry(e, body, parameters[0], args[0], node)
    if _same(parameters, args):
        return body
    mark = e.unifier.mark()
    try:
        return substituted(e, body, parameters, args, node)
    except Clash:
        if primes:
            raise
        e.unifier.reset(mark)
        value = definitions.applied(e, key, parameters, args)  # Q(Ax) after Q(x) := … for an x of another size
        if e.is_scalar(body) and not e.is_scalar(value):
            raise  # g (xxᵀ − P) after g(x) := exp(xᵀx): a number before a bracket
        return value


def _applied_by_entry(e: Elaborator, body: Term, parameter: str, argument: Term, node: tree.Node) -> Term:
    """Σ_ij f(a_ij) e_i e_jᵀ: a function of numbers, applied to every entry."""
    rows, cols = e.unifier.shape(argument.shape)
    i, j = Index(f"i@{node.start}"), Index(f"j@{node.start}")
    value = Substitute(body, parameter, Entry(argument, i, j), shape=SCALAR, start=node.start, end=node.end)
    return definitions.filled(value, ((i, rows), (j, cols)))


def _same(parameters: tuple[str, ...], args: tuple[Term, ...]) -> bool:
    return all(isinstance(a, Variable) and a.key == p and not a.indices for a, p in zip(args, parameters, strict=True))


def _tells_about_others(e: Elaborator, key: str, parameters: tuple[str, ...]) -> bool:
    """Whether the equation says what the function is elsewhere: `E(\\hat β) = β`, not marked as a definition, does
    not make E(x) = β for every x."""
    fact = e.known.definition(key)
    if fact is None or fact.marked:
        return True
    reached: set[str] = set()
    new = set(symbols_in(fact.right))
    if {plain(p) for p in parameters} & {name.split("_")[0] for name in new}:
        return True  # in another font: a_1 of **a**
    if not new:
        return True  # a number
    while new:
        if new & set(parameters):
            return True
        reached |= new
        step: set[str] = set()
        for name in new:
            meaning, function = e.known.definition(name), e.known.function(name)
            step |= set(symbols_in(meaning.right)) if meaning is not None else set()
            step |= set(function.args) if function is not None else set()
            step |= set(dict(e.chain.depends).get(name, ()))
        new = step - reached
    return False


def _hidden(e: Elaborator, key: str, parameters: tuple[str, ...]) -> bool:
    """Whether a parameter's letter has a value of its own, which the body must not be read with. (A body that
    differentiates by its parameter needs the letter itself.)"""
    fact = e.known.definition(key)
    valued = any(e.home.definition(p) is not None for p in parameters)
    return valued and fact is not None and not has_derivative((fact.right,))


def _entangled(parameters: tuple[str, ...], args: tuple[Term, ...]) -> bool:
    """f(y, x) after f(x, y) := …: an argument mentions the letter of another parameter."""
    return any(
        isinstance(t, Variable) and t.key in parameters and t.key != p
        for p, arg in zip(parameters, args, strict=True)
        for t in subterms(arg)
    )


def _of_another_size(e: Elaborator, parameters: tuple[str, ...], args: tuple[Term, ...]) -> bool:
    """sym(XᵀAX) after sym(A) := …: an argument made of the letter, of another size."""
    for p, arg in zip(parameters, args, strict=True):
        within = [t for t in subterms(arg) if isinstance(t, Variable) and t.key == p and not t.indices]
        alike = within and e.is_matrix(within[0]) == e.is_matrix(arg) and e.is_column(within[0]) == e.is_column(arg)
        if alike and within[0] is not arg and e.unifier.shape(arg.shape) != e.unifier.shape(within[0].shape):
            return True
    return False


def _parameter_is_scalar(e: Elaborator, key: str, parameter: str) -> bool:
    if parameter not in e.symbols:
        return False
    return e.unifier.is_scalar(e.symbols[parameter].shape)


def substituted(e: Elaborator, body: Term, names: tuple[str, ...], args: tuple[Term, ...], node: tree.Node) -> Term:
    """The body with these arguments for its parameters."""
    for name, arg in zip(names, args, strict=True):
        if isinstance(arg, Variable) and arg.key == name and not arg.indices:
            continue
        if name not in e.symbols:
            symbols.named_dependency(e, name, node)
        fitted = e.fit(arg, e.symbols[name].shape)
        body = Substitute(body, name, fitted, shape=body.shape, start=node.start, end=node.end)
    return body


def _codomain(e: Elaborator, key: str) -> tuple[Shape, str]:
    """Values of an unspecified function: a small letter that is not bold is taken for a scalar function."""
    small = ":" not in key and not plain(key)[:1].isupper() and not plain(key)[1:2].isupper()
    if small and e.known.shape(key) is None and e.choice.kind(key) is None and e.known.function(key) is None:
        e.typographic.setdefault(key, "scalar")
        return SCALAR, "convention"
    return shapes.shape_of(e, key, e.known.properties(key))


def _entry_by_entry(e: Elaborator, function: FunctionFact, args: tuple[Term, ...]) -> bool:
    """σ: ℝ → ℝ applied to a vector or matrix."""
    scalar = function.arg_shapes == (("1", "1"),) and (function.rows, function.cols) == ("1", "1")
    return scalar and not e.is_scalar(args[0])


def _in_domain(e: Elaborator, argument: Term, space: tuple[str, str]) -> Term:
    shape = shapes.domain_shape(*space)
    return e.fit(argument, shape) if shape is not None else argument


def _is_density(e: Elaborator, key: str) -> bool:
    """A letter that stands for several functions, told apart by their arguments."""
    hints = e.known.usage.of(key)
    counts = [h for h in hints if h.startswith("arguments ")]
    names = [h for h in hints if h.startswith("of ")]
    return len(counts) > 1 or (key in LETTERS and len(names) > 1)


def _unspecified(e: Elaborator, key: str, args: tuple[Term, ...], primes: int, node: tree.Node) -> Term:
    if is_named(key) and not primes:
        return densities.unspecified(e, key, args, node)
    if _is_density(e, key):
        raise Unread("undefined function", f"{key} stands for several functions", node.start, node.end)
    function = e.known.function(key)
    elementwise = function is not None and function.elementwise
    elementwise = elementwise or _acts_by_entry(e, key, args)
    if function is not None and not elementwise and len(function.arg_shapes) == len(args):
        args = tuple(_in_domain(e, a, shape) for a, shape in zip(args, function.arg_shapes, strict=True))
    if elementwise or (primes and len(args) == 1):
        return Call(key, args, True, primes, shape=args[0].shape, start=node.start, end=node.end)
    if function is None and e.known.has(Convention.ELEMENTWISE_FUNCTIONS) and len(args) == 1:
        return Call(key, args, True, primes, shape=args[0].shape, start=node.start, end=node.end)
    if primes:
        raise Unread("undefined function", key, node.start, node.end)
    shape, _ = _codomain(e, key)
    key_shape = f"()->{key}"
    if key_shape in e.symbols:
        shape = e.symbols[key_shape].shape
    else:
        e.symbols[key_shape] = Symbol(key_shape, shape, latex=key)
    return Call(key, args, shape=shape, start=node.start, end=node.end)

"""Functions: names of the operator table, functions the document defines or mentions, unspecified ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention, FunctionFact
from derivcheck.context.subjects import symbols_in
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.operators.matrix_functions import WHOLE
from derivcheck.operators.table import BY_NOTATION, OPERATORS
from derivcheck.readings import definitions, entries, numbers, scripts, symbols
from derivcheck.readings.choices import has_derivative
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import plain
from derivcheck.terms.dim import SCALAR, Shape
from derivcheck.terms.term import Call, Substitute, Symbol, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_FUNCTION_LETTERS = frozenset("fghFGH") | {
    "\\phi", "\\varphi", "\\psi", "\\sigma", "\\ell", "\\rho", "\\pi", "\\Phi", "\\Psi", "J", "L", "u", "v",
}  # fmt: skip
_INVERSE_NAMES = {
    "sin": "arcsin", "cos": "arccos", "tan": "arctan", "sinh": "arcsinh", "cosh": "arccosh", "tanh": "arctanh",
}  # fmt: skip

_BY_ENTRIES = frozenset({"sin", "cos", "sinh", "cosh"})  # of a matrix, unless that fails


@dataclass(frozen=True, slots=True)
class Head:
    """A named function with what is written on its name: `\\log_2`, `\\sin^2`."""

    name: str
    sub: tree.Node | None = None
    sup: tree.Node | None = None
    primes: int = 0


def function_name(node: tree.Node) -> Head | None:
    """The head when the node is a function name."""
    match node:
        case tree.Name(text=text):
            return Head(text)
        case tree.Script(base=tree.Name(text=text), sub=sub, sup=sup, primes=primes):
            return Head(text, sub, sup, primes)
        case _:
            return None


def fenced(node: tree.Node) -> tuple[tree.Fence | None, tree.Script | None]:
    """The bracket an argument stands in, and the scripts behind it: `(x)`, `(x)^2`."""
    match node:
        case tree.Fence(open="(" | "[" | "{"):
            return node, None
        case tree.Script(base=tree.Fence(open="(" | "[" | "{") as fence):
            return fence, node
        case _:
            return None, None


def rescript(e: Elaborator, value: Term, script: tree.Script) -> Term:
    """`tr(A)^2`, `vec(P)^T`, `diag(x)_{ii}`: scripts behind the bracket belong to the whole call."""
    if script.primes:
        raise Unread("unsupported operator", "prime", script.start, script.end)
    if script.sub is not None:
        items = entries.index_items(script.sub)
        if items is None:
            raise Unread("unsupported operator", "subscript", script.start, script.end)
        value = entries.entry(e, value, tuple(entries.index_term(e, i) for i in items), script)
    if script.sup is None:
        return value
    role = scripts.superscript_role(e, script)
    if role is scripts.Superscript.NAME:
        raise Unread("unsupported operator", "superscript", script.start, script.end)
    return scripts.raised(e, value, script.sup, role, script)


# -- functions of the table -----------------------------------------------------------------------------------


def apply_function(e: Elaborator, head: Head, fence: tree.Fence, node: tree.Node) -> Term:
    body = fence.body
    if isinstance(body, tree.Sequence) and "diag_matrix" in BY_NOTATION.get(head.name, ()):
        # diag(σ_1, …, σ_r): the list is the diagonal
        return _apply(e, head, (e.read(tree.Fence("(", ")", body, start=fence.start, end=fence.end)),), node)
    parts = body.items if isinstance(body, tree.Sequence) else (body,)
    return _apply(e, head, tuple(e.read(p) for p in parts), node)


def apply_to_term(e: Elaborator, head: Head, argument: Term, node: tree.Node) -> Term:
    return _apply(e, head, (argument,), node)


def _apply(e: Elaborator, head: Head, args: tuple[Term, ...], node: tree.Node) -> Term:
    key = head.name
    if e.known.definition(key) is not None or e.known.function(key) is not None:
        return _defined_or_unspecified(e, key, node, args)
    name = head.name
    if head.sup is not None and numbers_text(head.sup) == "-1" and name in _INVERSE_NAMES:
        return _operator(e, _INVERSE_NAMES[name], args, node)
    value = _operator(e, name, args, node, head.sub)
    if head.sup is None:
        return value
    role = scripts.superscript_role(e, tree.Script(tree.Name(name), None, head.sup, start=node.start, end=node.end))
    if role is scripts.Superscript.POWER and not e.is_scalar(value) and _elementwise(name):
        return e.apply("power_elementwise", (value, e.read(head.sup)), node)
    return scripts.raised(e, value, head.sup, role, node)


def _elementwise(name: str) -> bool:
    return any(OPERATORS[o].elementwise for o in BY_NOTATION.get(name, ()))


def numbers_text(node: tree.Node) -> str:
    match node:
        case tree.Num(text=text):
            return text
        case tree.Add(signs=("-",), terms=(tree.Num(text=text),)):
            return "-" + text
        case _:
            return ""


def _operator(e: Elaborator, name: str, args: tuple[Term, ...], node: tree.Node, sub: tree.Node | None = None) -> Term:
    """The operator written `name`, the first of its meanings whose shapes fit."""
    candidates = BY_NOTATION.get(name, ())
    if name == "vec" and len(args) == 1 and e.known.has(Convention.VEC_ROWS):
        args = (e.apply("transpose", args, node),)
    if not candidates:
        raise Unread("unsupported operator", name, node.start, node.end)
    if sub is not None:
        return _with_base(e, name, args, sub, node)
    if len(args) == 1 and name in WHOLE and e.is_matrix(args[0]):
        by_entries = name in _BY_ENTRIES or e.known.has(Convention.ELEMENTWISE_FUNCTIONS)
        if by_entries is e.choice.other_functions:
            return e.apply(WHOLE[name], args, node)
    if name == "softmax" and len(args) == 1 and e.is_matrix(args[0]):
        return e.apply("softmax_rows", args, node)
    failure: Clash | None = None
    for candidate in candidates:
        mark = e.unifier.mark()
        try:
            return e.apply(candidate, args, node)
        except Clash as clash:
            e.unifier.reset(mark)
            failure = failure or clash
    raise failure or Unread("unsupported operator", name, node.start, node.end)


def _with_base(e: Elaborator, name: str, args: tuple[Term, ...], sub: tree.Node, node: tree.Node) -> Term:
    """log_b x = ln x / ln b."""
    if name == "log" and len(args) == 1:
        base = e.read(sub)
        if not e.is_scalar(base):
            raise Unread("unsupported operator", "a logarithm to this base", node.start, node.end)
        return e.apply("divide", (e.apply("log", args, node), e.apply("log", (base,), node)), node)
    raise Unread("unsupported operator", f"{name} with a subscript", node.start, node.end)


# -- functions of the document --------------------------------------------------------------------------------


def is_call(e: Elaborator, head: tree.Node, following: tree.Node) -> bool:
    """Whether `head(…)` is a call: a defined or declared function, several arguments, or a usual function letter."""
    fence, _ = fenced(following)
    if fence is None or not (fence.open == "(" or _is_expectation(e, head) or _is_declared_function(e, head)):
        return False
    primed = isinstance(head, tree.Script) and head.primes > 0 and not _is_transposed(e, head)
    if primed and isinstance(head, tree.Script) and _is_symbol_of_its_own(e, head):
        return False
    if _is_extreme(head) or _is_expectation(e, head) or _is_gamma(e, head):
        return True
    base = _name_of(head)
    if isinstance(head, tree.Script) and head.sup is not None and base is not head:
        return False
    key = symbol_key(base)
    if key is None or key in e.bound or e.known.is_dimension(key):
        return False
    key = e.known.alias(key)
    definition = e.known.definition(key)
    if definition is not None:
        applied = "primed" in e.known.usage.of(key)  # h'(s) somewhere: h is a function, whatever defined it
        return bool(definitions.target(definition.left)[1]) or applied or _repeats_parameter(e, key, fence)
    if e.known.function(key) is not None or primed:
        return True
    if component_of(e, base) is not None or _is_member_function(e, base):
        return True
    if dict(e.chain.depends).get(key) and _arguments_are(e, fence, dict(e.chain.depends)[key]):
        return True
    shape = e.known.shape(key)
    if shape is None and "primed" in e.known.usage.of(key) and not e.known.has(Convention.PRIME_TRANSPOSE):
        return True  # b(x) beside b'(x)
    if isinstance(fence.body, tree.Sequence):
        return plain(key) not in ("d",)
    if shape is not None and shape.kind != "scalar":
        return _column_of_column(e, shape.kind, fence)
    return (
        (plain(key) in _FUNCTION_LETTERS or key in _FUNCTION_LETTERS)
        and shape is None
        and "called" in e.known.usage.of(key)
    )


def has_signature(e: Elaborator, head: tree.Node) -> bool:
    """Whether the text says between which spaces `head` maps: then a bracket behind it is never a factor."""
    key = symbol_key(head)
    function = e.known.function(e.known.alias(key)) if key is not None else None
    return function is not None and bool(function.arg_shapes)


def _is_member_function(e: Elaborator, base: tree.Node) -> bool:
    """V_{t+1} after `V_t(x) = …`."""
    letter = symbol_key(base.base) if isinstance(base, tree.Script) else None
    fact = e.known.by_members(letter) if letter is not None else None
    return fact is not None and bool(definitions.target(fact.left)[1])


def _is_symbol_of_its_own(e: Elaborator, head: tree.Script) -> bool:
    """S'(a - b) where S' (or the S_i') is declared or defined, and not as a function."""
    whole, family = symbol_key(head), symbol_key(tree.Script(head.base, primes=head.primes))
    definition = e.known.definition(whole) if whole is not None else None
    if definition is not None:
        return not definitions.target(definition.left)[1]
    if family is not None and head.sub is not None and (fact := e.known.by_members(family)) is not None:
        return not definitions.target(fact.left)[1]
    return whole is not None and e.known.declared(whole) and e.known.function(whole) is None


def _is_transposed(e: Elaborator, head: tree.Script) -> bool:
    """X'(y - Xb) where primes are transposes; f'(x) of a usual function letter stays a derivative."""
    if head.primes != 1 or not e.known.has(Convention.PRIME_TRANSPOSE):
        return False
    key = symbol_key(head.base)
    return key is None or not (key in _FUNCTION_LETTERS and plain(key).islower())


def _is_declared_function(e: Elaborator, head: tree.Node) -> bool:
    """g of `g[f(x)]`: said to be a function, or defined with a parameter."""
    key = symbol_key(head) if isinstance(head, tree.Sym) else None
    definition = e.known.definition(key) if key is not None else None
    said = key is not None and e.known.function(key) is not None
    return said or (definition is not None and bool(definitions.target(definition.left)[1]))


def power_of_call(e: Elaborator, head: tree.Node, following: tree.Node) -> Term | None:
    """`g^2(x)` of a function g: the square of g(x)."""
    match head:
        case tree.Script(base=tree.Sym() as base, sub=None, sup=tree.Num(text=text), primes=0) if text.isdigit():
            fence, script = fenced(following)
            plainly = fence is not None and script is None and _is_declared_function(e, base)
            if not plainly or not is_call(e, base, following):
                return None
            return numbers.power(e, call(e, base, following), numbers.number(int(text)), head)
        case _:
            return None


def _is_gamma(e: Elaborator, head: tree.Node) -> bool:
    """Γ(x) where Γ is not declared as anything else."""
    known = e.known
    return (
        head == tree.Sym("\\Gamma")
        and not known.declared("\\Gamma")
        and not known.usage.of("\\Gamma") & {"matrix", "nonscalar"}
    )


def _is_expectation(e: Elaborator, head: tree.Node) -> bool:
    """𝔼[…], E[…], ℙ(…)."""
    base = head.base if isinstance(head, tree.Script) else head
    key = symbol_key(base)
    if key in ("bb:E", "bb:P", "bb:V", "rm:E", "sf:E"):
        return True
    return key in ("E", "bf:E") and not e.known.declared(key) and "called" in e.known.usage.of(key)


def _is_extreme(head: tree.Node) -> bool:
    """λ_max, σ_min, …"""
    match head:
        case tree.Script(
            base=tree.Sym(name="\\lambda" | "\\sigma" | "\\mu"), sub=tree.Name(text=text) | tree.Words(text=text)
        ):
            return text.strip() in ("max", "min")
        case tree.Script(base=tree.Sym(name="\\lambda" | "\\sigma" | "\\mu"), sub=tree.Big(op="max" | "min")):
            return True
        case _:
            return False


_DENSITY_LETTERS = frozenset({"p", "P", "q", "\\Pr", "bb:P", "cal:P", "rm:P"})


def _is_density(e: Elaborator, key: str) -> bool:
    """A letter that stands for several functions, told apart by their arguments."""
    hints = e.known.usage.of(key)
    counts = [h for h in hints if h.startswith("arguments ")]
    names = [h for h in hints if h.startswith("of ")]
    return len(counts) > 1 or (key in _DENSITY_LETTERS and len(names) > 1)


def _column_of_column(e: Elaborator, kind: str, fence: tree.Fence) -> bool:
    """`y(x)` for two columns cannot be a product: y depends on x."""
    argument = symbol_key(fence.body)
    if kind not in ("column", "vector") or argument is None:
        return False
    other = e.known.shape(e.known.alias(argument))
    return other is not None and other.kind in ("column", "vector")


def _repeats_parameter(e: Elaborator, key: str, fence: tree.Fence) -> bool:
    """`S(x)` after `S = …x…` was defined without parameter: the dependence is merely shown."""
    if isinstance(fence.body, tree.Sequence):
        return all(symbol_key(item) is not None for item in fence.body.items)
    return symbol_key(fence.body) is not None and "called" in e.known.usage.of(key)


def _arguments_are(e: Elaborator, fence: tree.Fence, keys: tuple[str, ...]) -> bool:
    parts = fence.body.items if isinstance(fence.body, tree.Sequence) else (fence.body,)
    found = [_head_key(p) for p in parts]
    return bool(keys) and all(k in keys for k in found)


def _head_key(node: tree.Node) -> str | None:
    """x, or y of `y(x)`."""
    match node:
        case tree.Juxt(items=(head, tree.Fence(open="("))):
            return symbol_key(head)
        case _:
            return symbol_key(node)


def _name_of(head: tree.Node) -> tree.Node:
    """The name of what is called: without primes and exponents, labels such as `(t)` kept."""
    match head:
        case tree.Script(sup=tree.Fence(open="("), primes=0):
            return head
        case tree.Script(base=base, sub=None):
            return base
        case tree.Script(base=base, sub=sub):
            return tree.Script(base, sub, start=head.start, end=head.end)
        case _:
            return head


def call(e: Elaborator, head: tree.Node, following: tree.Node) -> Term:
    """head(arguments), scripts behind the bracket included."""
    fence, script = fenced(following)
    assert fence is not None
    primes = head.primes if isinstance(head, tree.Script) else 0
    base = _name_of(head)
    key = symbol_key(base)
    assert key is not None
    if component_of(e, base) is not None and not primes:
        value = _component(e, base, fence)
        return value if script is None else rescript(e, value, script)
    key = e.known.alias(key)
    parts = fence.body.items if isinstance(fence.body, tree.Sequence) else (fence.body,)
    if isinstance(fence.body, tree.Sequence) and any(s not in (",", ";") for s in fence.body.separators):
        raise Unread("unsupported operator", "a conditional", head.start, head.end)
    if _is_gamma(e, head) and not primes:
        value = e.apply("gamma", tuple(e.read(p) for p in parts), head)
        return value if script is None else rescript(e, value, script)
    if _is_expectation(e, head):
        raise Unread("unsupported operator", "an expectation", head.start, head.end)
    if _is_extreme(head):
        raise Unread("unsupported operator", "an extreme eigenvalue or singular value", head.start, head.end)
    if len(parts) == 1 and _is_placeholder(parts[0]):
        raise Unread("unsupported operator", "placeholder argument", head.start, head.end)
    args = tuple(e.read(p) for p in parts)
    member = None if primes else _member_called(e, base, args)
    value = member or _defined_or_unspecified(e, key, base, args, primes)
    return value if script is None else rescript(e, value, script)


def component_of(e: Elaborator, head: tree.Node) -> str | None:
    """r of `r_i(x)` where r is declared with values in ℝᵐ and r_i is not declared by itself."""
    match head:
        case tree.Script(base=letter, sub=sub, sup=None, primes=0) if sub is not None:
            key, whole = symbol_key(letter), symbol_key(head)
            if key is None or (whole is not None and e.known.declared(whole)):
                return None
            function = e.known.function(e.known.alias(key))
            vector = function is not None and function.rows not in ("", "1") and function.cols == "1"
            return key if vector and len(entries.index_items(sub) or ()) == 1 else None
        case _:
            return None


def _component(e: Elaborator, head: tree.Node, fence: tree.Fence) -> Term:
    """r_i(x), the i-th entry of r(x)."""
    assert isinstance(head, tree.Script) and head.sub is not None
    items = entries.index_items(head.sub)
    assert items is not None
    return entries.entry(e, call(e, head.base, fence), tuple(entries.index_term(e, i) for i in items), head)


def _member_called(e: Elaborator, base: tree.Node, args: tuple[Term, ...]) -> Term | None:
    """`V_{t+1}(Ax)` after `V_t(x) = …`."""
    from derivcheck.readings import indices

    letter = symbol_key(base.base) if isinstance(base, tree.Script) else None
    if letter is None or not isinstance(base, tree.Script) or base.sub is None:
        return None
    return indices.defined_member(e, letter, base.sub, args)


def _is_placeholder(node: tree.Node) -> bool:
    return isinstance(node, tree.Sym) and node.name == "\\cdot"


def _defined_or_unspecified(e: Elaborator, key: str, node: tree.Node, args: tuple[Term, ...], primes: int = 0) -> Term:
    definition = e.known.definition(key) if key not in e.parameters else None
    parameters = definitions.target(definition.left)[1] if definition is not None else ()
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
        return _substituted(e, body, known_args, args, node)
    if e.known.shape(key) is not None and not primes and all(isinstance(a, Variable) and not a.indices for a in args):
        return _dependent(e, key, tuple(a.key for a in args if isinstance(a, Variable)), node)
    return _unspecified(e, key, args, primes, node)


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
    if parameters and not primes and (_hidden(e, key, parameters) or _entangled(parameters, args)):
        return definitions.applied(e, key, parameters, args)
    body: Term = symbols.variable(e, key, node)
    if not parameters:
        if all(isinstance(a, Variable) for a in args):
            return body  # the dependence is merely shown
        raise Unread("undefined function", key, node.start, node.end)
    parameters = e.local_parameters.get(key, parameters)
    argument_is_vector = len(args) == 1 and not e.is_scalar(args[0]) and _parameter_is_scalar(e, key, parameters[0])
    if argument_is_vector:
        raise Unread("unsupported operator", f"{key} applied entry by entry", node.start, node.end)
    if primes:
        body = marks.derivative_by_parameter(e, body, parameters[0], primes, node)
    if _same(parameters, args):
        return body
    mark = e.unifier.mark()
    try:
        return _substituted(e, body, parameters, args, node)
    except Clash:
        if primes:
            raise
        e.unifier.reset(mark)
        return definitions.applied(e, key, parameters, args)  # Q(Ax) after Q(x) := … for an x of another size


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


def _parameter_is_scalar(e: Elaborator, key: str, parameter: str) -> bool:
    if parameter not in e.symbols:
        return False
    return e.unifier.is_scalar(e.symbols[parameter].shape)


def _substituted(e: Elaborator, body: Term, names: tuple[str, ...], args: tuple[Term, ...], node: tree.Node) -> Term:
    for name, arg in zip(names, args, strict=True):
        if isinstance(arg, Variable) and arg.key == name and not arg.indices:
            continue
        if name not in e.symbols:
            symbols.named_dependency(e, name, node)
        value = e.fit(arg, e.symbols[name].shape)
        body = Substitute(body, name, value, shape=body.shape, start=node.start, end=node.end)
    return body


def _codomain(e: Elaborator, key: str) -> tuple[Shape, str]:
    """Values of an unspecified function: a small letter that is not bold is taken for a scalar function."""
    small = ":" not in key and not plain(key)[:1].isupper() and not plain(key)[1:2].isupper()
    if small and e.known.shape(key) is None and key not in dict(e.choice.kinds) and e.known.function(key) is None:
        e.typographic.setdefault(key, "scalar")
        return SCALAR, "convention"
    return symbols.shape_of(e, key, e.known.properties(key))


def _entry_by_entry(e: Elaborator, function: FunctionFact, args: tuple[Term, ...]) -> bool:
    """σ: ℝ → ℝ applied to a vector or matrix."""
    scalar = function.arg_shapes == (("1", "1"),) and (function.rows, function.cols) == ("1", "1")
    return scalar and not e.is_scalar(args[0])


def _in_domain(e: Elaborator, argument: Term, space: tuple[str, str]) -> Term:
    shape = symbols.domain_shape(*space)
    return e.fit(argument, shape) if shape is not None else argument


def _unspecified(e: Elaborator, key: str, args: tuple[Term, ...], primes: int, node: tree.Node) -> Term:
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

"""Named functions of the operator table: `\\log_2 x`, `\\sin^2 x`, `\\operatorname{diag}(a, b)`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.operators.matrix_functions import WHOLE
from derivcheck.operators.table import BY_NOTATION, OPERATORS
from derivcheck.readings import definitions, functions, scripts
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.superscripts import Superscript, superscript_role
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Index, Substitute, Symbol, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_INVERSE_NAMES = {
    "sin": "arcsin", "cos": "arccos", "tan": "arctan", "sinh": "arcsinh", "cosh": "arccosh", "tanh": "arctanh",
}  # fmt: skip
_RUNNING = frozenset("ijklmnt")
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


def apply_function(e: Elaborator, head: Head, fence: tree.Fence, node: tree.Node) -> Term:
    body = fence.body
    if isinstance(body, tree.Sequence) and "diag_matrix" in BY_NOTATION.get(head.name, ()):
        # diag(σ_1, …, σ_r): the list is the diagonal
        return _apply(e, head, (e.read(tree.Fence("(", ")", body, start=fence.start, end=fence.end)),), node)
    listed = isinstance(body, tree.Sequence) and all(s == "," for s in body.separators)
    if (listed or fence.open == "[") and _takes_one_matrix(head.name):
        return _apply(e, head, (e.read(replace(fence, open="[", close="]")),), node)  # det[a b c], det(a, b, c)
    if "diag_matrix" in BY_NOTATION.get(head.name, ()) and (entries := _run_through(e, body)) is not None:
        return _apply(e, head, (entries,), node)
    parts = body.items if isinstance(body, tree.Sequence) else (body,)
    return _apply(e, head, tuple(e.read(p) for p in parts), node)


def _run_through(e: Elaborator, body: tree.Node) -> Term | None:
    """The vector of p_i(1 − p_i), i = 1, 2, …: nobody takes the diagonal of a number."""
    below = (n.sub for n in subtrees(body) if isinstance(n, tree.Script) and n.sub is not None)
    letters = {symbol_key(sub) or "" for sub in below}
    letter = next(iter(letters)) if len(letters) == 1 else ""
    if letter not in _RUNNING or letter in e.bound or e.known.is_dimension(letter):
        return None
    with e.binding(letter):
        entry = e.read(body)
        if not e.is_scalar(entry) or not any(isinstance(t, Index) and t.name == letter for t in subterms(entry)):
            return None
        return definitions.filled(entry, ((Index(letter), e.index_range(letter)),))


def _takes_one_matrix(name: str) -> bool:
    """Whether several arguments of the function can only be the blocks of one."""
    operators = [OPERATORS[o] for o in BY_NOTATION.get(name, ())]
    inputs = [s.inputs for o in operators for s in o.signatures]
    return bool(inputs) and all(len(i) == 1 and i[0] != SCALAR for i in inputs) and not any(
        o.elementwise for o in operators
    )


def apply_to_term(e: Elaborator, head: Head, argument: Term, node: tree.Node) -> Term:
    return _apply(e, head, (argument,), node)


def _apply(e: Elaborator, head: Head, args: tuple[Term, ...], node: tree.Node) -> Term:
    key = head.name
    if e.known.definition(key) is not None or e.known.function(key) is not None:
        return functions.value(e, key, node, args)
    name = head.name
    if head.primes:
        return _derived(e, head, args, node)
    if head.sup is not None and _text_of_number(head.sup) == "-1" and name in _INVERSE_NAMES:
        return _operator(e, _INVERSE_NAMES[name], args, node)
    value = _operator(e, name, args, node, head.sub)
    if head.sup is None:
        return value
    role = superscript_role(e, tree.Script(tree.Name(name), None, head.sup, start=node.start, end=node.end))
    if role is Superscript.POWER and not e.is_scalar(value) and _elementwise(name):
        return e.apply("power_elementwise", (value, e.read(head.sup)), node)
    return scripts.raised(e, value, head.sup, role, node)


def _derived(e: Elaborator, head: Head, args: tuple[Term, ...], node: tree.Node) -> Term:
    """\\tanh'(t): the derivative of a function of one number, at its argument."""
    from derivcheck.readings import marks

    if head.sup is not None or len(args) != 1 or not e.is_scalar(args[0]):
        raise Unread("unsupported operator", f"{head.name}'", node.start, node.end)
    parameter = f"t@{head.name}"
    e.symbols[parameter] = Symbol(parameter, SCALAR, latex="t")
    body = _operator(e, head.name, (Variable(parameter, shape=SCALAR),), node, head.sub)
    body = marks.derivative_by_parameter(e, body, parameter, head.primes, node)
    return Substitute(body, parameter, args[0], shape=body.shape, start=node.start, end=node.end)


def _elementwise(name: str) -> bool:
    return any(OPERATORS[o].elementwise for o in BY_NOTATION.get(name, ()))


def _text_of_number(node: tree.Node) -> str:
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

"""Is `head(…)` a call or a product? By what the document says of the head, and how it uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention, ShapeFact
from derivcheck.notation import tree
from derivcheck.notation.densities import is_named
from derivcheck.notation.keys import rate_key, symbol_key
from derivcheck.notation.moments import SIGNS
from derivcheck.notation.transposes import USUAL_TRANSPOSES
from derivcheck.notation.walk import subtrees
from derivcheck.readings import definitions, entries, extremes, partials
from derivcheck.readings.known import plain

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_FUNCTION_LETTERS = frozenset("fghFGH") | {
    "\\phi", "\\varphi", "\\psi", "\\sigma", "\\ell", "\\rho", "\\pi", "\\Phi", "\\Psi", "J", "L", "u", "v",
}  # fmt: skip


def fenced(node: tree.Node) -> tuple[tree.Fence | None, tree.Script | None]:
    """The bracket an argument stands in, and the scripts behind it: `(x)`, `(x)^2`."""
    match node:
        case tree.Fence(open="(" | "[" | "{"):
            return node, None
        case tree.Script(base=tree.Fence(open="(" | "[" | "{") as fence):
            return fence, node
        case _:
            return None, None


def is_call(e: Elaborator, head: tree.Node, following: tree.Node) -> bool:
    """Whether `head(…)` is a call: a defined or declared function, several arguments, or a usual function letter."""
    fence, _ = fenced(following)
    if fence is None or not (fence.open == "(" or is_expectation(e, head) or is_declared_function(e, head)):
        return False
    if e.choice.fields and any(n == tree.Sym("\\nabla") for n in subtrees(fence.body)):
        return False  # F (∇·G)
    primed = isinstance(head, tree.Script) and head.primes > 0 and not _is_transposed(e, head)
    if primed and isinstance(head, tree.Script) and _is_symbol_of_its_own(e, head):
        return False
    if extremes.operator_of(head) is not None or is_expectation(e, head) or is_gamma(e, head):
        return True
    base = name_of(head)
    if isinstance(head, tree.Script) and base is not head and (head.sup is not None or _is_transposed(e, head)):
        return False
    key = symbol_key(base)
    if key is None or key in e.bound:
        return False
    if is_named(key):
        return True
    key = e.known.alias(key)
    definition = e.known.definition(key)
    if e.known.is_dimension(key) and (definition is None or not definitions.target(definition.left)[1]):
        return False
    if definition is not None:
        applied = "primed" in e.known.usage.of(key)  # h'(s) somewhere: h is a function, whatever defined it
        return bool(definitions.target(definition.left)[1]) or applied or _repeats_parameter(e, key, fence)
    if e.known.function(key) is not None or primed:
        return True
    if partials.partial(e.known, base) is not None:
        return True
    if component_of(e, base) is not None or _is_member_function(e, base):
        return True
    if dict(e.chain.depends).get(key) and _arguments_are(e, fence, dict(e.chain.depends)[key]):
        return True
    shape = e.known.shape(key)
    if shape is None and "primed" in e.known.usage.of(key) and not e.known.has(Convention.PRIME_TRANSPOSE):
        return True  # b(x) beside b'(x)
    if shows_state(e, key, fence):
        return True
    if isinstance(fence.body, tree.Sequence):
        return plain(key) not in ("d",)
    if isinstance(fence.body, tree.Sym | tree.Accent):  # nobody puts a single factor into brackets
        if shape is not None or e.known.declared(e.known.alias(symbol_key(fence.body) or "")):
            return True  # L(W) of "the scalar loss L", R(n) of "a unit vector n"
    if shape is not None and shape.kind != "scalar":
        return _column_of_column(e, shape, fence)
    return (
        (plain(key) in _FUNCTION_LETTERS or key in _FUNCTION_LETTERS)
        and shape is None
        and "called" in e.known.usage.of(key)
        and not _holds_transposed(key, fence)
    )


def _holds_transposed(key: str, fence: tree.Fence) -> bool:
    """v (v^T v): what is transposed within the bracket is no function before it."""
    scripts = (n for n in subtrees(fence.body) if isinstance(n, tree.Script) and n.sup is not None)
    return any(symbol_key(n.base) == key and symbol_key(n.sup or n.base) in USUAL_TRANSPOSES for n in scripts)


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
    """X'(y - Xb) where primes are transposes; f'(x) of a usual function letter stays a derivative, unless it is a
    factor elsewhere: u'Ru."""
    if head.primes != 1 or not e.known.has(Convention.PRIME_TRANSPOSE):
        return False
    key = symbol_key(head.base)
    return not names_a_function(key) or "transposed factor" in e.known.usage.of(key or "")


def names_a_function(key: str | None) -> bool:
    """Whether the letter is a usual one of functions of one variable: its prime is a derivative."""
    return key is not None and key in _FUNCTION_LETTERS and plain(key).islower()


def is_declared_function(e: Elaborator, head: tree.Node) -> bool:
    """g of `g[f(x)]`: said to be a function, or defined with a parameter."""
    key = symbol_key(head) if isinstance(head, tree.Sym) else None
    definition = e.known.definition(key) if key is not None else None
    said = key is not None and e.known.function(key) is not None
    return said or (definition is not None and bool(definitions.target(definition.left)[1]))


def is_gamma(e: Elaborator, head: tree.Node) -> bool:
    """Γ(x) where Γ is not declared as anything else."""
    known = e.known
    return (
        head == tree.Sym("\\Gamma")
        and not known.declared("\\Gamma")
        and not known.usage.of("\\Gamma") & {"matrix", "nonscalar"}
    )


def is_expectation(e: Elaborator, head: tree.Node) -> bool:
    """𝔼[…], E[…], ℙ(…)."""
    base = head.base if isinstance(head, tree.Script) else head
    key = symbol_key(base)
    if key in SIGNS:
        return True
    spoken_of = "called" in e.known.usage.of(key) or e.known.topics.chances if key is not None else False
    return key in ("E", "bf:E") and spoken_of and not e.known.declared(key)


def _column_of_column(e: Elaborator, shape: ShapeFact, fence: tree.Fence) -> bool:
    """`y(x)` for two columns cannot be a product: y depends on x."""
    argument = symbol_key(fence.body)
    return shape.is_column and argument is not None and e.known.is_column(e.known.alias(argument))


def shows_state(e: Elaborator, key: str, fence: tree.Fence) -> bool:
    """`M(q)`, `C(q, q̇)` of what stands without arguments as well, never with others or a prime, where q moves: the
    dependence is merely shown."""
    items = fence.body.items if isinstance(fence.body, tree.Sequence) else (fence.body,)
    names = [n for item in items if (n := symbol_key(item)) is not None]
    hints = e.known.usage.of(key)
    ways = [h for h in hints if h.startswith(("shown with ", "called with "))]
    moving = (rate_key(n.removeprefix("dot(").removesuffix(")")) for n in names)
    return (
        len(names) == len(items)
        and not names_a_function(key)
        and "bare" in hints
        and "primed" not in hints  # V(r) beside V'(r) is a function
        and ways == [f"shown with {', '.join(names)}"]
        and all(e.known.usage.of(rate) for rate in moving)
    )


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


def name_of(head: tree.Node) -> tree.Node:
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

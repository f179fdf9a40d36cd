"""A transpose written out: (A B)ᵀ as Bᵀ Aᵀ, (A + B)ᵀ as Aᵀ + Bᵀ, (2 H diag(w))ᵀ as 2 diag(w) Hᵀ."""

from __future__ import annotations

from dataclasses import replace

from derivcheck.diagnose.groups import groups, item_of
from derivcheck.diagnose.places import is_inverse, is_mark, is_operator, is_transpose, negated
from derivcheck.diagnose.primes import PRIME
from derivcheck.diagnose.variant import Scene
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees

_SYMMETRIC = frozenset({"symmetric", "spd", "psd", "diagonal", "projection"})
_IDENTITIES = frozenset({"I", "bf:I", "rm:I", "sf:I"})
_ENTRYWISE = frozenset({"\\otimes", "\\odot", "\\circ"})  # the transpose goes to each operand
_SCALARS = frozenset({"tr", "det", "log", "ln", "exp", "rank"})


def transposed(node: tree.Node, scene: Scene) -> tree.Node | None:
    """The node's transpose without a mark on a bracket; None when it is not written out by these rules."""
    match node:
        case tree.Num():
            return node
        case tree.Add(terms=terms):
            each = [transposed(t, scene) for t in terms]
            return None if None in each else replace(node, terms=tuple(t for t in each if t is not None))
        case tree.Infix(op=op, left=left, right=right) if op in _ENTRYWISE:
            one, other = transposed(left, scene), transposed(right, scene)
            return None if one is None or other is None else replace(node, left=one, right=other)
        case tree.Fence(open="(" | "[", body=body):
            inner = transposed(body, scene)
            return None if inner is None else replace(node, body=inner)
        case tree.Juxt():
            return _product(node, scene)
        case tree.Script():
            return _script(node, scene)
        case tree.Sym() | tree.Accent():
            return node if is_own_transpose(node, scene) else tree.Script(node, None, scene.transpose)
        case _:
            return None


def _product(node: tree.Juxt, scene: Scene) -> tree.Node | None:
    """Numbers and scalars in front stay there; the other factors change their order."""
    if any(is_operator(n) for n in subtrees(node)):
        return None
    front: list[tree.Node] = []
    back: list[tree.Node] = []
    for i, j in groups(node.items, scene.known):
        part = node.items[i:j]
        if not back and _is_scalar(part[0], scene):
            front += part
            continue
        if j == i + 1:
            other = transposed(part[0], scene)
            if other is None:
                return None
            back[:0] = other.items if isinstance(other, tree.Juxt) else (other,)
        elif part[0] == tree.Name("diag"):
            back[:0] = part
        else:
            return None
    return item_of((*front, *back))


def _script(node: tree.Script, scene: Scene) -> tree.Node | None:
    sup = node.sup
    if sup is None:
        return node if is_own_transpose(node, scene) else replace(node, sup=scene.transpose)
    if is_transpose(sup):
        return node.base if node.sub is None else replace(node, sup=None)
    if is_inverse(sup) or is_transpose(negated(sup)):
        if isinstance(node.base, tree.Fence):
            inner = transposed(node.base, scene)
            return None if inner is None or not is_inverse(sup) else replace(node, base=inner)
        if is_own_transpose(node.base, scene):
            return node
        if is_inverse(sup) and scene.transpose == PRIME:
            primed = tree.Script(node.base, node.sub, PRIME)
            return replace(node, base=tree.Fence("(", ")", primed), sub=None)
        marked = tree.Num("1") if not is_inverse(sup) else scene.transpose
        return replace(node, sup=tree.Add(("-",), (marked,), True))
    return node if not is_mark(sup) and is_own_transpose(node.base, scene) else None


def is_own_transpose(node: tree.Node, scene: Scene) -> bool:
    """A scalar, an identity, or a symbol that the text calls symmetric."""
    key = symbol_key(node)
    letter = symbol_key(node.base) if isinstance(node, tree.Script) else key
    if letter in _IDENTITIES or _is_scalar(node, scene):
        return True
    return key is not None and bool(scene.known.properties(key) & _SYMMETRIC)


def _is_scalar(node: tree.Node, scene: Scene) -> bool:
    match node:
        case tree.Num() | tree.Frac(num=tree.Num(), den=tree.Num()):
            return True
        case tree.Script(base=base, sub=None):
            return _is_scalar(base, scene)
        case tree.Name(text=text):
            return text in _SCALARS
        case _:
            key = symbol_key(node)
            shape = scene.known.shape(key) if key is not None else None
            return key in scene.known.dimension_names or (shape is not None and shape.kind == "scalar")

"""Formulas that can be read in one way only, but for the kinds of their letters."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.moments import COVARIANCES, VARIANCES
from derivcheck.notation.transposes import TRANSPOSES
from derivcheck.notation.walk import subtrees
from derivcheck.readings.known import Known


def is_plain(root: tree.Node, known: Known, listed: bool) -> bool:
    """Whether nothing in it may be read in yet another way: no words, lists, operators, moments of what may be random,
    or letters before a bracket that may be functions. What is written out may be an example of its own, unless the
    text says how large it is (`listed`)."""
    if root == tree.Sym("\\pi"):
        return False  # what stands for a side is a distribution or a permutation, hardly the number
    pairs = 0
    for node in subtrees(root):
        match node:
            case tree.Fence(open="<", close=">"):
                pairs += 1
            case tree.Sequence():
                pairs -= 1
            case tree.Dots() | tree.Grid() if listed:
                pass
            case tree.Opaque() | tree.Words() | tree.Dots() | tree.Grid() | tree.Script(base=tree.Num()):
                return False
            case tree.Script(base=tree.Sym(name="I"), sub=tree.Num()):  # a current, an integral, an identity
                return False
            case tree.Script(sup=tree.Sym(name=name)) if name not in TRANSPOSES:  # a label or a power
                return False
            case tree.Frac(den=tree.Script(base=base, sup=tree.Sym(name="T"))) if _unsaid(base, known):
                return False  # nothing is divided by a transpose: here T is a label
            case tree.Name(text=text) if text in VARIANCES | COVARIANCES:
                return False
            case tree.Juxt(items=items):
                if any(_may_call(a, b, known) or _may_act(a, b, known) for a, b in pairwise(items)):
                    return False
            case tree.Infix() if has_asterisk(node):
                return False
            case tree.Infix(op=":" | "\\otimes") | tree.Script(base=tree.Fence(open="<")):
                return False  # of tensors of any order
            case tree.Accent(accent="dot" | "ddot"):  # a rate, or a name
                return False
            case tree.Sym(name="\\partial" | "d" | "\\delta" | "\\Delta" | "D"):
                return False
            case _:
                pass
    return pairs == 0


_ASTERISKS = frozenset({"*", "\\ast", "\\star"})


def has_asterisk(root: tree.Node) -> bool:
    """Whether an asterisk stands between factors: that of Khatri and Rao, a convolution, a product by entries."""
    return any(isinstance(n, tree.Infix) and n.op in _ASTERISKS for n in subtrees(root))


def _unsaid(base: tree.Node, known: Known) -> bool:
    """A letter of which the text does not say what it is."""
    key = symbol_key(base)
    return key is not None and not known.declared(key)


def _may_call(head: tree.Node, following: tree.Node, known: Known) -> bool:
    """A letter before a bracket, of which the text does not say that it is a function, a matrix or a number."""
    inner = following.base if isinstance(following, tree.Script) else following
    if not isinstance(inner, tree.Fence) or not isinstance(head, tree.Sym | tree.Script | tree.Accent):
        return False
    base = head.base if isinstance(head, tree.Script) else head
    keys = [k for k in (symbol_key(head), symbol_key(base)) if k is not None]
    return not any(known.function(k) is not None or known.shape(k) is not None for k in keys)


def _may_act(head: tree.Node, following: tree.Node, known: Known) -> bool:
    """∇ before anything but a function that the text declares."""
    key = symbol_key(following)
    return head == tree.Sym("\\nabla") and (key is None or known.function(key) is None)


def names_members(roots: tuple[tree.Node, ...], known: Known) -> bool:
    """X beside X_1: an entry, a row, a column or a block of it, or another matrix."""
    nodes = [n for root in roots for n in subtrees(root)]
    scripts = [n for n in nodes if isinstance(n, tree.Script) and n.sub is not None]
    indexed = [symbol_key(n.base) for n in scripts if not known.declared(symbol_key(replace(n, sup=None)) or "")]
    bare = {id(n) for n in nodes if isinstance(n, tree.Sym | tree.Accent)} - {id(n.base) for n in scripts}
    return any(id(n) in bare and symbol_key(n) in indexed for n in nodes if isinstance(n, tree.Sym | tree.Accent))

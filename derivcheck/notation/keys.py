"""Keys: when are two occurrences the same symbol? A key is a deterministic string.

    x, X, \\Sigma          a letter or symbol command, in the usual font or italic
    bf:X  cal:K  rm:d      any other font; upright digits too: bf:1, bb:1
    hat(x)  bar(bf:x)      accents; the wide ones are the narrow ones
    x'  x''                primes
    x_1  H_{ab}  x_{max}   subscripts as text; x_{\\mathrm{max}}, x_{\\text{max}} and x_{max} agree
    x^*  x^+  x^{(k)}      superscripts that are marks or labels; x^\\ast is x^*
    loss                   an upright word

Order within a key: base, primes, subscript, superscript. Powers, transposes and inverses belong to no key.
"""

from __future__ import annotations

from derivcheck.notation.printer import to_latex
from derivcheck.notation.tree import (
    Accent,
    Add,
    Dots,
    Empty,
    Fence,
    Infix,
    Juxt,
    Name,
    Node,
    Num,
    Rel,
    Script,
    Sequence,
    Sym,
    Words,
)
from derivcheck.notation.walk import subtrees

_PLAIN = frozenset({"", "it"})
_PLAIN_IN_LABELS = frozenset({"", "it", "rm", "sf", "tt"})
_NARROW = {"widehat": "hat", "widetilde": "tilde", "widecheck": "check"}
_MARKS = {
    "*": "*",
    "\\ast": "*",
    "+": "+",
    "-": "-",
    "\\star": "\\star",
    "\\bullet": "\\bullet",
    "\\sharp": "\\sharp",
    "\\flat": "\\flat",
    "\\natural": "\\natural",
    "\\#": "#",
}
_TRANSPOSING = frozenset({"T", "H"})  # upright capitals above that are no labels
_LABEL_FENCES = frozenset({("(", ")"), ("[", "]"), ("<", ">")})


def symbol_key(node: Node) -> str | None:
    """The key of a symbol-like node; None for anything else, also for `x^2`, `A^T`, `A^{-1}`."""
    match node:
        case Sym(name, font):
            return name if font in _PLAIN else f"{font}:{name}"
        case Name(text):
            return text
        case Accent(accent, body):
            key = symbol_key(body)
            return None if key is None else f"{_NARROW.get(accent, accent)}({key})"
        case Script(base, sub, sup, primes):
            key = symbol_key(base)
            mark = "" if sup is None else _mark(sup)
            if key is None or mark is None:
                return None
            return key + "'" * primes + ("" if sub is None else "_" + _braced(label(sub))) + mark
    return None


def symbol_keys(*roots: Node) -> set[str]:
    """The symbols in these nodes."""
    return {key for root in roots for n in subtrees(root) if (key := symbol_key(n)) is not None}


def letter(key: str) -> Sym | None:
    """The letter with this key; None where the key is that of a letter with scripts or accents."""
    font, _, name = key.rpartition(":")
    return None if set(name) & set("_^'(") else Sym(name, font)


def base_key(node: Node) -> str | None:
    """The key without subscripts, superscripts and primes: `\\hat{x}_i^2` and `\\hat{x_i}` have hat(x)."""
    match node:
        case Script(base):
            return base_key(base)
        case Accent(accent, body):
            key = base_key(body)
            return None if key is None else f"{_NARROW.get(accent, accent)}({key})"
        case _:
            return symbol_key(node)


def label(node: Node) -> str:
    """A subscript as text: `ab`, `i,j`, `1:n`, `max`."""
    match node:
        case Num(text) | Name(text):
            return text
        case Words(text):
            return " ".join(text.split())
        case Sym(name, font):
            return name if font in _PLAIN_IN_LABELS else f"{font}:{name}"
        case Juxt(items):
            return _run([label(item) for item in items])
        case Sequence(items, signs) | Rel(items, signs):
            return _alternate([label(item) for item in items], signs)
        case Infix(op, left, right):
            return _run([label(left), op, label(right)])
        case Add(signs, terms, leading):
            return (signs[0] if leading else "") + _alternate([label(term) for term in terms], signs[1:])
        case Fence(opener, closer, body) if opener != "." and closer != ".":
            return opener + label(body) + closer
        case Dots():
            return "..."
        case Empty():
            return ""
        case Script() | Accent() if (key := symbol_key(node)) is not None:
            return key
    return to_latex(node)


def _mark(sup: Node) -> str | None:
    """A superscript that is part of the name."""
    match sup:
        case Sym(name) if name in _MARKS:
            return "^" + _MARKS[name]
        case Fence(opener, closer) if (opener, closer) in _LABEL_FENCES:
            return "^" + _braced(label(sup))
        case Name() | Words():
            return "^" + _braced(label(sup))
        case Sym(name, "rm") if len(name) == 1 and name.isupper() and name not in _TRANSPOSING:
            return "^" + _braced(label(sup))  # β^{\mathrm M}: upright letters are labels
    return None


def _braced(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def _alternate(labels: list[str], signs: tuple[str, ...]) -> str:
    parts = labels[:1]
    for sign, text in zip(signs, labels[1:], strict=True):
        parts += (sign, text)
    return _run(parts)


def _run(parts: list[str]) -> str:
    """Run together, apart only where a control word would swallow a letter."""
    text = ""
    for part in parts:
        apart = (
            text[-1:].isalpha()
            and part[:1].isalpha()
            and "\\" in text
            and text[text.rindex("\\") + 1 :].isalpha()
        )
        text += " " + part if apart else part
    return text


def dotted_name(node: Node) -> Node:
    """`\\dot x_2`, which TeX reads as (ẋ)_2, as x_2 with a dot: the 2 is part of a name. Any other node as it is."""
    match node:
        case Script(Accent("dot" | "ddot" as mark, body), Num() | Name() | Words() as sub, None, 0):
            return Accent(mark, Script(body, sub, start=node.start, end=node.end), start=node.start, end=node.end)
        case _:
            return node


def rate_key(key: str) -> str:
    """The key of ẋ, and of ẍ for that of ẋ."""
    return key.replace("dot(", "ddot(", 1) if key.startswith("dot(") else marked("dot", key)


def marked(mark: str, key: str) -> str:
    """`\\dot x_i` is (ẋ)_i, as TeX reads it."""
    letter, underscore, index = key.partition("_")
    return f"{mark}({letter}){underscore}{index}"

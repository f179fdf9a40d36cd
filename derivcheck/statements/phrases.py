"""Prose inside a display: how it ties the mathematics after it to the mathematics before it."""

from __future__ import annotations

from derivcheck.notation.characters import CJK
from derivcheck.patterns import pattern
from derivcheck.statements.model import Connective

_ENGLISH: dict[Connective, str] = {
    Connective.IFF: "if and only if|iff|is equivalent to|equivalently|exactly when|precisely when",
    Connective.IMPLIES: (
        "so that|so|hence|thus|then|therefore|implies|which implies|implying|consequently|it "
        "follows|we get|we obtain|"
        "we have|which gives|gives|giving|yields|which yields|leads to|that is|i\\.e\\.|i\\.e|ie|or "
        "equivalently|"
        "and hence|and so|and thus|and therefore|and then|whence|which means|meaning|"
        "in (?:matrix|vector|index|component|block|scalar|compact|short)[- ]?(?:form|notation|terms)|"
        "in (?:particular|short|components|coordinates|full|fact|other words)|for short|by (?:symmetry|definition)"
    ),
    Connective.CONDITION: (
        "if|when|whenever|for|where|with|provided|as|since|because|given|such "
        "that|s\\.t\\.|s\\.t|st\\.|subject to|"
        "assuming|unless|at|on|in|over|by|using|from|suppose|assume|and for|and if|and where|and "
        "with|and when|but if|"
        "while if|only if|even if|let|due to|in which|under|of|after|before|whose|see|note|recall|here|forall"
    ),
    Connective.NONE: "and|or|but|also|while|whereas|resp\\.|respectively|otherwise|else|similarly|likewise|as well as",
}
_CHINESE: dict[Connective, str] = {
    Connective.IFF: "当且仅当|等价于|等价",
    Connective.IMPLIES: "故|从而|因此|所以|于是|可得|得到|得|则|即|也就是|推出|因而|有|那么|进而|可知|"
    "亦即|我们有|这样|由(?:此|对称性|定义)(?:可|得|知)*",
    Connective.CONDITION: (
        "其中|当|若|如果|对任意|对于|对|任意|因为|由于|设|假设|满足|约束|这里|此时|在|由|根据|利用|给定|取|令|关于|只要|除非|使得"
    ),
    Connective.NONE: "和|且|与|以及|或|及|并且|并|同时|而|否则|同理|类似",
}
_COMPILED = tuple(
    (connective, pattern(rf"(?:{_ENGLISH[connective]})(?![A-Za-z-])|(?:{_CHINESE[connective]})"))
    for connective in (Connective.IFF, Connective.IMPLIES, Connective.CONDITION, Connective.NONE)
)
_STRIP = " \t\r\n~,;:.!?，。；：、（）()[]–—"
_CJK = pattern(f"[{CJK}]")
_CONSTRAINTS = pattern(r"s\.?\s?t\.?$|subject to|约束|满足")


def connective_of(text: str) -> Connective | None:
    """How `text` ties what follows it, or None when it starts with no linking word.

    The longest match counts: "if and only if" is no "if", "so that" is no "so".
    """
    plain = text.strip(_STRIP).lower()
    best: tuple[int, Connective] | None = None
    for connective, words in _COMPILED:
        match = words.match(plain)
        if match is not None and (best is None or match.end() > best[0]):
            best = match.end(), connective
    return None if best is None else best[1]


def constrains(text: str) -> bool:
    """Is it the "subject to" of an optimisation problem?"""
    return _CONSTRAINTS.match(text.strip(_STRIP).lower()) is not None


def is_prose(text: str) -> bool:
    """Is it more than one word, or Chinese? `\\text{diag}` is a name, `\\text{by symmetry}` prose."""
    return " " in text.strip(" ~") or (not text.isascii() and _CJK.search(text) is not None)


_ENUMERATOR = pattern(r"\s*[(\[]?(?:[A-Za-z]|[ivxIVX]{2,4}|\d{1,2})(?:[)\].:]|\.\))\s*\Z")


def is_enumerator(text: str) -> bool:
    """`\\text{(a) }`, `\\text{2. }`: which of several statements follows."""
    return _ENUMERATOR.match(text) is not None


def is_parenthetical(text: str) -> bool:
    return text.strip()[:1] in ("(", "（", "[")

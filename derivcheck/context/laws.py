"""The mean and the covariance that prose gives a random symbol: "$x$ with mean $\\mu$ and covariance $\\Sigma$"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivcheck.context.sentences import INLINE
from derivcheck.patterns import pattern

_M = INLINE
_ZERO = r"zero|零|0"
_WITH = r"(?:,? (?:with|has|have|having|of|whose)|,? is)"
_GAP = rf"(?:(?!\b(?:and|or)\b)[^.;:。；{_M}]){{0,40}}?"
_NOUN = r"(?: (?!and\b|with\b|of\b|(?:co)?variance)[a-z]+){0,3}"
_MEAN = rf"mean(?: vector| value)?(?: is| equal to| of)? (?P<mean>{_M}|{_ZERO})"
_SPREAD = rf"(?:co)?variance(?:[- ]covariance)?(?: matrix)?(?: is| equal to| of)? (?P<covariance>{_M})"
_MEAN_CHINESE = rf"(?:均值|期望)(?:向量)?(?:为|是|等于)?\s*(?P<mean>{_M}|{_ZERO})"
_SPREAD_CHINESE = rf"(?:协方差|方差)(?:矩阵|阵)?(?:为|是|等于)?\s*(?P<covariance>{_M})"
_AND = r"(?:,? (?:and|with)? ?(?:a |an |the )?"
_PATTERNS = tuple(
    pattern(p, re.IGNORECASE)
    for p in (
        rf"(?P<drawn>{_M}){_GAP}{_WITH} (?:a |an |the )?{_MEAN}{_AND}{_SPREAD})?",
        rf"(?P<drawn>{_M})(?:{_GAP}{_WITH})? (?:a |an |the )?(?P<zero>zero)[- ]mean{_NOUN}{_AND}{_SPREAD})?",
        rf"(?P<zero>zero)[- ]mean{_NOUN} (?P<drawn>{_M}){_AND}{_SPREAD})?",
        rf"(?P<drawn>{_M}){_GAP}{_WITH} (?:a |an |the )?{_SPREAD}",
        rf"(?P<drawn>{_M})[^。；{_M}]{{0,12}}?{_MEAN_CHINESE}(?:\s*[、，,和且]*\s*{_SPREAD_CHINESE})?",
        rf"(?P<drawn>{_M})[^。；，,{_M}]{{0,6}}?(?P<zero>零)均值(?![^。；，,{_M}]{{0,12}}{_M})",
        rf"(?P<zero>零)均值[^。；，,{_M}]{{0,12}}?(?P<drawn>{_M})(?:\s*[、，,和且]*[^。；{_M}]{{0,6}}{_SPREAD_CHINESE})?",
    )
)
_TRIGGER = pattern(r"\bmean\b|variance\b|均值|期望", re.IGNORECASE)
_NORMAL = pattern(r"\bgaussian|\bnormal(?:ly)?\b(?! (?:equation|vector|matri|form))|正态|高斯", re.IGNORECASE)
_LONGEST = 1500  # characters of a sentence that are looked at


@dataclass(frozen=True, slots=True)
class Law:
    """The formulas (offsets in the sentence) of a random symbol, its mean and covariance; None: not said. A mean that
    is said in words is zero. `normal`: the sentence speaks of a normal law."""

    drawn: int
    mean: int | None
    zero: bool
    covariance: int | None
    normal: bool = False


_INDEPENDENT = pattern(
    rf"\bindependent (?:of|from) (?:\w+ ){{0,3}}{_M}|与[^。；{_M}]{{0,4}}{_M}[^。；{_M}]{{0,4}}独立", re.IGNORECASE
)


def independent(text: str) -> Iterator[int]:
    """The offsets of the symbols that are said to be independent of another one: the last whose law is told before, or
    the last formula before."""
    text = text[:_LONGEST]
    told = [law.drawn for law in laws(text)]
    for m in _INDEPENDENT.finditer(text):
        before = [k for k in told if k < m.start()] or [text.rfind(_M, 0, m.start())]
        if before[-1] >= 0:
            yield before[-1]


def laws(text: str) -> Iterator[Law]:
    """What a sentence says of means and covariances, each symbol once."""
    text = text[:_LONGEST]
    if not _TRIGGER.search(text):
        return
    seen: set[int] = set()
    normal = _NORMAL.search(text) is not None
    for words in _PATTERNS:
        for m in words.finditer(text):
            named = m.groupdict()
            symbol = named.get("mean") == _M
            zero = not symbol and bool(named.get("mean") or named.get("zero"))
            if m.start("drawn") not in seen:
                seen.add(m.start("drawn"))
                spread = m.start("covariance") if named.get("covariance") else None
                yield Law(m.start("drawn"), m.start("mean") if symbol else None, zero, spread, normal)

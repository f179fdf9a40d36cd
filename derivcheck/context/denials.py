# ruff: noqa: E501 - a phrase per line reads better than wrapped patterns
"""Formulas of which their sentence says that they do not hold: "we do not have $AB = BA$", "$AB = BA$ is wrong"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derivcheck.context.sentences import DISPLAY, INLINE
from derivcheck.patterns import pattern

# possessive: no run of braces or blanks is divided between two of them in many ways
_MARKUP = r"(?:[\s*_:,{}~“\"「]|\\(?:textbf|textit|emph|underline|text|bf|em)\b)*+"
_GAP = rf"{_MARKUP}(?:that\b|in general\b|generally\b|always\b|necessarily\b|simply\b|just\b|here\b|,)?{_MARKUP}"
_ABOUT = rf"(?:,? ?(?:for|with|of|about|among) (?:[a-z]+ ){{0,2}}[a-z]+\b{_MARKUP})?"
_NOT = rf"(?:not|n['’]t|never|no longer|cannot|can't){_MARKUP}"
_HEDGES = rf"(?:(?:in general|generally|always|necessarily|usually|simply|just|actually|therefore|then|yet|even)\b{_MARKUP})*"
_SAYING = r"(?:have|hold|get|obtain|write|say|claim|conclude|infer|assume|expect|imply|mean(?= that)|follow)"
_WRONG = r"(?:wrong(?:ly)?|false(?:ly)?|incorrect(?:ly)?|erroneous(?:ly)?|mistaken(?:ly)?|invalid|untrue)"
_TO_SAY = r"(?:to )?(?:write|say|claim|assume|think|conclude|use|believe|suppose|expect|writing|saying|claiming|assuming|thinking|using)"
_MISTAKE = r"(?:mistake|error|misconception|pitfall|fallacy|trap|blunder)"
_NOUN = r"(?:formula|identity|equation|equality|claim|statement|result|relation|rule|answer|version|step)s?"

_BEFORE = pattern(
    r"(?:"
    rf"\b(?:do|does|did|would|will|need|can|could|may|must|should)?\s*{_MARKUP}{_NOT}{_HEDGES}{_SAYING}\b{_GAP}"
    rf"|\b(?:is|was|are|would be|need)\s*{_MARKUP}{_NOT}{_HEDGES}(?:true|correct|valid|right|the case|possible|legitimate|allowed)\b"
    rf"{_MARKUP}(?:{_TO_SAY}\b{_MARKUP})?{_GAP}{_GAP}"
    rf"|\b(?:is|was|be|are)\s+{_MARKUP}(?:a (?:\w+ )?{_MISTAKE}|{_WRONG}|tempting){_MARKUP}{_TO_SAY}\b{_GAP}{_ABOUT}"
    rf"|\b(?:common|frequent|typical|usual|classic|popular|widespread)\s+{_MISTAKE}s?\b{_MARKUP}{_ABOUT}(?:is|are|would be)?{_MARKUP}"
    rf"(?:{_TO_SAY}\b)?{_GAP}{_ABOUT}"
    rf"|\b(?:not|n['’]t){_MARKUP}(?:necessarily|in general|always|generally){_MARKUP}"
    rf"|\b{_WRONG}\b{_MARKUP}(?:{_NOUN})?{_MARKUP}(?:is|are|would be|reads?)?{_MARKUP}"
    r"|(?:不成立|不正确|不对|错误(?:的|地)?(?:写法|做法|示例|公式|结论|等式)?|误(?:认为|以为|写成|写为)|不能(?:写成|写为|认为|得出|推出)"
    r"|(?:并不|不)能保证|不再有|没有等式|未必有|不一定有)[\s：:是为*，,]*"
    r"|\bno es cierto que\s*|\bn['’]est pas vrai que\s*|\bneverno\b|неверно,? что\s*"
    r")\Z",
    re.IGNORECASE,
)
_AFTER = pattern(
    rf"{_MARKUP}[,(—–-]*{_MARKUP}(?:which |that |this )?"
    r"(?:"
    rf"(?:is|are|was|would be)\s*{_MARKUP}{_NOT}{_HEDGES}(?:true|correct|valid|right|the case|satisfied)\b"
    rf"|(?:is|are|was|would be)\s*{_MARKUP}(?:(?:simply|plainly|just|clearly|of course|in general|generally)\b{_MARKUP})?"
    rf"(?:{_WRONG}\b(?! (?:by|up to))|a (?:\w+ )?{_MISTAKE}\b)"
    rf"|(?:do|does|did|need|will|would|can)\s*{_MARKUP}{_NOT}{_HEDGES}hold\b"
    rf"|{_WRONG}\b\s*[!)]"
    rf"|fails?\b(?: to hold| in general)?\s*(?:[.,;:]|\Z|(?:to hold|in general)\b)"
    r"|(?:一般|通常|在一般情况下|并)*(?:不成立|不正确|是错误的|是错的|不对)"
    r")",
    re.IGNORECASE,
)


def denied(text: str) -> Iterator[int]:
    """The offsets of the formulas that the words right before or right behind them deny."""
    if not any(sign in text.lower() for sign in _SIGNS):
        return
    for k, sign in enumerate(text):
        before, after = text[max(0, k - _NEAR) : k], text[k + 1 :]
        if sign not in (INLINE, DISPLAY) or _UNLESS.match(after):
            continue
        if _BEFORE.search(before) or _AFTER.match(after):
            yield k


_UNLESS = pattern(r"[\s,]*(?:unless|without|except)\b", re.IGNORECASE)  # it holds where that is given
_NEAR = 100  # characters of a denial
_SIGNS = (
    "not", "n't", "n’t", "never", "no longer", "wrong", "false", "incorrect", "erron", "mistak", "invalid", "untrue", "error",
    "misconception", "pitfall", "fallacy", "trap", "blunder", "tempting", "fail", "不", "错", "误", "没有", "未必", "cierto", "vrai", "неверно",
)  # fmt: skip

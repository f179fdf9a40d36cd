r"""How Markdown writes mathematics: labels after a display, escapes in formulas, what looks like math."""

from __future__ import annotations

import re

from derivcheck.documents.environments import TEXT_GROUP
from derivcheck.documents.stretch import Range, Stretch

# MyST `(eq-x)`, Quarto and Pandoc `{#eq-x}`, d2l `:eqlabel:`eq_x``.
LABEL = re.compile(
    r"[ \t]*(?:\([A-Za-z][\w:.-]{0,80}\)|\{#[^{}\n]{0,100}\}|:eqlabel:`[^`\n]{0,100}`)[ \t]*(?=$|[\s.,;])"
)

_MARK = re.compile(r"\\[A-Za-z]|[\\^_={}<>+]")
_ESCAPE = re.compile(
    r"\\(?:(?P<text>(?:text\w*|[mhf]box|math(?:rm|sf|tt|it)|operatorname\*?)[ \t]*\{[^{}]{0,300}\})|.)",
    re.DOTALL,
)
_ESCAPED_NAME = re.compile(r"\\begin[ \t]*\{[A-Za-z]+\\\*\}")
_DOUBLED = re.compile(r"(?<!\\)(?:\\{4}(?!\\)|\\\\(?=[|{},;:!]))")
_WORDS = re.compile(r"(?:[A-Za-z]{2,}[,;]? +){4}|[\u4e00-\u9fff，。]{8}")
_TEXT = re.compile(TEXT_GROUP.pattern + r"[^{}]*\}")


def looks_like_math(body: str) -> bool:
    return _MARK.search(body) is not None


def looks_like_prose(line: str) -> bool:
    """Does the line hold a run of plain words outside `\\text{…}`?"""
    return _WORDS.search(_TEXT.sub("", line)) is not None


def is_escaped(text: str) -> bool:
    r"""Whether a text escapes its mathematics as Markdown asks: `\begin{align\*}` has no other use."""
    return _ESCAPED_NAME.search(text) is not None


def unescape(body: Stretch, doubled: bool = False) -> Stretch:
    r"""`c\_{ij}` and `\*` as they are meant; inside `\text{…}` and `\mathrm{…}` the escape is TeX's own. Where
    backslashes are `doubled`, `\\\\` ends a row, and `\\|`, `\\{` and `\\,` are `\|`, `\{` and `\,`."""
    if not doubled and "\\_" not in body.text and "\\*" not in body.text:
        return body
    removed: list[Range] = [
        (match.start(), match.start() + 1)
        for match in _ESCAPE.finditer(body.text)
        if match["text"] is None and match[0] in ("\\_", "\\*")
    ]
    if doubled:
        removed += [(match.start(), match.start() + len(match[0]) // 2) for match in _DOUBLED.finditer(body.text)]
    return body.without(sorted(removed))

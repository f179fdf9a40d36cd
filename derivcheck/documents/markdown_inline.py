r"""Inside a paragraph of Markdown: formulas, code spans, comments and the prose between them.

Kramdown writes inline formulas as `$$x$$`; so `$$…$$` between words on one line is inline in a document that never
uses single dollars. Anywhere else it is a display, as on most sites.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from derivcheck.documents.environments import DISPLAY_ENVIRONMENTS, TEXT_GROUP, braces, delimiters, pair
from derivcheck.documents.markdown_math import LABEL, looks_like_math, unescape
from derivcheck.documents.model import Annotation, Item, MathBlock, Problem, Prose, Span
from derivcheck.documents.stretch import Finder, Range, Stretch, complement, merge, within

_TOKEN = re.compile(
    r"`+|\\\\[\[(]|\\begin\{[A-Za-z]+\*?\}|\\.|\$\$?|<!--|</?[A-Za-z][^<>\n]{0,300}>"
    r"|\]\([^()\s]{0,300}\)|[*_]+",
    re.DOTALL,
)
_DOLLAR = re.compile(r"\\.|\$\$?", re.DOTALL)
_TICKS = re.compile(r"`+")
_NOTE = re.compile(r"<!--\s*derivcheck:\s*(.*?)\s*-->", re.DOTALL)
_CLOSERS = {"\\[": "\\]", "\\(": "\\)", "\\\\[": "\\\\]", "\\\\(": "\\\\)"}
_PLAIN_WORD = re.compile(r"[A-Za-z]{3,}")
_CJK = re.compile(r"[\u4e00-\u9fff]{2}|[。；]")
_TAG = r"</?[A-Za-z][^<>\n]{0,120}>"
_REST_OF_LINE = re.compile(rf"(?:[ \t.,;:!?。，；：、]|{_TAG})*(?:\n|$)")
_TAGS_BEFORE = re.compile(rf"(?:{_TAG}[ \t]*)+$")
_INDENT = 80


def annotation_in(comment: str, span: Span) -> Annotation | None:
    """The annotation that an HTML comment holds."""
    match = _NOTE.fullmatch(comment)
    return Annotation(match[1], span) if match else None


@dataclass
class InlineScanner:
    """One leaf block. `removed` are ranges (macro definitions) that are neither prose nor mathematics."""

    stretch: Stretch
    removed: list[Range]
    single_dollars: bool
    items: Callable[[Item], None]
    problems: Callable[[Problem], None]

    def __post_init__(self) -> None:
        self.text = self.stretch.text
        self.prose: list[Range] = []
        self.finders = {needle: Finder(self.text, needle) for needle in ("-->", *_CLOSERS.values())}
        self._ticks: dict[int, list[int]] | None = None
        self._groups: dict[int, int] | None = None
        self._environments = pair(delimiters(self.text)) if "\\begin{" in self.text else {}

    def scan(self) -> None:
        at = 0
        while (match := _TOKEN.search(self.text, at)) is not None:
            self.prose.append((at, match.start()))
            at = self._token(match[0], match.start(), match.end())
        self.prose.append((at, len(self.text)))
        self._flush()

    def _token(self, token: str, start: int, end: int) -> int:
        if token[0] == "`":
            close = self._closing_ticks(len(token), end)
            return end if close < 0 else close + len(token)
        if token == "$":
            return self._single(start)
        if token == "$$":
            return self._double(start)
        if token in _CLOSERS:
            return self._bracket(token, start, end)
        if token.startswith("\\begin") and start in self._environments:
            opening, closing = self._environments[start]
            if opening.env in DISPLAY_ENVIRONMENTS:
                return self._math(opening.env, True, opening.end, closing.start, start, closing.end)
        if token == "<!--":
            return self._comment(start, end)
        if token[0] == "\\":
            keep = start if token[1:2].isalnum() or not token[1:] else start + 1
            self.prose.append((keep, end))
            return end
        if token[0] in "*_":
            around = self.text[start - 1 : start] + self.text[end : end + 1]
            word = len(around) == 2 and (around.isspace() or (token[0] == "_" and around.isalnum()))
            if word:
                self.prose.append((start, end))
        return end

    def _closing_ticks(self, length: int, at: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for match in _TICKS.finditer(self.text):
                self._ticks.setdefault(len(match[0]), []).append(match.start())
        places = self._ticks.get(length, [])
        k = bisect_left(places, at)
        return places[k] if k < len(places) else -1

    def _single(self, start: int) -> int:
        """`$…$`: to the next bare dollar; an amount of money opens nothing."""
        at = start + 1
        while (match := _DOLLAR.search(self.text, at)) is not None:
            at = match.end()
            if match[0][0] == "\\":
                at = self._past_text(match.start(), at)
                continue
            close = match.start()
            body = self.text[start + 1 : close]
            if _is_inline(body, self.text[close + 1 : close + 2]):
                return self._math("$", False, start + 1, close, start, close + 1)
            break
        self.prose.append((start, start + 1))
        return start + 1

    def _past_text(self, start: int, at: int) -> int:
        r"""Past `\text{…}`, in which a dollar opens mathematics within the formula."""
        group = TEXT_GROUP.match(self.text, start)
        if group is None:
            return at
        if self._groups is None:
            self._groups = braces(self.text)
        return self._groups.get(group.end() - 1, at)

    def _double(self, start: int) -> int:
        at = start + 2
        while (match := _DOLLAR.search(self.text, at)) is not None:
            at = match.end()
            if match[0][0] == "\\":
                at = self._past_text(match.start(), at)
                continue
            if match[0] == "$$" and self.text[start + 2 : match.start()].strip():
                close = match.start()
                return self._math("$$", self._stands_alone(start, at), start + 2, close, start, at)
            break
        self._problem("unclosed $$", start, start + 2)
        return start + 2

    def _stands_alone(self, start: int, end: int) -> bool:
        """Is the `$$…$$` at start..end a display: alone on its line, or not written in kramdown?"""
        if label := LABEL.match(self.text, end):
            end = label.end()
        if self.single_dollars:
            return True
        return self._starts_line(start) and _REST_OF_LINE.match(self.text, end) is not None

    def _starts_line(self, start: int) -> bool:
        before = self.text[max(0, start - _INDENT) : start].rstrip(" \t")
        before = _TAGS_BEFORE.sub("", before).rstrip(" \t")
        return before.endswith("\n") or (not before and start < _INDENT)

    def _bracket(self, opener: str, start: int, end: int) -> int:
        closer = _CLOSERS[opener]
        close = self.finders[closer](end)
        body = self.text[end:close] if 0 <= close - end <= 20_000 else ""
        display = opener.endswith("[")
        alone = display and self._fills_lines(start, close + len(closer))
        if body.strip() and opener not in body and _is_bracketed_math(body, alone):
            return self._math(opener[-1], display, end, close, start, close + len(closer))
        self.prose.append((end - 1, end))
        return end

    def _fills_lines(self, start: int, end: int) -> bool:
        return self._starts_line(start) and _REST_OF_LINE.match(self.text, end) is not None

    def _comment(self, start: int, end: int) -> int:
        close = self.finders["-->"](end)
        if close < 0:
            self.prose.append((start, end))
            return end
        span = self._span(start, close + 3)
        if annotation := annotation_in(self.text[start : close + 3], span):
            self._item(annotation)
        return close + 3

    def _math(self, env: str, display: bool, inner: int, close: int, start: int, end: int) -> int:
        removed = within(self.removed, inner, close)
        body = unescape(self.stretch.pick(complement(removed, inner, close)))
        if body.text.strip() or not removed:
            self._item(MathBlock(display, env, body.text, body.offsets, self._span(start, end)))
        return end

    def _span(self, start: int, end: int) -> Span:
        last = self.stretch.offsets[end - 1] + 1 if end > start else self.stretch.offsets[start]
        return Span(self.stretch.offsets[start], last)

    def _problem(self, message: str, start: int, end: int) -> None:
        self.problems(Problem(message, self._span(start, end)))

    def _item(self, item: Item) -> None:
        self._flush()
        self.items(item)

    def _flush(self) -> None:
        kept = self.prose
        self.prose = []
        if self.removed:
            kept = [part for a, b in merge(kept) for part in complement(within(self.removed, a, b), a, b)]
        ranges = merge(kept)
        prose = self.stretch.pick(ranges)
        if prose.text.strip():
            self.items(Prose(prose.text, prose.offsets, self._span(ranges[0][0], ranges[-1][1])))


def _is_inline(body: str, after: str) -> bool:
    """Is `$body$` a formula, rather than two amounts of money?"""
    inner = body.strip()
    if not inner:
        return False
    if looks_like_math(inner):
        return True
    if _CJK.search(inner):
        return False
    if body[0].isspace() or body[-1].isspace() or after.isdigit():
        return not inner[0].isdigit() and not _PLAIN_WORD.search(inner)
    return True


def _is_bracketed_math(body: str, alone: bool) -> bool:
    r"""Is `\[body\]` or `\(body\)` a formula, rather than escaped brackets around words?"""
    if re.search(r"\\[A-Za-z]{2,}|[\^{]", body):
        return True
    return not _PLAIN_WORD.search(body) and (alone or not any(c.isdigit() for c in body) or "=" in body)

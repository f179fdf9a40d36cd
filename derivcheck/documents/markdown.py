r"""Markdown: displays, inline formulas, headings and prose, by a scanner of lines.

A scanner of our own rather than markdown-it: of its tokens only line ranges would be kept (it gives no
offsets inside a line), its dollar rule takes quadratic time on unclosed `$$`, and its rules for containers
hide displays that authors indent or quote a little off. What matters of CommonMark is here: fences, indented
code, front matter, comments, quotes, lists and headings. Every line is looked at once, but for the lines that
a search for a closing `$$` has seen in vain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from derivcheck.documents import markdown_tags as tags
from derivcheck.documents.environments import (
    DISPLAY_ENVIRONMENTS,
    Delimiter,
    delimiters,
    pair,
    skip_arguments,
)
from derivcheck.documents.macros import Definition, collect, definitions
from derivcheck.documents.markdown_dollars import ATX, closing_dollars, opening_at_end
from derivcheck.documents.markdown_fences import FENCE, ClosingFences, Fence
from derivcheck.documents.markdown_inline import InlineScanner, annotation_in
from derivcheck.documents.markdown_lines import RULE, Line, Lines
from derivcheck.documents.markdown_math import LABEL, is_escaped, looks_like_math, looks_like_prose, unescape
from derivcheck.documents.model import (
    EnvironmentMark,
    Heading,
    Item,
    Macro,
    MathBlock,
    ParagraphBreak,
    Problem,
    Source,
    Span,
)
from derivcheck.documents.stretch import Finder, Range, Stretch, merge

_SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
_OPTION_LINE = re.compile(r"[ \t]*:[\w-]+:")
_DROPPED = re.compile(r"\{[:%].*\}[ \t]*$|:(?:eqlabel|label|width|height|numref):|\[[^]^]{1,200}\]:[ \t]")
_RAW_HTML = re.compile(r"<(script|style|pre|textarea)\b", re.IGNORECASE)
_MATH_SCRIPT = re.compile(r"<script\s+type=[\"']math/tex;\s*mode=display[\"']\s*>", re.IGNORECASE)
_CDATA = re.compile(r"%?[ \t]*<!\[CDATA\[|%?[ \t]*\]\]>")
_RAW_HTML_END = re.compile(r"</(script|style|pre|textarea)", re.IGNORECASE)
_SINGLE_DOLLARS = re.compile(r"(?<![\\$])\$[^$\s][^$\n]{0,200}\$(?!\$)")


def read_markdown(
    text: str, path: str, preamble: Mapping[str, Macro], *, cell: bool = False
) -> tuple[list[Source], list[Item], dict[str, Macro], list[Problem]]:
    """Source, items in order, macros and problems.

    A notebook's cell has no front matter, and single dollars enclose mathematics even if it has none.
    """
    reader = _Reader(text, dict(preamble), cell)
    reader.read()
    return [Source.of(path, text)], reader.items, reader.macros, reader.problems


class _Reader:
    def __init__(self, text: str, macros: dict[str, Macro], cell: bool) -> None:
        self.text = text
        self.cell = cell
        self.macros = macros
        self.whole = Stretch.whole(text)
        self.items: list[Item] = []
        self.problems: list[Problem] = []
        self.lines = Lines.of(text)
        self.paragraph: list[Range] = []
        self.indents: list[int] = []  # content indentations of the open list items
        self.depth = 0
        self.after_blank = True
        self.fences: list[Fence] = []  # open directives whose content is Markdown
        self.closing_fences = ClosingFences(self.lines)
        self.definitions: list[Definition] = []
        self.raw_ends = {m[1].lower(): m.end() for m in _RAW_HTML_END.finditer(text)}  # the last of each
        self.comment_end = Finder(text, "-->")
        self.script_end = Finder(text, "</script")
        self.environments = pair(delimiters(text))
        self.escaped = is_escaped(text)
        self.single_dollars = cell or _SINGLE_DOLLARS.search(text) is not None

    def read(self) -> None:
        i = 0 if self.cell else self.lines.after_front_matter()
        while i < len(self.lines):
            i = self._line(i)
        self._end_paragraph()
        self.macros = collect(self.macros, self.definitions)

    # Lines

    def _line(self, i: int) -> int:
        """Reads the block line i begins or goes on with; returns the next line."""
        line = self.lines.at(i)
        if line.blank:
            self._break(line.start)
            self.after_blank = True
            return i + 1
        if line.depth != self.depth:
            self._break(line.start)
            self.indents.clear()
            self.depth = line.depth
        after_blank, self.after_blank = self.after_blank, False
        if after_blank:
            while self.indents and line.indent < self.indents[-1]:
                self.indents.pop()
        base = self.indents[-1] if self.indents else 0
        if after_blank and line.indent >= base + 4:
            self.after_blank = True  # indented code goes on until the indentation ends
            return i + 1
        return self._content(i, self._list_markers(line))

    def _list_markers(self, line: Line) -> Line:
        """The line after its list markers, which open list items."""
        for _ in range(8):
            item = self.lines.after_list_marker(line)
            if item is None:
                break
            self._break(line.start)
            while self.indents and line.indent < self.indents[-1]:
                self.indents.pop()
            line = item
            self.indents.append(line.indent)
            self.depth = line.depth
        return line

    def _content(self, i: int, line: Line) -> int:
        text, start = self.text, line.start
        head = text[start : start + 2]
        char = head[:1]
        if char in "`~:" and (fence := FENCE.match(text, start, line.end)):
            return self._fence(i, line, Fence(fence[1], fence[2].strip()))
        if head == "$$" and (after := self._dollars(i, line)) is not None:
            return after
        if char == "\\" and (after := self._command(i, line)) is not None:
            return after
        if char == "<" and (after := self._html(i, line)) is not None:
            return after
        if char == "{" and (math := tags.formula(text, start)) is not None:
            return self._tagged(i, line, *math)
        if char == "{" and (after_tag := tags.skip(text, start, line.end)) > start:
            return i + 1 if after_tag == line.end else self._content(i, replace(line, start=after_tag))
        if char in "{:[" and _DROPPED.match(text, start, line.end):
            return i + 1
        if char == "#" and (atx := ATX.match(text, start, line.end)):
            title = text[atx.end() : line.end].strip()
            unclosed = title.rstrip("#")  # a closing run of # stands after a space
            title = unclosed if not unclosed or unclosed[-1].isspace() else title
            self._heading(title, len(atx[1]), start, line.end)
            return i + 1
        if char in "=-" and self.paragraph and _SETEXT.match(text, start, line.end):
            self._setext(1 if char == "=" else 2, line.end)
            return i + 1
        if char in "-*_" and RULE.match(text, start, line.end):
            self._break(start)
            return i + 1
        if char == "|":
            self._break(start)
            self.paragraph.append((start, line.end))
            self._break(line.end)
            return i + 1
        if (opening := opening_at_end(text, line)) is not None:
            before = list(self.paragraph)
            self.paragraph.append((start, opening))
            after = self._dollars(i, Line(opening, line.end, line.depth, line.indent), cautious=True)
            if after is not None:
                return after
            self.paragraph = before
        self._append(start, line.end)
        return i + 1

    def _append(self, start: int, end: int) -> None:
        self.paragraph.append((start, end))
        newline = self.text.find("\n", end, end + 2)
        if newline >= 0:
            self.paragraph.append((newline, newline + 1))

    # Blocks

    def _fence(self, i: int, line: Line, fence: Fence) -> int:
        self._break(line.start)
        if self.fences and self.fences[-1].closed_by(fence):
            self._mark(self.fences.pop(), line, opens=False)
            return i + 1
        if fence.is_math:
            return self._math_fence(i, line, fence)
        if fence.is_prose:
            return self._prose_fence(i, line, fence)
        end = self.closing_fences.after(i + 1, line, fence.mark)
        return min(end + 1, len(self.lines)) if end is not None else len(self.lines)

    def _prose_fence(self, i: int, line: Line, fence: Fence) -> int:
        if fence.info:
            self.fences.append(fence)
            self._mark(fence, line, opens=True)
        self.after_blank = True
        return i + 1

    def _mark(self, fence: Fence, line: Line, *, opens: bool) -> None:
        if fence.name:
            self._item(EnvironmentMark(fence.name, opens, Span(line.start, line.end)))

    def _math_fence(self, i: int, line: Line, fence: Fence) -> int:
        end = self.closing_fences.after(i + 1, line, fence.mark)
        if end is None:
            self._problem("unclosed math block", line.start, line.end)
            return i + 1
        first = i + 1
        while fence.directive and first < end and _OPTION_LINE.match(self.text, *self.lines.bounds[first]):
            first += 1
        ranges = [part for k in range(first, end) for part in self.lines.body_line(k, line)]
        ranges = self._without_dollars(ranges)
        closing = self.lines.at(end)
        inner = self.lines.bounds[min(first, len(self.lines) - 1)][0]
        self._display("math", ranges or [(inner, inner)], line.start, closing.end, escapes=False)
        return end + 1

    def _without_dollars(self, ranges: list[Range]) -> list[Range]:
        """The body of a fence without the `$$` that some authors put around it once more."""
        text = self.whole.pick(ranges).text
        inner = text.strip()
        if len(inner) < 5 or not (inner.startswith("$$") and inner.endswith("$$")):
            return ranges
        offsets = self.whole.pick(ranges).offsets
        first, last = offsets[text.index("$$") + 2], offsets[text.rindex("$$")]
        return [(max(a, first), min(b, last)) for a, b in ranges if max(a, first) < min(b, last)]

    def _html(self, i: int, line: Line) -> int | None:
        start = line.start
        if self.text.startswith("<!--", start):
            end = self.comment_end(start)
            if end < 0:
                return None
            end += 3
            span = Span(start, end)
            if annotation := annotation_in(self.text[start:end], span):
                self._end_paragraph()
                self._item(annotation)
            return self._resume(i, end)
        if script := _MATH_SCRIPT.match(self.text, start, line.end):
            return self._script(i, line, script)
        raw = _RAW_HTML.match(self.text, start, line.end)
        if raw is None or self.raw_ends.get(raw[1].lower(), 0) < start:
            return None
        closing = f"</{raw[1].lower()}"
        for k in range(i, len(self.lines)):
            if closing in self.lines.whole(k).lower():
                self._break(start)
                return k + 1
        return None

    def _script(self, i: int, line: Line, script: re.Match[str]) -> int | None:
        """`<script type="math/tex; mode=display">` of MathJax 2, the marks of a CDATA section left out."""
        close = self.script_end(script.end())
        if close < 0:
            return None
        end = self.text.find(">", close) + 1 or len(self.text)
        return self._tagged(i, line, script.end(), close, end)

    def _tagged(self, i: int, line: Line, inner: int, close: int, end: int) -> int:
        last = self.lines.until(i, close)
        whole = self.whole.pick(self.lines.body(i, line, inner, last, close))
        body = whole.without([m.span() for m in _CDATA.finditer(whole.text)])
        self._end_paragraph()
        self._item(MathBlock(True, "$$", body.text, body.offsets, Span(line.start, end)))
        return self._resume(last, end)

    def _resume(self, i: int, end: int) -> int:
        """Goes on after a block that ended at offset `end`; the rest of its line belongs to the paragraph."""
        i = self.lines.until(i, end)
        if self.text[end : self.lines.bounds[i][1]].strip():
            self._append(end, self.lines.bounds[i][1])
        return i + 1

    def _command(self, i: int, line: Line) -> int | None:
        r"""`\begin{align}`, `\[` and `\\[` at the start of a line."""
        start = line.start
        if start in self.environments:
            opening, closing = self.environments[start]
            return self._environment(i, line, opening, closing)
        for opener, closer in (("\\\\[", "\\\\]"), ("\\[", "\\]")):
            if self.text.startswith(opener, start):
                return self._bracket(i, line, opener, closer)
        return None

    def _environment(self, i: int, line: Line, opening: Delimiter, closing: Delimiter) -> int | None:
        if opening.env not in DISPLAY_ENVIRONMENTS:
            return None
        inner = skip_arguments(opening.env, self.text, opening.end, closing.start)
        last = self.lines.until(i, closing.end)
        ranges = self.lines.body(i, line, inner, last, closing.start)
        self._display(opening.env, ranges, opening.start, closing.end)
        return self._resume(last, closing.end)

    def _bracket(self, i: int, line: Line, opener: str, closer: str) -> int | None:
        r"""`\[ … \]` over several lines; one within a line is left to the paragraph."""
        inner = line.start + len(opener)
        if self.text.find(closer, inner, line.end) >= 0:
            return None
        for k in range(i + 1, len(self.lines)):
            at = self.lines.at(k)
            if at.blank or self.text.find(opener, at.start, at.end) >= 0:
                return None
            close = self.text.find(closer, at.start, at.end)
            if close >= 0:
                ranges = self.lines.body(i, line, inner, k, close)
                body = self.whole.pick(ranges).text
                if not looks_like_math(body) or looks_like_prose(body):
                    return None
                self._display("[", ranges, line.start, close + len(closer))
                return self._resume(k, close + len(closer))
        return None

    # Double dollars

    def _dollars(self, i: int, line: Line, cautious: bool = False) -> int | None:
        """A display from the `$$` at the start of the line; None when none is there.

        A body with a bare `$` is no display: the dollars were paired wrongly, or the text is broken. Then
        what stands up to the closing `$$` is reported and skipped, lest it turn every later pair inside out.
        """
        found = closing_dollars(self.lines, i, line, one_paragraph=cautious)
        if found is None:
            if not cautious:
                self._problem("unclosed $$", line.start, line.start + 2)
                if line.end - line.start > 2:
                    self._append(line.start + 2, line.end)
                return i + 1
            return None
        k, close = found.line, found.at
        end = close + 2
        ranges = self.lines.body(i, line, line.start + 2, k, close)
        body = self.whole.pick(ranges).text
        rest = self.text[end : self.lines.bounds[k][1]]
        label = LABEL.match(rest)
        if k == i and (not body.strip() or (not label and self._goes_on(rest))):
            return None
        if found.stray:
            if cautious:
                return None
            self._problem("$ inside $$…$$", line.start, end)
            return self._resume(k, end)
        if k > i and (not looks_like_math(body) and (cautious or looks_like_prose(body))):
            if not cautious:
                self._problem("unclosed $$", line.start, line.start + 2)
                return i + 1
            return None
        self._display("$$", ranges, line.start, end)
        return self._resume(k, end + (label.end() if label else 0))

    def _goes_on(self, rest: str) -> bool:
        """Do words follow a one-line `$$…$$`? It is then inline in kramdown, which has no single dollars."""
        rest = tags.without(rest)
        return "$$" in rest or (not self.single_dollars and any(c.isalnum() for c in rest))

    # Items

    def _display(self, env: str, ranges: list[Range], start: int, end: int, escapes: bool = True) -> None:
        self._end_paragraph()
        body = self.whole.pick(ranges)
        if "\\" in body.text and (found := definitions(body.text)):
            self.definitions.extend(found)
            body = body.without([(d.start, d.end) for d in found])
            if not body.text.strip():
                return
        body = unescape(body, self.escaped) if escapes else body
        self._item(MathBlock(True, env, body.text, body.offsets, Span(start, end)))

    def _heading(self, title: str, level: int, start: int, end: int) -> None:
        self._end_paragraph()
        self.indents.clear()
        self._item(Heading(title.strip(), level, Span(start, end)))

    def _setext(self, level: int, end: int) -> None:
        title = self.whole.pick(merge(self.paragraph))
        self.paragraph = []
        self._heading(title.text, level, title.offsets[0], end)

    def _break(self, at: int) -> None:
        self._end_paragraph()
        if self.items and not isinstance(self.items[-1], ParagraphBreak):
            self._item(ParagraphBreak(Span(at, at)))

    def _end_paragraph(self) -> None:
        if not self.paragraph:
            return
        stretch = self.whole.pick(self.paragraph)
        self.paragraph = []
        removed: list[Range] = []
        if "\\" in stretch.text and (found := definitions(stretch.text)):
            self.definitions.extend(found)
            removed = [(d.start, d.end) for d in found]
        InlineScanner(stretch, removed, self.single_dollars, self._item, self.problems.append).scan()

    def _item(self, item: Item) -> None:
        self.items.append(item)

    def _problem(self, message: str, start: int, end: int) -> None:
        self.problems.append(Problem(message, Span(start, end)))

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
from dataclasses import dataclass, replace

from derivcheck.documents import markdown_tags as tags
from derivcheck.documents.environments import (
    DISPLAY_ENVIRONMENTS,
    TEXT_GROUP,
    Delimiter,
    delimiters,
    pair,
    skip_arguments,
)
from derivcheck.documents.macros import Definition, collect, definitions
from derivcheck.documents.markdown_inline import InlineScanner, annotation_in
from derivcheck.documents.markdown_math import LABEL, looks_like_math, looks_like_prose, unescape
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

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]*)*")
_QUOTE = re.compile(r"[ \t]*>")
_LIST = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_RULE = re.compile(r"(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_ATX = re.compile(r"(#{1,6})(?:[ \t]|$)")
_SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})[ \t]*(.*)$")
_DIRECTIVE = re.compile(r"\{([A-Za-z][\w:-]*)\}")
_OPTION_LINE = re.compile(r"[ \t]*:[\w-]+:")
_DROPPED = re.compile(r"\{[:%].*\}[ \t]*$|:(?:eqlabel|label|width|height|numref):|\[[^]^]{1,200}\]:[ \t]")
_RAW_HTML = re.compile(r"<(script|style|pre|textarea)\b", re.IGNORECASE)
_MATH_SCRIPT = re.compile(r"<script\s+type=[\"']math/tex;\s*mode=display[\"']\s*>", re.IGNORECASE)
_CDATA = re.compile(r"%?[ \t]*<!\[CDATA\[|%?[ \t]*\]\]>")
_RAW_HTML_END = re.compile(r"</(script|style|pre|textarea)", re.IGNORECASE)
_SINGLE_DOLLARS = re.compile(r"(?<![\\$])\$[^$\s][^$\n]{0,200}\$(?!\$)")
_BODY = re.compile(r"\\(?:(?:text|[mhf]box|intertext|shortintertext)\w*|tag\*?)[ \t]*\{|\\.|\$\$?|[{}]", re.DOTALL)
# Quarto names its theorem-like blocks by the prefix of their label.
_THEOREM_LIKE = {
    "thm": "theorem", "lem": "lemma", "cor": "corollary", "prp": "proposition", "cnj": "conjecture",
    "def": "definition", "exm": "example", "exr": "exercise", "sol": "solution", "rem": "remark",
}  # fmt: skip
_CODE_DIRECTIVES = frozenset(
    {"code", "code-block", "code-cell", "sourcecode", "literalinclude", "figure", "image", "bibliography",
     "raw", "toctree", "include", "mermaid", "r", "python", "julia", "ojs", "bash", "eval-rst", "contents",
     "glue", "tableofcontents", "prf:algorithm", "algorithm", "csv-table", "list-table", "video", "iframe",
     "stan", "sql"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # of the content, after quote markers and indentation
    end: int  # without the line break
    depth: int  # of quotes
    indent: int

    @property
    def blank(self) -> bool:
        return self.start >= self.end


@dataclass
class _Fence:
    char: str
    length: int
    name: str  # of the theorem-like block, or ""


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
        self.bounds = _line_bounds(text)
        self.paragraph: list[Range] = []
        self.lists: list[int] = []  # content indentations of the open list items
        self.depth = 0
        self.after_blank = True
        self.fences: list[_Fence] = []  # open directives whose content is Markdown
        self.unclosed: dict[tuple[str, int], int] = {}  # fence and quote depth that nothing later closes
        self.definitions: list[Definition] = []
        self.raw_ends = {m[1].lower(): m.end() for m in _RAW_HTML_END.finditer(text)}  # the last of each
        self.comment_end = Finder(text, "-->")
        self.script_end = Finder(text, "</script")
        self.environments = pair(delimiters(text))
        self.single_dollars = cell or _SINGLE_DOLLARS.search(text) is not None

    def read(self) -> None:
        i = self._front_matter()
        while i < len(self.bounds):
            i = self._line(i)
        self._end_paragraph()
        self.macros = collect(self.macros, self.definitions)

    # Lines

    def _at(self, i: int) -> _Line:
        start, end = self.bounds[i]
        match = _PREFIX.match(self.text, start, end)
        assert match is not None
        prefix = match[0]
        depth = prefix.count(">")
        tail = prefix[prefix.rfind(">") + 1 :] if depth else prefix
        indent = len(tail.expandtabs(4)) - (1 if depth and tail else 0)
        return _Line(match.end(), end, depth, indent)

    def _front_matter(self) -> int:
        if not self.bounds or self.cell:
            return 0
        mark = self.text[slice(*self.bounds[0])].rstrip().lstrip("\ufeff")
        if mark not in ("---", "+++"):
            return 0
        closings = (mark,) if mark == "+++" else ("---", "...")
        for i in range(1, len(self.bounds)):
            if self.text[slice(*self.bounds[i])].rstrip() in closings:
                return i + 1
        return 0

    def _line(self, i: int) -> int:
        """Reads the block line i begins or goes on with; returns the next line."""
        line = self._at(i)
        if line.blank:
            self._break(line.start)
            self.after_blank = True
            return i + 1
        if line.depth != self.depth:
            self._break(line.start)
            self.lists.clear()
            self.depth = line.depth
        after_blank, self.after_blank = self.after_blank, False
        if after_blank:
            while self.lists and line.indent < self.lists[-1]:
                self.lists.pop()
        base = self.lists[-1] if self.lists else 0
        if after_blank and line.indent >= base + 4:
            self.after_blank = True  # indented code goes on until the indentation ends
            return i + 1
        return self._content(i, self._list_markers(line))

    def _list_markers(self, line: _Line) -> _Line:
        """The line after its list markers, which open list items."""
        for _ in range(8):
            text = self.text
            marker = _LIST.match(text, line.start, line.end)
            if marker is None or _RULE.match(text, line.start, line.end):
                break
            self._break(line.start)
            width = marker.end() - marker.start()
            while self.lists and line.indent < self.lists[-1]:
                self.lists.pop()
            self.lists.append(line.indent + width)
            quote = _PREFIX.match(text, marker.end(), line.end)
            after = quote.end() if quote else marker.end()
            depth = line.depth + text.count(">", marker.end(), after)
            self.depth = depth
            line = _Line(after, line.end, depth, line.indent + width)
        return line

    def _content(self, i: int, line: _Line) -> int:
        text, start = self.text, line.start
        head = text[start : start + 2]
        char = head[:1]
        if char in "`~:" and (fence := _FENCE.match(text, start, line.end)):
            return self._fence(i, line, fence[1], fence[2].strip())
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
        if char == "#" and (atx := _ATX.match(text, start, line.end)):
            title = text[atx.end() : line.end].strip()
            unclosed = title.rstrip("#")  # a closing run of # stands after a space
            title = unclosed if not unclosed or unclosed[-1].isspace() else title
            self._heading(title, len(atx[1]), start, line.end)
            return i + 1
        if char in "=-" and self.paragraph and _SETEXT.match(text, start, line.end):
            self._setext(1 if char == "=" else 2, line.end)
            return i + 1
        if char in "-*_" and _RULE.match(text, start, line.end):
            self._break(start)
            return i + 1
        if char == "|":
            self._break(start)
            self.paragraph.append((start, line.end))
            self._break(line.end)
            return i + 1
        if (opening := self._dollars_at_end(line)) is not None:
            before = list(self.paragraph)
            self.paragraph.append((start, opening))
            after = self._dollars(i, _Line(opening, line.end, line.depth, line.indent), cautious=True)
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

    def _fence(self, i: int, line: _Line, mark: str, info: str) -> int:
        self._break(line.start)
        top = self.fences[-1] if self.fences else None
        if not info and top is not None and mark[0] == top.char and len(mark) >= top.length:
            self.fences.pop()
            if top.name:
                self._item(EnvironmentMark(top.name, False, Span(line.start, line.end)))
            return i + 1
        directive = _DIRECTIVE.match(info)
        name = directive[1] if directive else ""
        if info.split(" ")[0] == "math" or name == "math":
            return self._math_fence(i, line, mark, directive is not None)
        if mark[0] == ":" or (name and name not in _CODE_DIRECTIVES):
            return self._prose_fence(i, line, mark, name or info)
        end = self._closing_fence(i + 1, line, mark)
        return min(end + 1, len(self.bounds)) if end is not None else len(self.bounds)

    def _prose_fence(self, i: int, line: _Line, mark: str, info: str) -> int:
        """A directive (note, theorem …) whose content is Markdown again."""
        if info:
            name = info.removeprefix("prf:").removeprefix("proof:").strip("{}").lstrip("#.")
            name = _THEOREM_LIKE.get(name.split("-")[0], name)
            name = name if name.isalpha() else ""
            self.fences.append(_Fence(mark[0], len(mark), name))
            if name:
                self._item(EnvironmentMark(name, True, Span(line.start, line.end)))
        self.after_blank = True
        return i + 1

    def _closing_fence(self, i: int, line: _Line, mark: str) -> int | None:
        """The line of the closing fence; the end of the quote or list item ends the fence as well."""
        if len(mark) >= self.unclosed.get((mark[0], line.depth), len(mark) + 1):
            return None
        for k in range(i, len(self.bounds)):
            inner = self._at(k)
            if inner.depth < line.depth and not inner.blank:
                return k - 1
            content = self.text[inner.start : inner.end].rstrip()
            if content.startswith(mark) and not content.strip(mark[0]):
                return k
        self.unclosed[mark[0], line.depth] = len(mark)
        return None

    def _math_fence(self, i: int, line: _Line, mark: str, directive: bool) -> int:
        end = self._closing_fence(i + 1, line, mark)
        if end is None:
            self._problem("unclosed math block", line.start, line.end)
            return i + 1
        first = i + 1
        while directive and first < end and _OPTION_LINE.match(self.text, *self.bounds[first]):
            first += 1
        ranges = [part for k in range(first, end) for part in self._body_line(k, line)]
        ranges = self._without_dollars(ranges)
        closing = self._at(end)
        inner = self.bounds[min(first, len(self.bounds) - 1)][0]
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

    def _html(self, i: int, line: _Line) -> int | None:
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
        for k in range(i, len(self.bounds)):
            if closing in self.text[slice(*self.bounds[k])].lower():
                self._break(start)
                return k + 1
        return None

    def _script(self, i: int, line: _Line, script: re.Match[str]) -> int | None:
        """`<script type="math/tex; mode=display">` of MathJax 2, the marks of a CDATA section left out."""
        close = self.script_end(script.end())
        if close < 0:
            return None
        end = self.text.find(">", close) + 1 or len(self.text)
        return self._tagged(i, line, script.end(), close, end)

    def _tagged(self, i: int, line: _Line, inner: int, close: int, end: int) -> int:
        last = i
        while self.bounds[last][1] < close:
            last += 1
        whole = self.whole.pick(self._ranges(i, line, inner, last, close))
        body = whole.without([m.span() for m in _CDATA.finditer(whole.text)])
        self._end_paragraph()
        self._item(MathBlock(True, "$$", body.text, body.offsets, Span(line.start, end)))
        return self._resume(last, end)

    def _resume(self, i: int, end: int) -> int:
        """Goes on after a block that ended at offset `end`; the rest of its line belongs to the paragraph."""
        while i + 1 < len(self.bounds) and self.bounds[i][1] < end:
            i += 1
        if self.text[end : self.bounds[i][1]].strip():
            self._append(end, self.bounds[i][1])
        return i + 1

    def _command(self, i: int, line: _Line) -> int | None:
        r"""`\begin{align}`, `\[` and `\\[` at the start of a line."""
        start = line.start
        if start in self.environments:
            opening, closing = self.environments[start]
            return self._environment(i, line, opening, closing)
        for opener, closer in (("\\\\[", "\\\\]"), ("\\[", "\\]")):
            if self.text.startswith(opener, start):
                return self._bracket(i, line, opener, closer)
        return None

    def _environment(self, i: int, line: _Line, opening: Delimiter, closing: Delimiter) -> int | None:
        if opening.env not in DISPLAY_ENVIRONMENTS:
            return None
        inner = skip_arguments(opening.env, self.text, opening.end, closing.start)
        last = i
        while self.bounds[last][1] < closing.end:
            last += 1
        ranges = self._ranges(i, line, inner, last, closing.start)
        self._display(opening.env, ranges, opening.start, closing.end)
        return self._resume(last, closing.end)

    def _bracket(self, i: int, line: _Line, opener: str, closer: str) -> int | None:
        r"""`\[ … \]` over several lines; one within a line is left to the paragraph."""
        inner = line.start + len(opener)
        if self.text.find(closer, inner, line.end) >= 0:
            return None
        for k in range(i + 1, len(self.bounds)):
            at = self._at(k)
            if at.blank or self.text.find(opener, at.start, at.end) >= 0:
                return None
            close = self.text.find(closer, at.start, at.end)
            if close >= 0:
                ranges = self._ranges(i, line, inner, k, close)
                body = self.whole.pick(ranges).text
                if not looks_like_math(body) or looks_like_prose(body):
                    return None
                self._display("[", ranges, line.start, close + len(closer))
                return self._resume(k, close + len(closer))
        return None

    # Double dollars

    def _dollars_at_end(self, line: _Line) -> int | None:
        """Where a line of text ends in the only `$$` it has: a display may open there."""
        end = line.end
        while end > line.start and self.text[end - 1] in " \t":
            end -= 1
        if not self.text.endswith("$$", line.start, end) or end - 2 <= line.start:
            return None
        alone = self.text.find("$$", line.start, end - 2) < 0 and self.text[end - 3] not in "$\\"
        return end - 2 if alone else None

    def _dollars(self, i: int, line: _Line, cautious: bool = False) -> int | None:
        """A display from the `$$` at the start of the line; None when none is there.

        A body with a bare `$` is no display: the dollars were paired wrongly, or the text is broken. Then
        what stands up to the closing `$$` is reported and skipped, lest it turn every later pair inside out.
        """
        closing = self._closing_dollars(i, line, one_paragraph=cautious)
        if closing is None:
            if not cautious:
                self._problem("unclosed $$", line.start, line.start + 2)
                if line.end - line.start > 2:
                    self._append(line.start + 2, line.end)
                return i + 1
            return None
        k, close, stray = closing
        end = close + 2
        ranges = self._ranges(i, line, line.start + 2, k, close)
        body = self.whole.pick(ranges).text
        rest = self.text[end : self.bounds[k][1]]
        label = LABEL.match(rest)
        if k == i and (not body.strip() or (not label and self._goes_on(rest))):
            return None
        if stray:
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

    def _closing_dollars(self, i: int, line: _Line, one_paragraph: bool) -> tuple[int, int, bool] | None:
        """Line and offset of the closing `$$`, and whether a bare `$` stood before it."""
        in_text = 0
        stray = blank_seen = False
        for k in range(i, len(self.bounds)):
            at = self._at(k)
            start = line.start + 2 if k == i else at.start
            if k > i:
                if at.blank:
                    if stray or one_paragraph or at.depth < line.depth:
                        return None
                    blank_seen, in_text = True, 0
                    continue
                head = self.text[start : start + 3]
                if head in ("```", "~~~") or (head[:1] == "#" and _ATX.match(self.text, start, at.end)):
                    return None
                if blank_seen and looks_like_prose(self.text[start : min(at.end, start + 500)]):
                    return None
            for match in _BODY.finditer(self.text, start, at.end):
                token = match[0]
                if token == "$$":
                    return k, match.start(), stray
                if token == "{":
                    in_text += in_text > 0
                elif token == "}":
                    in_text -= in_text > 0
                elif token == "$":
                    if not in_text:
                        if blank_seen:
                            return None
                        stray = True
                elif token[-1] == "{" and TEXT_GROUP.match(self.text, match.start()):
                    in_text += 1
                elif token[-1] == "{":
                    in_text += in_text > 0
        return None

    def _ranges(self, i: int, line: _Line, inner: int, last: int, close: int) -> list[Range]:
        """The body of a display from `inner` on line i to `close` on line `last`."""
        if i == last:
            return [(inner, close)]
        ranges = [(inner, line.end), self._newline(i)]
        for k in range(i + 1, last):
            ranges.extend(self._body_line(k, line))
        start = self._body_start(last, line)
        ranges.append((min(start, close), close))
        return ranges

    def _body_line(self, k: int, line: _Line) -> list[Range]:
        return [(self._body_start(k, line), self.bounds[k][1]), self._newline(k)]

    def _body_start(self, k: int, line: _Line) -> int:
        """After the quote markers and the indentation that the display itself has."""
        at, end = self.bounds[k]
        for _ in range(line.depth):
            match = _QUOTE.match(self.text, at, end)
            if match is None:
                break
            at = match.end()
        indent = line.indent + (1 if line.depth else 0)
        while indent > 0 and at < end and self.text[at] in " \t":
            indent -= 4 if self.text[at] == "\t" else 1
            at += 1
        return at

    def _newline(self, k: int) -> Range:
        at = self.text.find("\n", self.bounds[k][1], self.bounds[k][1] + 2)
        return (at, at + 1) if at >= 0 else (self.bounds[k][1], self.bounds[k][1])

    # Items

    def _display(self, env: str, ranges: list[Range], start: int, end: int, escapes: bool = True) -> None:
        self._end_paragraph()
        body = self.whole.pick(ranges)
        if "\\" in body.text and (found := definitions(body.text)):
            self.definitions.extend(found)
            body = body.without([(d.start, d.end) for d in found])
            if not body.text.strip():
                return
        body = unescape(body) if escapes else body
        self._item(MathBlock(True, env, body.text, body.offsets, Span(start, end)))

    def _heading(self, title: str, level: int, start: int, end: int) -> None:
        self._end_paragraph()
        self.lists.clear()
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


def _line_bounds(text: str) -> list[Range]:
    """Start and end of every line, without `\\n` or `\\r\\n`."""
    bounds: list[Range] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        bounds.append((start, end - 1 if end > start and text[end - 1] == "\r" else end))
        start = end + 1
    return bounds

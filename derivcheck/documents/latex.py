r"""LaTeX: displays, inline formulas, headings, theorem-like environments and the prose between them.

Two passes, both linear: `latex_clean` cuts out what TeX never sees; this one walks over the control
sequences and dollars that are left. Files read in by `\input` and its like stand where they are read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

from derivcheck.documents.environments import (
    DISPLAY_ENVIRONMENTS,
    INLINE_ENVIRONMENTS,
    TEXT_GROUP,
    Delimiter,
    braces,
    pair,
    skip_arguments,
)
from derivcheck.documents.include import Loader
from derivcheck.documents.latex_clean import clean
from derivcheck.documents.latex_files import MAX_DEPTH, Reading, theorems
from derivcheck.documents.latex_macros import UserDelimiters, Wrapper, in_math_mode, user_delimiters
from derivcheck.documents.macros import collect, definitions
from derivcheck.documents.model import (
    Annotation,
    EnvironmentMark,
    Heading,
    Item,
    Macro,
    MathBlock,
    ParagraphBreak,
    Problem,
    Prose,
    Source,
    Span,
)
from derivcheck.documents.stretch import Finder, Range, Stretch, complement, merge, within

_TOKEN = re.compile(r"\\(?P<word>[A-Za-z@]+\*?)|\\.|\$\$?|[{}]|\n[ \t]*\n\s*", re.DOTALL)
_MATH_TOKEN = re.compile(r"\\(?:[A-Za-z@]+|.)|\$\$?|\n[ \t]*\n", re.DOTALL)
_COMMAND = re.compile(r"\\(?:(begin|end)[ \t]*\{([A-Za-z@]+\*?)\}|[A-Za-z@]+|.)", re.DOTALL)
_BEGIN = re.compile(r"[ \t]*\{([A-Za-z@]+\*?)\}")
_GROUP = re.compile(r"\s{0,20}\{([^{}\n]{0,300})\}")
_IMPORT = re.compile(r"\s*\{([^{}\n]{0,300})\}\s*\{([^{}\n]{0,300})\}")
_BARE_FILE = re.compile(r"[ \t]+([^\s{}\\]{1,300})")
_OPTION = re.compile(r"[ \t]*\[[^][\n]{0,300}\]")
_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_SKIP_AFTER_BREAK = re.compile(r"\*?[ \t]*(?:\[[ \t]*-?[\d.]+[ \t]*\\?[a-z]+[ \t]*\])?")  # of `\\[2pt]`

_LEVELS = {"part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5}
_BREAKS = frozenset(
    {"par", "item", "paragraph", "subparagraph", "newpage", "clearpage", "bigskip", "medskip", "smallskip"}
)
_INCLUDES = frozenset({"input", "include", "subfile", "subfileinclude", "import", "subimport"})
_LAYOUT_ENVIRONMENTS = frozenset(
    {"document", "itemize", "enumerate", "description", "center", "flushleft", "flushright", "quote",
     "quotation", "minipage", "figure", "table", "tabular", "multicols", "subequations",
     "small", "footnotesize", "frame", "columns", "column"}
)  # fmt: skip
# Commands that are no words of the text, with their argument.
_SILENT = frozenset(
    {"label", "ref", "eqref", "cref", "Cref", "autoref", "pageref", "nameref", "cite", "citep", "citet",
     "citealp", "citeauthor", "nocite", "bibliography", "bibliographystyle", "includegraphics", "vspace",
     "hspace", "url", "index", "pagestyle", "thispagestyle", "setcounter", "addtocounter", "usepackage",
     "hypertarget", "color", "setlength", "addtolength", "graphicspath", "href", "documentclass"}
)  # fmt: skip
_INLINE_CLOSE = {"$": "$", "\\(": "\\)"}
_DISPLAY_CLOSE = {"$$": "$$", "\\[": "\\]"}


def read_latex(
    text: str, path: str, loader: Loader | None, preamble: Mapping[str, Macro]
) -> tuple[list[Source], list[Item], dict[str, Macro], list[Problem]]:
    """Sources (the file itself first), items in order, macros and problems."""
    reading = Reading(loader, dict(preamble))
    _read_file(reading, path, text, "", 0)
    macros = {name: in_math_mode(macro) for name, macro in reading.macros.items()}
    return reading.sources, _levels_from_one(reading.items), macros, reading.problems


def _levels_from_one(items: list[Item]) -> list[Item]:
    lowest = min((item.level for item in items if isinstance(item, Heading)), default=1)
    return [
        Heading(item.text, item.level - lowest + 1, item.span) if isinstance(item, Heading) else item
        for item in items
    ]


def _read_file(reading: Reading, path: str, text: str, folder: str, depth: int) -> None:
    source = len(reading.sources)
    reading.sources.append(Source.of(path, text))
    cleaned = clean(text, source)
    body = cleaned.body
    begin = body.text.find("\\begin{document}")
    start = 0 if begin < 0 else begin + len("\\begin{document}")
    if begin >= 0:
        reading.preamble(body.text[:begin], folder, depth)
    groups = braces(body.text)
    found = [d for d in definitions(body.text, groups) if d.start >= start]
    reading.macros = collect(reading.macros, found)
    reading.theorems.update(theorems(body.text))
    reading.open_files.append(path)
    removed = [(d.start, d.end) for d in found]
    _Scanner(reading, source, body, groups, removed, cleaned.annotations, folder, depth, start).scan()
    reading.open_files.pop()


class _Scanner:
    """One file: a walk over its cleaned text. Prose gathers as ranges, put out before any other item."""

    def __init__(
        self, reading: Reading, source: int, body: Stretch, groups: Mapping[int, int], removed: list[Range],
        annotations: tuple[Annotation, ...], folder: str, depth: int, start: int,
    ) -> None:  # fmt: skip
        self.reading = reading
        self.source = source
        self.body = body
        self.text = body.text
        self.groups = groups
        self.removed = removed
        self.annotations = annotations
        self.next_annotation = 0
        self.folder = folder
        self.depth = depth
        self.prose: list[Range] = []
        self.user: UserDelimiters = user_delimiters(reading.macros)
        self.start = start  # what stands before is preamble
        self.pairs = pair(self._delimiters())
        self.blank = Finder(self.text, "\n\n")

    def _delimiters(self) -> list[Delimiter]:
        """Openings and closings of display environments, those of user macros too, in order."""
        found: list[Delimiter] = []
        for match in _COMMAND.finditer(self.text, self.start):
            name = match[0] if match[1] is None else f"\\{match[1]}{{{match[2]}}}"
            if self._is_removed(match.start()):
                continue
            if name in self.user.opening:
                found.append(Delimiter(self.user.opening[name], True, match.start(), match.end()))
            elif name in self.user.closing:
                found.append(Delimiter(self.user.closing[name], False, match.start(), match.end()))
            elif match[2] in DISPLAY_ENVIRONMENTS or match[2] in INLINE_ENVIRONMENTS:
                found.append(Delimiter(match[2], match[1] == "begin", match.start(), match.end()))
        return found

    def _is_removed(self, at: int) -> bool:
        return bool(within(self.removed, at, at + 1))

    def scan(self) -> None:
        at = self.start
        removed = 0
        while (match := _TOKEN.search(self.text, at)) is not None:
            start = match.start()
            while removed < len(self.removed) and self.removed[removed][1] <= start:
                removed += 1
            if removed < len(self.removed) and self.removed[removed][0] <= start:
                self.prose.append((at, self.removed[removed][0]))
                at = self.removed[removed][1]
                continue
            self.prose.append((at, start))
            at = self._token(match)
        self.prose.append((at, len(self.text)))
        self._flush()
        self._annotate(None)

    def _token(self, match: re.Match[str]) -> int:
        """Acts on one token of the running text; returns where to go on."""
        token, word, start, end = match[0], match["word"], match.start(), match.end()
        if word:
            return self._word(word, start, end)
        if token in "{}":
            return end
        if token[0] == "\n":
            self._item(ParagraphBreak(self._span(start, end)))
            return end
        if token in _INLINE_CLOSE:
            return self._formula(token, _INLINE_CLOSE[token], False, start)
        if token in _DISPLAY_CLOSE:
            return self._formula(token, _DISPLAY_CLOSE[token], True, start)
        if token[1:] in ("%", "&", "_", "#", "$", "{", "}"):
            self.prose.append((start + 1, end))
        if token == "\\\\" and (skip := _SKIP_AFTER_BREAK.match(self.text, end)):
            return skip.end()
        return end

    def _word(self, word: str, start: int, end: int) -> int:
        plain = word.rstrip("*")
        name = "\\" + plain
        if start in self.pairs:
            return self._environment(*self.pairs[start])
        if name in self.user.opening:
            self._problem(f"{name} is not closed", start, end)
            return end
        if name in self.user.wrappers and (place := self._wrapped(self.user.wrappers[name], end)):
            return place(start)
        if plain in ("begin", "end"):
            return self._mark(plain == "begin", start, end)
        if plain in _LEVELS:
            return self._heading(_LEVELS[plain], start, end)
        if plain in _BREAKS:
            self._item(ParagraphBreak(self._span(start, end)))
            return end
        if plain in _INCLUDES:
            return self._include(plain, start, end)
        if plain in _SILENT:
            option = _OPTION.match(self.text, end)
            group = _GROUP.match(self.text, option.end() if option else end)
            return group.end() if group else end
        if name in self.reading.macros:
            self.prose.append((start, end))
        return end

    def _environment(self, opening: Delimiter, closing: Delimiter) -> int:
        env = opening.env
        inner = skip_arguments(env, self.text, opening.end, closing.start)
        display = env not in INLINE_ENVIRONMENTS
        self._math(env, display, inner, closing.start, opening.start, closing.end)
        return closing.end

    def _wrapped(self, wrapper: Wrapper, at: int) -> Callable[[int], int] | None:
        """Reads the arguments of a macro that is a formula by itself."""
        arguments: list[Range] = []
        if wrapper.macro.default is not None:
            option = _OPTION.match(self.text, at)
            arguments.append((at, at))
            at = option.end() if option else at
        while len(arguments) < wrapper.macro.arity:
            space = _SPACE.match(self.text, at)
            at = space.end() if space else at
            close = self.groups.get(at)
            if close is None:
                return None
            arguments.append((at + 1, close))
            at = close + 1
        end = at

        def emit(start: int) -> int:
            a, b = arguments[wrapper.argument - 1] if wrapper.argument else (start, end)
            self._math(wrapper.env, wrapper.display, a, b, start, end)
            return end

        return emit

    def _formula(self, opener: str, closer: str, display: bool, start: int) -> int:
        r"""From `$`, `$$`, `\(` or `\[` to its closing; a blank line or a second opening ends the search."""
        inner = at = start + len(opener)
        text = self.text
        while (match := _MATH_TOKEN.search(text, at)) is not None:
            token, at = match[0], match.end()
            if token == closer or (opener == "$" and token == "$$"):
                close = match.start()
                self._math(opener.lstrip("\\"), display, inner, close, start, close + len(closer))
                return close + len(closer)
            if token[0] == "\n" or token in ("$$", "\\[", "\\(") or (token == "$" and display):
                break
            if token[0] == "\\" and (group := TEXT_GROUP.match(text, match.start())):
                end = self.groups.get(group.end() - 1)
                if end is None:
                    continue
                blank = self.blank(match.start())
                at = end if blank < 0 or blank > end else at
            elif match.start() in self.pairs and token in ("\\begin", *self.user.opening):
                break
        self._problem(f"unclosed {opener}", start, inner)
        return inner

    def _mark(self, opens: bool, start: int, end: int) -> int:
        name = _BEGIN.match(self.text, end)
        if name is None:
            return end
        env, end = name[1], name.end()
        if env in DISPLAY_ENVIRONMENTS or f"\\begin{{{env}}}" in self.user.opening:
            self._problem(f"\\begin{{{env}}} and \\end{{{env}}} do not match", start, end)
            return end
        span = self._span(start, end)
        if env.rstrip("*") in _LAYOUT_ENVIRONMENTS:
            self._item(ParagraphBreak(span))
            return end
        title = self.reading.theorems.get(env, "")
        self._item(EnvironmentMark(title if title.isascii() and title.isalpha() else env, opens, span))
        return end

    def _heading(self, level: int, start: int, end: int) -> int:
        option = _OPTION.match(self.text, end)
        space = _SPACE.match(self.text, option.end() if option else end)
        brace = space.end() if space else end
        close = self.groups.get(brace)
        if close is None or close - brace > 2000:
            return end
        title = " ".join(self.text[brace + 1 : close].split())
        self._item(Heading(title, level, self._span(start, close + 1)))
        return close + 1

    def _include(self, command: str, start: int, end: int) -> int:
        if command in ("import", "subimport"):
            match = _IMPORT.match(self.text, end)
            name = posixpath.join(match[1].strip(), match[2].strip()) if match else ""
        else:
            match = _GROUP.match(self.text, end) or _BARE_FILE.match(self.text, end)
            name = match[1].strip() if match else ""
        if match is None or not name:
            return end
        self._item(ParagraphBreak(self._span(start, match.end())))
        loaded = self.reading.load(name, self.folder)
        if loaded is None:
            if self.reading.loader is not None:
                self._problem(f"{name}: not found, outside the project, or too much", start, match.end())
        elif loaded[0] in self.reading.open_files or self.depth >= MAX_DEPTH:
            self._problem(f"{name}: files include each other, or too deeply", start, match.end())
        else:
            _read_file(self.reading, *loaded, posixpath.dirname(name), self.depth + 1)
            self._refresh()
        return match.end()

    def _refresh(self) -> None:
        """An included file may have defined delimiters that the rest of this one uses."""
        user = user_delimiters(self.reading.macros)
        if user != self.user:
            self.user = user
            self.pairs = pair(self._delimiters())

    def _math(self, env: str, display: bool, inner: int, close: int, start: int, end: int) -> None:
        removed = within(self.removed, inner, close)
        stretch = self.body.pick(complement(removed, inner, close))
        if removed and not stretch.text.strip():
            return
        self._item(MathBlock(display, env, stretch.text, stretch.offsets, self._span(start, end)))

    def _span(self, start: int, end: int) -> Span:
        last = self.body.offsets[end - 1] + 1 if end > start else self.body.offsets[start]
        return Span(self.body.offsets[start], last, self.source)

    def _problem(self, message: str, start: int, end: int) -> None:
        self.reading.problems.append(Problem(message, self._span(start, end)))

    def _item(self, item: Item) -> None:
        self._flush()
        self._annotate(item.span.start)
        self.reading.items.append(item)

    def _annotate(self, before: int | None) -> None:
        """Puts out the annotations that stand before a source offset (all that are left for None)."""
        while self.next_annotation < len(self.annotations):
            annotation = self.annotations[self.next_annotation]
            if before is not None and annotation.span.start >= before:
                return
            self.reading.items.append(annotation)
            self.next_annotation += 1

    def _flush(self) -> None:
        ranges = merge(self.prose)
        self.prose = []
        stretch = self.body.pick(ranges)
        if stretch.text.strip():
            span = self._span(ranges[0][0], ranges[-1][1])
            self._annotate(span.start)
            self.reading.items.append(Prose(stretch.text, stretch.offsets, span))

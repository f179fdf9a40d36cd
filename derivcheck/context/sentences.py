"""The prose of a document as sentences: every math block is one placeholder character, so that a phrase is
matched
across inline math. A display ends a sentence only when the prose after it starts a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivcheck.context.tables import is_table, rows
from derivcheck.documents.model import (
    Annotation,
    Document,
    EnvironmentMark,
    Heading,
    MathBlock,
    ParagraphBreak,
    Prose,
    Span,
)

# One placeholder per kind of math block: what a phrase may match.
INLINE = "\ue000"
SIZE = "\ue001"  # inline math that is a size, m\times n
DISPLAY = "\ue002"

_DISPLAY = re.compile(DISPLAY)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TERMINAL = re.compile(
    r"(?:(?=[.!?])(?<![A-Z])(?<!\bi\.e)(?<!\be\.g)(?<!\bcf)(?<!\bresp)(?<!\beq)(?<!\bEq)(?<!\bFig)(?<!w\.r\.t)(?<!\betc)"
    r"(?:(?<!\bsym)(?<!\bsymm)(?<!\borth)(?<!\bdiag)(?<!\bpos)(?<!\bdef)(?<!\binv)(?<!\bsing)(?<!\bcol)|(?=\.\s+[A-Z]|\.\s*$))"
    r"[.!?][)*_\"'”]*(?=\s+[^a-z\s]|\s*$)|[。！？])"
)
_CONCLUDED = re.compile(r"\w+\W+\w+\W+\w+\W+(?:if|when|whenever|provided(?: that)?)\b[^,;.]*\Z", re.IGNORECASE)
_FORMULA_LAST = re.compile(f"{INLINE}[.。]\\s*\\Z")
_LONGEST = 4000  # characters of a sentence
_CONTINUES = re.compile(r"\s*(?:[a-z,;:)，；：）、]|其中|这里|此处|式中|且|并|而|的|这是)")
_GOES_ON = re.compile(
    r"\s*(?:it (?:then )?follows|hence|therefore|thus|then|consequently|from (?:this|which|here)"
    r"|this (?:gives|implies|yields|shows)|we (?:get|obtain|find)|so\b)"
    r"|\s*(?:因此|于是|从而|故|所以|由此|进而|可得|得到|这样)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.。](?:\s|\\[!,;:]|~|\}|\\\w+\{[^{}]*\})*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[k]` stands at character `places[k]` of item `items[k]`.

    `first`..`last` are the items it touches; `paragraph` and `previous_paragraph` where its paragraph and
    the one
    before start; `before` the first of the displays it comes right after (or `first`); `next_display_end`
    the item after the next run of displays; `displays` those within it. `complete`: it ends with a formula of its own,
    and the text goes on to something else before any display.
    """

    text: str
    items: tuple[int, ...]
    places: tuple[int, ...]
    paragraph: int
    previous_paragraph: int
    before: int
    next_display_end: int
    displays: tuple[int, ...]
    own_display_end: int = 0  # the item after the run of displays that starts with its last one
    complete: bool = False

    @property
    def first(self) -> int:
        return self.items[0]

    @property
    def last(self) -> int:
        return self.items[-1]

    def binds_back(self, item: int) -> int:
        """The display that a "where" standing at this item speaks of; `first` when there is none."""
        return self.displays[0] if self.displays and self.displays[0] < item else self.before

    def passing_end(self, item: int) -> int:
        """Where a condition stated at this item no longer holds: after the next run of displays."""
        if self.displays and self.displays[-1] > item:
            return max(self.last + 1, self.own_display_end)
        if self.complete and item < self.last:
            return self.last + 1  # "When $A$ is symmetric this becomes $2Ax$. Another example:"
        return self.next_display_end

    def concluded(self, item: int) -> bool:
        """Whether the condition at this item ends a sentence without displays that said what follows from it."""
        return not self.displays and _CONCLUDED.search(self.text, 0, self.items.index(item)) is not None

    def span(self, document: Document, start: int, end: int) -> Span:
        """The source range of `text[start:end]`."""
        a, b = self.items[start], self.items[max(start, end - 1)]
        left, right = (
            _place(document, a, self.places[start]),
            _place(document, b, self.places[max(start, end - 1)]),
        )
        if left.source != right.source:
            return left
        return Span(left.start, max(left.end, right.end), left.source)


def _place(document: Document, item: int, at: int) -> Span:
    block = document.items[item]
    if isinstance(block, Prose) and at < len(block.text):
        return block.source_span(at, at + 1)
    return block.span


def _next_solid(document: Document) -> list[int]:
    """For each item the next one (itself included) that is not a paragraph break."""
    out = [len(document.items)] * (len(document.items) + 1)
    for i in range(len(document.items) - 1, -1, -1):
        out[i] = out[i + 1] if isinstance(document.items[i], ParagraphBreak | Annotation) else i
    return out


def _is_text(document: Document, i: int) -> bool:
    item = document.items[i] if i < len(document.items) else None
    return isinstance(item, Prose) or (isinstance(item, MathBlock) and not item.display)


def _display_ends(document: Document) -> list[int]:
    """For each item: the item after the run of displays that follows it (itself included) in its section; the
    paragraph break when another paragraph of text comes first."""
    n = len(document.items)
    solid = _next_solid(document)
    out = [n] * (n + 1)
    run_end = n
    for i in range(n - 1, -1, -1):
        item = document.items[i]
        if isinstance(item, MathBlock) and item.display:
            j = i + 1
            while j < n and isinstance(document.items[j], ParagraphBreak) and j < i + 4:
                j += 1
            follower = document.items[j] if j < n else None
            joined = isinstance(follower, MathBlock) and follower.display
            later = _consequence(document, j)
            run_end = run_end if joined else out[later] if later is not None else i + 1
        elif isinstance(item, Heading) or (isinstance(item, ParagraphBreak) and _is_text(document, solid[i])):
            run_end = i
        out[i] = run_end
    return out


def _consequence(document: Document, i: int) -> int | None:
    """The display that the text from an item on announces as a consequence; None where it announces none."""
    first = document.items[i] if i < len(document.items) else None
    if not isinstance(first, Prose) or _GOES_ON.match(first.text) is None:
        return None
    while _is_text(document, i):
        i += 1
    item = document.items[i] if i < len(document.items) else None
    return i if isinstance(item, MathBlock) and item.display else None


@dataclass(slots=True)
class _Buffer:
    chars: list[str]
    items: list[int]
    places: list[int]

    def add(self, text: str, item: int) -> None:
        self.chars.extend(text)
        self.items.extend([item] * len(text))
        self.places.extend(range(len(text)))


def sentences(document: Document, sizes: frozenset[int]) -> Iterator[Sentence]:
    """All sentences in order. `sizes`: the inline blocks that are sizes."""
    solid, display_ends = _next_solid(document), _display_ends(document)
    buffer = _Buffer([], [], [])
    paragraph = previous = 0
    back: int | None = None  # first display of the run just before the current text
    after_break = False
    for i, item in enumerate(document.items):
        if isinstance(item, ParagraphBreak | Annotation):
            if _flushes(document, buffer, solid[i]):
                yield from _split(buffer, paragraph, previous, back, display_ends)
                back = _display_tail(document, buffer, back)
                buffer = _Buffer([], [], [])
            after_break = True
            continue
        if isinstance(item, Heading | EnvironmentMark):
            yield from _split(buffer, paragraph, previous, back, display_ends)
            buffer, back, after_break = _Buffer([], [], []), None, False
            previous = paragraph = i
            continue
        if isinstance(item, Prose):
            if after_break and not buffer.chars:
                previous, paragraph = paragraph, i
            if buffer.chars and buffer.chars[-1] == DISPLAY and _starts_anew(document, buffer.items[-1], item.text):
                yield from _split(buffer, paragraph, previous, back, display_ends)
                back = _display_tail(document, buffer, back)
                buffer = _Buffer([], [], [])
            buffer.add(_PRIVATE.sub(" ", item.text), i)
        else:
            if after_break and not buffer.chars and not item.display:
                previous, paragraph = paragraph, i
            buffer.add(DISPLAY if item.display else SIZE if i in sizes else INLINE, i)
        after_break = False
    yield from _split(buffer, paragraph, previous, back, display_ends)


def _flushes(document: Document, buffer: _Buffer, following: int) -> bool:
    """Does a paragraph break end the sentence? Not before a display, nor after one that the text goes on
    from."""
    if following >= len(document.items) or not buffer.chars:
        return True
    item = document.items[following]
    if isinstance(item, MathBlock):
        return not item.display or is_table("".join(buffer.chars))
    if isinstance(item, Prose) and buffer.chars[-1] == DISPLAY:
        return _CONTINUES.match(item.text) is None
    return True


def _starts_anew(document: Document, display: int, text: str) -> bool:
    if _CONTINUES.match(text):
        return False
    block = document.items[display]
    ended = isinstance(block, MathBlock) and _ENDS.search(block.text[-80:]) is not None
    return ended or text.lstrip()[:1].isupper() or not text.strip()


def _display_tail(document: Document, buffer: _Buffer, back: int | None) -> int | None:
    """The first of the displays at the end of the text just finished; None when it ends in words."""
    tail: int | None = None
    for k in range(len(buffer.chars) - 1, -1, -1):
        if buffer.chars[k] == DISPLAY:
            tail = buffer.items[k]
        elif not buffer.chars[k].isspace():
            return tail
    return tail if tail is not None else back


def _cuts(text: str) -> Iterator[int]:
    """Where sentences end; one that never ends is cut all the same."""
    start = 0
    for end in (*(m.end() for m in _TERMINAL.finditer(text)), len(text)):
        yield from range(start + _LONGEST, end, _LONGEST)
        yield end
        start = end


def _turns_to_another(rest: str) -> bool:
    """Whether more text follows that draws no conclusion."""
    follows = rest.lstrip()
    return follows[:1] not in ("", DISPLAY) and _GOES_ON.match(follows) is None


def _split(
    buffer: _Buffer, paragraph: int, previous: int, back: int | None, display_ends: list[int]
) -> Iterator[Sentence]:
    text = "".join(buffer.chars)
    if (told := rows(text)) is not None:
        for row in told:
            taken = [k for _, k in row]
            items, places = [buffer.items[k] for k in taken], [buffer.places[k] for k in taken]
            said = _Buffer([c for c, _ in row], items, places)
            yield from _cut_up(said, paragraph, previous, back, display_ends)
    else:
        yield from _cut_up(buffer, paragraph, previous, back, display_ends)


def _cut_up(
    buffer: _Buffer, paragraph: int, previous: int, back: int | None, display_ends: list[int]
) -> Iterator[Sentence]:
    text = "".join(buffer.chars)
    start = 0
    for cut in _cuts(text):
        if text[start:cut].strip():
            items = tuple(buffer.items[start:cut])
            binds = back if start == 0 and back is not None else items[0]
            shown = (m.start() for m in _DISPLAY.finditer(text, start, cut))
            displays = tuple(buffer.items[k] for k in shown)
            following = display_ends[min(items[-1] + (items[-1] in displays), len(display_ends) - 1)]
            places = tuple(buffer.places[start:cut])
            own = display_ends[displays[-1]] if displays else 0
            complete = _FORMULA_LAST.search(text, start, cut) is not None and _turns_to_another(text[cut:])
            yield Sentence(
                text[start:cut], items, places, paragraph, previous, binds, following, displays, own, complete
            )
            start = cut

"""Where a fact holds: sections, theorem-like environments, and the reach that its sentence gives it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from derivcheck.context.facts import Scope
from derivcheck.context.sentences import Sentence
from derivcheck.documents.model import Document, EnvironmentMark, Heading


class Reach(Enum):
    """How far a statement reaches, as its words say."""

    FORWARD = "from here to the end of the section"  # let, suppose, given, 设, 令, 记
    STATED = "the section, and the displays just before"  # a plain "A is m×n"
    BACKWARD = "the display it follows, and the section"  # where, here, 其中
    PASSING = "the next display only"  # if, when, 取, 当, 若
    CASE = "the next display, perhaps the rest of the document"  # for a rotation R
    LOCAL_SECTION = "the whole section it stands in"  # in this section, 本节
    EVERYWHERE = "the whole document"  # throughout, 全文


_NOTATION = re.compile(
    r"[\W\d]*(?:(?:basic |general )?"
    r"(?:notations?|conventions?|preliminar(?:y|ies)|symbols?|terminology|definitions?)(?: and |, |$))+"
    r"|[\W\d]*第?[一二三四五六七八九十]?[、章节\s]*"
    r"(?:(?:基本)?(?:符号|记号|约定|说明|记法|预备(?:知识)?|前言)(?:与|和|及|、|$))+",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(theorem|thm|lemma|proposition|prop|corollary|cor|claim|exercise|problem|example|solution)\*?$")


@dataclass(frozen=True, slots=True)
class Section:
    first: int
    last: int
    title: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a document. `owner[i]` is the index in `sections` of the innermost section of item
    i."""

    sections: tuple[Section, ...]
    starts: tuple[int, ...]
    preamble_end: int
    closed: tuple[tuple[int, int], ...]  # theorem-like environments with the proof that follows
    last: int

    def section(self, item: int) -> Section:
        return self.sections[bisect_right(self.starts, item) - 1]

    def everywhere(self, item: int) -> bool:
        """Do declarations made at this item hold in the whole document?"""
        return item < self.preamble_end or bool(_NOTATION.fullmatch(self.section(item).title.strip()))

    def end(self, item: int) -> int:
        """First item at which a declaration made here no longer holds."""
        if self.everywhere(item):
            return self.last
        last = self.section(item).last
        at = bisect_right(self.closed, (item, self.last)) - 1
        if at >= 0 and item < self.closed[at][1]:
            return min(last, self.closed[at][1])
        return last

    def scope(self, sentence: Sentence, reach: Reach, item: int, *, property_only: bool = False) -> Scope:
        end = self.end(item)
        echo = far = 0
        first = sentence.first
        match reach:
            case Reach.EVERYWHERE:
                return Scope(0, self.last)
            case Reach.LOCAL_SECTION:
                section = self.section(item)
                return Scope(section.first, end)
            case Reach.FORWARD:
                pass
            case Reach.STATED:
                first = sentence.paragraph if property_only else sentence.previous_paragraph
            case Reach.BACKWARD:
                first = sentence.binds_back(item)
            case Reach.PASSING | Reach.CASE:
                echo, far = end, self.last if reach is Reach.CASE else 0
                end = max(item + 1, min(end, sentence.passing_end(item)))
            case _:
                assert_never(reach)
        return Scope(min(max(first, self.section(item).first), item), end, echo, far)


def _section_ends(headings: Sequence[tuple[int, Heading]], last: int) -> list[int]:
    """For each heading the item of the next one of the same or a higher level (one pass with a stack)."""
    ends = [last] * len(headings)
    open_: list[int] = []
    for k, (item, heading) in enumerate(headings):
        while open_ and headings[open_[-1]][1].level >= heading.level:
            ends[open_.pop()] = item
        open_.append(k)
    return ends


def _preamble_end(headings: Sequence[tuple[int, Heading]], last: int) -> int:
    """Where the first main section starts; a lone first heading of a higher level is the title, not a
    section."""
    if not headings:
        return last
    levels = [h.level for _, h in headings]
    titled = len(levels) > 1 and levels[0] < min(levels[1:])
    body = headings[1:] if titled else headings
    top = min(h.level for _, h in body)
    return next(item for item, h in body if h.level == top)


def _closed_environments(document: Document) -> tuple[tuple[int, int], ...]:
    """Outermost theorem-like environments as (first, last), a proof that follows included, in order."""
    out: list[tuple[int, int]] = []
    start: int | None = None
    depth = 0
    for i, item in enumerate(document.items):
        if not isinstance(item, EnvironmentMark):
            continue
        proof = item.name.startswith("proof")
        if not (proof or _CLOSED.search(item.name)):
            continue
        if item.opens:
            depth += 1
            if start is None:
                start = i
        elif depth:
            depth -= 1
            if depth == 0 and start is not None:
                if proof and out and _only_breaks(document, out[-1][1], start):
                    start = out.pop()[0]
                out.append((start, i + 1))
                start = None
    return tuple(out)


def _only_breaks(document: Document, first: int, last: int) -> bool:
    return last - first <= 2 and not any(isinstance(i, Heading) for i in document.items[first:last])


def outline(document: Document) -> Outline:
    last = len(document.items)
    headings = [(i, h) for i, h in enumerate(document.items) if isinstance(h, Heading)]
    ends = _section_ends(headings, last)
    sections = [Section(0, headings[0][0] if headings else last, "")]
    sections += [Section(i, end, h.text) for (i, h), end in zip(headings, ends, strict=True)]
    starts = (0, *(i for i, _ in headings))
    closed = _closed_environments(document)
    return Outline(tuple(sections), starts, _preamble_end(headings, last), closed, last)

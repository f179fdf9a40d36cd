"""One pass over a document: every fact that its prose, inline formulas, displays and comments state, in
order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from derivcheck.context.abbreviations import abbreviations
from derivcheck.context.adjoints import marked_derivatives
from derivcheck.context.annotations import Misread, annotation_facts
from derivcheck.context.clauses import Attribution, Sort, attributions
from derivcheck.context.comments import with_symbols
from derivcheck.context.consequences import with_consequences
from derivcheck.context.conventions import conventions
from derivcheck.context.decompositions import without_decompositions
from derivcheck.context.denials import denied
from derivcheck.context.describe import FormulaTexts, describe
from derivcheck.context.displays import display_facts
from derivcheck.context.distributions import is_matrix_valued
from derivcheck.context.elements import elements
from derivcheck.context.factorizations import Named, factors, named_factorizations
from derivcheck.context.facts import (
    LAYOUTS,
    Convention,
    ConventionFact,
    DefinitionFact,
    DenialFact,
    Fact,
    FunctionFact,
    LawFact,
    MeaningFact,
    PropertyFact,
    Scope,
    ShapeFact,
)
from derivcheck.context.governance import ALWAYS, LOCAL, REACH, Governed, governance, stated_reach
from derivcheck.context.laws import independent, laws
from derivcheck.context.layouts import layout_facts
from derivcheck.context.lines import family_key, lines, matrix_key
from derivcheck.context.marks import primes_transpose
from derivcheck.context.memberships import is_composition, relation_facts, space_facts
from derivcheck.context.partitions import partition_sizes
from derivcheck.context.parts import columns_of, parts
from derivcheck.context.phrases import Role
from derivcheck.context.scopes import Outline, Reach, outline
from derivcheck.context.sentences import DISPLAY, INLINE, SIZE, Sentence, sentences
from derivcheck.context.site import Site
from derivcheck.context.spaces import Space, space
from derivcheck.context.subjects import Subject, dimension, display_size, groups, sized, subject, symbols_in
from derivcheck.context.tokens import Piece, pieces
from derivcheck.context.written import numbers_written
from derivcheck.documents.model import Annotation, Document, Flavour, MathBlock, Span
from derivcheck.documents.read import read_document
from derivcheck.notation.tree import Node, Num
from derivcheck.statements.model import Display, RelationKind
from derivcheck.statements.split import read_display
from derivcheck.statements.upper import metric_of

_WHEN = re.compile(r"[^，。；！？]{0,6}时(?![间刻候])")
_NEAR = 40  # tokens before a display in which a define-word introduces it
_LONGEST = 400  # characters of prose inside a display that are read
_FORMULA = re.compile(f"[{INLINE}{SIZE}{DISPLAY}]")
_REASON = re.compile(r"(?:because|since|\w+ that|using the fact|by the fact)\b", re.IGNORECASE)
_QUESTION = re.compile(r"[?？]\s*$")


def collect(
    document: Document, displays: Mapping[int, Display], moving: frozenset[str] = frozenset()
) -> tuple[Fact, ...]:
    """All facts, in document order. `displays`: every math block of the document, read, by item index; `moving`: the
    symbols that were written as functions of states."""
    return _Collector(document, displays, moving).collect()


@dataclass(frozen=True)
class _Reading:
    """A sentence with its tokens and what they attribute."""

    sentence: Sentence
    tokens: tuple[Piece, ...]
    attributions: tuple[Attribution, ...]
    conventions: tuple[tuple[Convention, str, int, int], ...]  # with the offsets in `sentence.text`


@dataclass(frozen=True)
class _Collector:
    document: Document
    displays: Mapping[int, Display]
    moving: frozenset[str]

    @cached_property
    def outline(self) -> Outline:
        return outline(self.document)

    @cached_property
    def formulas(self) -> Mapping[int, FormulaTexts]:
        """By item: what each inline formula is, as a dimension, a size, a list of symbols."""
        return {i: _texts(d) for i, d in self.displays.items() if not d.block.display}

    @cached_property
    def readings(self) -> tuple[_Reading, ...]:
        sizes = frozenset(i for i, f in self.formulas.items() if f.size)
        return tuple(self._read(s) for s in sentences(self.document, sizes))

    @cached_property
    def _summed(self) -> bool:
        """Whether the text sums over repeated indices."""
        return any(what is Convention.EINSTEIN for r in self.readings for what, *_ in r.conventions)

    @cached_property
    def dims(self) -> frozenset[str]:
        """The symbols that stand for dimensions somewhere in the document."""
        texts: list[str] = []
        for number, display in self.displays.items():
            texts.extend(display_size(display) or ())
            if (lone := self._space(number)) is not None:
                texts.extend((lone.rows, lone.cols))
            for chain in display.chains:
                if chain.relations and chain.relations[0].kind is RelationKind.OTHER:
                    for member in chain.members[1:]:
                        if (s := space(member.node)) is not None:
                            texts.extend((s.rows, s.cols))
        for i, item in enumerate(self.document.items):
            if isinstance(item, Annotation):
                told = self._told(i, item, frozenset())
                texts.extend(text for f in told if isinstance(f, ShapeFact) for text in (f.rows, f.cols))
        for reading in self.readings:
            texts.extend(detail for _, detail, *_ in reading.conventions)
            for a in reading.attributions:
                for d in a.description:
                    if d.phrase.extent:
                        texts.extend(self._inside(reading.sentence, d.start, d.end))
        return frozenset(name for text in texts for name in re.split(r"[*+\-]", text) if name and not name.isdigit())

    def _inside(self, sentence: Sentence, start: int, end: int) -> Iterator[str]:
        for k in range(start, end):
            f = self.formulas.get(sentence.items[k]) if sentence.text[k] in (INLINE, SIZE) else None
            if f is not None:
                yield f.dimension or ""
                yield from f.size or ()

    def _read(self, sentence: Sentence) -> _Reading:
        stated = self._conventions(sentence)
        if not any(c in sentence.text for c in (INLINE, SIZE)):
            tokens = tuple(pieces(sentence.text)) if DISPLAY in sentence.text else ()
            return _Reading(sentence, tokens, (), stated)

        def sort_of(k: int) -> Sort:
            display = self.displays.get(sentence.items[k])
            kinds = {r.kind for c in display.chains for r in c.relations} if display else set()
            if not kinds:
                return Sort.NAMES
            return Sort.MEMBERS if kinds == {RelationKind.OTHER} else Sort.CONDITION

        tokens = tuple(pieces(sentence.text))
        return _Reading(sentence, tokens, attributions(sentence.text, tokens, sort_of), stated)

    def collect(self) -> tuple[Fact, ...]:
        found: list[Fact] = []
        for reading in self.readings:
            if not _QUESTION.search(reading.sentence.text):
                found.extend(_explained(reading, self._sentence(reading)))
        for i, item in enumerate(self.document.items):
            if isinstance(item, Annotation):
                found.extend(self._told(i, item, self.dims))
            elif isinstance(item, MathBlock) and item.display and i not in self._prose_items:
                found.extend(self._display(i, None))
        found = with_consequences(without_decompositions(found, self.displays))
        found.extend(marked_derivatives(found, self.displays))
        found.extend(partition_sizes(self.displays, found, self.outline.end))
        found.extend(numbers_written(tuple(found)))
        found.extend(layout_facts(self.displays, self.outline, found))
        found.extend(self._shown_by_use(found))
        return tuple(sorted(found, key=lambda f: f.item))

    def _shown_by_use(self, stated: Sequence[Fact]) -> Iterator[Fact]:
        """What no word states but the formulas show."""
        if not self.displays:
            return
        yield from self._moving(stated)
        yield from self._metric()
        if any(isinstance(f, ConventionFact) and f.convention is Convention.PRIME_TRANSPOSE for f in stated):
            return
        if primes_transpose(m.node for d in self.displays.values() for c in d.chains for m in c.members):
            first = min(self.displays)
            span = self.displays[first].block.span
            yield ConventionFact(span, Scope(0, self.outline.last), first, Convention.PRIME_TRANSPOSE)

    def _moving(self, stated: Sequence[Fact]) -> Iterator[FunctionFact]:
        """M of M(q) is a function of time where q moves."""
        constant = {f.key for f in stated if isinstance(f, PropertyFact) and f.prop == "constant"}
        first = min(self.displays)
        for key in sorted(self.moving - constant):
            span = self.displays[first].block.span
            yield FunctionFact(span, Scope(0, self.outline.last), first, key, ("t",))

    def _metric(self) -> Iterator[PropertyFact]:
        """What raises and lowers indices is symmetric."""
        key = metric_of(self.displays)
        if key:
            first = min(self.displays)
            scope = Scope(0, self.outline.last)
            for prop in ("symmetric", "invertible"):
                yield PropertyFact(self.displays[first].block.span, scope, first, key, prop)

    @cached_property
    def _prose_items(self) -> frozenset[int]:
        return frozenset(d for r in self.readings for d in r.sentence.displays)

    def _sentence(self, reading: _Reading) -> Iterator[Fact]:
        sentence = reading.sentence
        governed = governance(reading.tokens, len(sentence.text))
        yield from self._convention_facts(reading)
        yield from self._lines(sentence, governed)
        yield from self._laws(sentence, governed)
        yield from self._abbreviations(sentence, governed)
        yield from self._parts(sentence, governed)
        named = tuple(self._factorizations(sentence))
        yield from (f for one in named for f in self._factors(sentence, one, governed))
        spoken: dict[int, list[Attribution]] = {}
        for a in reading.attributions:
            unnamed = tuple(d for d in a.description if not any(n.start < d.end and d.start < n.end for n, _ in named))
            if unnamed:
                spoken.setdefault(a.start, []).append(replace(a, description=unnamed))
        false = frozenset(denied(sentence.text))
        for k in sorted({*spoken, *(m.start() for m in _FORMULA.finditer(sentence.text))}):
            c = sentence.text[k]
            if k in false and self._equates(sentence.items[k]):
                site = self._site(sentence, k, k + 1, governed[k])
                yield DenialFact(site.span, site.scope, site.item)
                continue
            for a in spoken.get(k, ()):
                yield from self._attribution(sentence, a, governed)
            if c == INLINE and (display := self.displays.get(sentence.items[k])) is not None:
                yield from relation_facts(display, self._site(sentence, k, k + 1, governed[k]), self.dims)
            elif c == DISPLAY:
                yield from self._display(sentence.items[k], self._introduced(sentence, reading.tokens, k, governed[k]))
        yield from self._elements(sentence, governed)

    def _equates(self, item: int) -> bool:
        """Whether something equals something there: what is denied of mere symbols is what words say of them."""
        display = self.displays.get(item)
        return display is not None and any(r.kind is RelationKind.EQUAL for c in display.chains for r in c.relations)

    def _lines(self, sentence: Sentence, governed: Sequence[Governed]) -> Iterator[Fact]:
        for found in lines(sentence.text):
            family = self.displays.get(sentence.items[found.family])
            matrix = self.displays.get(sentence.items[found.matrix])
            key = family_key(family) if family is not None else None
            of = matrix_key(matrix) if matrix is not None else None
            if key is not None and of is not None and key != of:
                site = self._site(sentence, found.family, found.family + 1, governed[found.family])
                yield MeaningFact(site.span, site.scope, site.item, key, found.word, (of,))

    def _laws(self, sentence: Sentence, governed: Sequence[Governed]) -> Iterator[Fact]:
        for found in laws(sentence.text):
            site = self._site(sentence, found.drawn, found.drawn + 1, governed[found.drawn])
            mean = Num("0") if found.zero else self._formula(sentence, found.mean)
            covariance = self._formula(sentence, found.covariance)
            for s in self._subjects(sentence, (found.drawn,)):
                yield site.property(s.key, "random")
                yield LawFact(site.span, site.narrow, site.item, s.key, mean, covariance, normal=found.normal)
                if covariance is not None and is_matrix_valued(covariance):
                    yield site.shape(s.key, "vector")
                    if mean is not None and (middle := subject(mean)) is not None:
                        yield site.shape(middle.key, "like", like=s.key)
                    if (spread := subject(covariance)) is not None:
                        yield MeaningFact(site.span, site.scope, site.item, spread.key, "covariance", (s.key,))

        for k in independent(sentence.text):
            site = self._site(sentence, k, k + 1, governed[k])
            yield from (site.property(s.key, "independent") for s in self._subjects(sentence, (k,)))

    def _abbreviations(self, sentence: Sentence, governed: Sequence[Governed]) -> Iterator[Fact]:
        for short, what in abbreviations(sentence.text):
            name, meant = self._formula(sentence, short), self._formula(sentence, what)
            found = subject(name) if name is not None else None
            if found is not None and found.args is None and meant is not None and name is not None:
                site = self._site(sentence, short, short + 1, governed[short])
                if found.key not in symbols_in(meant, bases=False):
                    yield DefinitionFact(site.span, site.forward, site.item, name, meant, True)

    def _parts(self, sentence: Sentence, governed: Sequence[Governed]) -> Iterator[Fact]:
        for found in parts(sentence.text):
            name, whole, count = (self._formula(sentence, k) for k in (found.part, found.whole, found.count))
            named = subject(name) if name is not None else None
            if name is None or named is None or named.args is not None or whole is None or count is None:
                continue
            site = self._site(sentence, found.part, found.part + 1, governed[found.part])
            meant = columns_of(whole, count, last=found.last)
            yield DefinitionFact(site.span, site.forward, site.item, name, meant, True)

    def _elements(self, sentence: Sentence, governed: Sequence[Governed]) -> Iterator[Fact]:
        for found in elements(sentence.text):
            where = self._space(sentence.items[found.space])
            if where is None:
                continue
            for k in found.members:
                site = self._site(sentence, k, k + 1, governed[k])
                for s in self._subjects(sentence, (k,)):
                    yield from space_facts(s, where, site)

    def _space(self, item: int) -> Space | None:
        """The space of columns or matrices that an inline formula is."""
        node = _lone(self.displays.get(item))
        found = space(node) if node is not None else None
        return found if found is not None and found.rows not in ("", "1") else None

    def _factorizations(self, sentence: Sentence) -> Iterator[tuple[Named, int]]:
        """Each factorization that is named, with the formula that writes it out."""
        for found in named_factorizations(sentence.text):
            shown = ((k, self.displays.get(sentence.items[k])) for k in found.formulas)
            written = (k for k, display in shown if display is not None and any(factors(found.name, display)))
            if (k := next(written, None)) is not None:
                yield found, k

    def _factors(self, sentence: Sentence, found: tuple[Named, int], governed: Sequence[Governed]) -> Iterator[Fact]:
        named, k = found
        site = self._site(sentence, k, k + 1, governed[k])
        for key, props in factors(named.name, self.displays[sentence.items[k]]):
            yield from (site.property(key, prop) for prop in props)

    def _formula(self, sentence: Sentence, k: int | None) -> Node | None:
        """The one expression that stands at an offset."""
        return _lone(self.displays.get(sentence.items[k])) if k is not None else None

    def _shows(self, first: int, last: int) -> bool:
        """Whether a display stands between these items."""
        return any(i in self.displays and self.displays[i].block.display for i in range(first, last))

    def _site(self, sentence: Sentence, start: int, end: int, governed: Governed) -> Site:
        item = sentence.items[start]
        mood = governed.mood
        if mood is None and _WHEN.match(sentence.text, end):
            mood = Role.IF
        shape, narrow, define = REACH[mood]
        stated = stated_reach(sentence.text)
        if stated is not None and (mood is None or (mood is Role.LET and stated is Reach.EVERYWHERE)):
            shape = narrow = define = stated
        defined = self.outline.scope(sentence, define, item)
        if mood in (None, Role.FOR) and DISPLAY in sentence.text[governed.at : start]:
            # "[display] this occurs at $K = L$" says nothing of the display before it
            before = max((d for d in sentence.displays if d < item), default=-1)
            defined = Scope(max(defined.first, before + 1), defined.last)
        return Site(
            sentence.span(self.document, start, end),
            item,
            self.outline.scope(sentence, shape, item),
            self.outline.scope(sentence, narrow, item, property_only=True),
            defined,
            marked=governed.mood is Role.DEFINE and not governed.derived,
            derived=governed.derived,
            spent=mood is Role.IF and sentence.concluded(item) and not self._shows(item, sentence.next_display_end),
            conditional=mood is not None,
            lasting=Scope(self.outline.scope(sentence, shape, item).first, self.outline.last),
        )

    def _attribution(self, sentence: Sentence, a: Attribution, governed: Sequence[Governed]) -> Iterator[Fact]:
        inside = {
            k: f
            for d in a.description
            for k in range(d.start, d.end)
            if sentence.text[k] in (INLINE, SIZE) and (f := self.formulas.get(sentence.items[k])) is not None
        }
        first = min(a.subjects)
        site = self._site(sentence, first, a.end if a.end > first else first + 1, governed[first])
        subjects, neighbours = self._subjects(sentence, a.subjects), self._subjects(sentence, a.neighbours)
        told = [f for k in a.subjects if (f := self.formulas.get(sentence.items[k])) is not None]
        if told and told[-1].symbols and told[-1].symbols <= {s.key for s in subjects}:
            return  # "for $A$, $B$ with $AB$ square": it is the product that is square
        sized = frozenset(s.key for f in told if f.sized for s in f.subjects)
        yield from describe(a, subjects, neighbours, inside, sentence.text, site, sized, self._summed)

    def _subjects(self, sentence: Sentence, offsets: Sequence[int]) -> tuple[Subject, ...]:
        found = (self.formulas.get(sentence.items[k]) for k in offsets)
        return tuple(s for f in found if f is not None for s in f.subjects)

    def _display(self, item: int, site: Site | None) -> Iterator[Fact]:
        display = self.displays.get(item)
        if display is None:
            return
        if site is None:
            here = Scope(item, self.outline.end(item))
            site = Site(display.block.span, item, here, here, here)
        yield from display_facts(display, site, self.dims)
        for words in map(with_symbols, display.chains):
            if "$" in words:
                yield from self._spoken_inside(words, site)

    def _spoken_inside(self, words: str, site: Site) -> Iterator[Fact]:
        """What the prose inside a display says: `\\text{where $\\sigma$ is an elementwise function}`."""
        inner = read_document(words[:_LONGEST], path="", flavour=Flavour.LATEX)
        read = {
            i: read_display(item, self.document.macros)
            for i, item in enumerate(inner.items)
            if isinstance(item, MathBlock)
        }
        if any(d.block.display for d in read.values()):
            return
        for fact in collect(inner, read):
            yield replace(fact, span=site.span, scope=site.scope, item=site.item)

    def _introduced(self, sentence: Sentence, tokens: Sequence[Piece], k: int, governed: Governed) -> Site:
        """The site of a display; marked when a define-word stands right before it."""
        item = sentence.items[k]
        scope = Scope(item, self.outline.end(item))
        reason = _REASON.match(sentence.text, governed.at) is not None  # "since $$M = …$$" states what is so
        if governed.mood is Role.WHERE and not governed.derived and not reason:
            # "where $$M = …$$" explains the display before
            scope = self.outline.scope(sentence, Reach.BACKWARD, item)
            return Site(self.document.items[item].span, item, scope, scope, scope, marked=True)
        marked = False
        last = bisect_left(tokens, k, key=lambda t: t.start)
        for token in reversed(tokens[max(0, last - _NEAR) : last]):
            if token.start < governed.at:
                break
            if token.role in (Role.FORMULA, Role.STOP, Role.DERIVE):
                break
            if token.role is Role.DEFINE or (token.end > token.start and sentence.text[token.start : token.end] in _AS):
                marked = True
                break
        return Site(self.document.items[item].span, item, scope, scope, scope, marked=marked)

    def _told(self, i: int, annotation: Annotation, dims: frozenset[str]) -> Iterator[Fact]:
        first = 0 if self.outline.everywhere(i) else i
        scope = Scope(first, self.outline.end(i))
        site = Site(annotation.span, i, scope, scope, scope, marked=True)
        for fact in annotation_facts(annotation, site, self.document.macros, dims):
            if not isinstance(fact, Misread):
                yield fact

    def _conventions(self, sentence: Sentence) -> tuple[tuple[Convention, str, int, int], ...]:
        spelled = [self._spelled(sentence, m.start()) for m in _FORMULA.finditer(sentence.text)]
        words = iter(spelled)
        found = tuple(conventions(_FORMULA.sub(lambda _: next(words), sentence.text)))
        if not found:
            return ()
        starts: list[int] = []  # where each character of the spoken sentence stands in its text
        words = iter(spelled)
        for k, c in enumerate(sentence.text):
            starts.extend([k] * (len(next(words)) if c in (INLINE, SIZE, DISPLAY) else 1))
        return tuple((what, detail, starts[a], starts[b - 1] + 1) for what, detail, a, b in found)

    def _spelled(self, sentence: Sentence, k: int) -> str:
        """The formula at an offset as ⟨latex⟩."""
        block = self.document.items[sentence.items[k]]
        assert isinstance(block, MathBlock)
        return f"⟨{block.text.strip()}⟩" if len(block.text) <= 80 else "⟨⟩"

    def _convention_facts(self, reading: _Reading) -> Iterator[Fact]:
        sentence = reading.sentence
        for convention, detail, a, b in reading.conventions:
            item = sentence.items[a]
            first, last = item, self.outline.last
            if convention in _PASSING:
                passing = self.outline.scope(sentence, Reach.PASSING, item)
                first, last = passing.first, passing.last
            elif LOCAL.search(sentence.text):
                section = self.outline.section(item)
                first, last = section.first, section.last
            elif self.outline.everywhere(item) or ALWAYS.search(sentence.text):
                first = 0
            span: Span = sentence.span(self.document, a, b)
            yield ConventionFact(span, Scope(first, last), item, convention, detail)


_PASSING = frozenset({Convention.OPEN_SIZES})  # said of the next display only


def _explained(reading: _Reading, facts: Iterator[Fact]) -> Iterator[Fact]:
    """The facts of a sentence; the shapes in one that explains a layout are examples."""
    explains = any(convention in LAYOUTS for convention, *_ in reading.conventions)
    for fact in facts:
        yield replace(fact, example=True) if explains and isinstance(fact, ShapeFact) else fact


def _lone(display: Display | None) -> Node | None:
    """The one expression that a formula is."""
    chains = display.chains if display is not None else ()
    return chains[0].members[0].node if len(chains) == 1 and not chains[0].relations else None


_BOUNDS = frozenset({RelationKind.GREATER, RelationKind.GREATER_EQUAL})
_AS = frozenset({"定义为", "记为", "记作", "设为"})


def _texts(display: Display) -> FormulaTexts:
    found: list[Subject] = []
    for nodes, _ in groups(display):
        found.extend(s for s in map(subject, nodes) if s is not None)
    one = display.chains[0] if len(display.chains) == 1 else None
    if one is not None and is_composition(one):
        found = [s for m in one.members if (s := subject(m.node)) is not None]
    bounded = one is not None and all(r.kind in _BOUNDS for r in one.relations)  # "of order $n \\ge 2$"
    lone = one.members[0].node if one is not None and bounded else None
    members = one is not None and len(one.relations) == 1 and one.relations[0].latex.strip() in ("\\in", "∈")
    kind = space(one.members[1].node) if one is not None and members else None
    compound = one is not None and not one.relations and not found
    return FormulaTexts(
        dimension(lone) if lone is not None else None,
        display_size(display),
        tuple(found),
        (kind is not None and bool(kind.rows)) or (lone is not None and sized(lone) is not None),
        frozenset(symbols_in(one.members[0].node)) if one is not None and compound else frozenset(),
    )

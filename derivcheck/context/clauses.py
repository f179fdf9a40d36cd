"""Which words of a sentence speak about which of its formulas.

A small grammar over the tokens of a sentence ties runs of descriptions to groups of formulas: "[symmetric m×n
matrices] $A$ and $B$", "$A$ and $B$ are [symmetric]", "$A$ ([m×n])", "$A$ [invertible]".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from derivcheck.context.phrases import Phrase, Role
from derivcheck.context.sentences import DISPLAY
from derivcheck.context.tokens import Piece

_MOODS = frozenset({Role.IF, Role.FOR, Role.WHERE, Role.LET, Role.DEFINE})
_ARTICLES = frozenset(
    {"a", "an", "any", "some", "一", "一个", "任意", "任一"}
    | {"um", "uma", "un", "una", "une", "ein", "eine", "uns", "umas", "unos", "unas"}
)
_DEFINITE = frozenset({"the", "its"})  # "$c$ the cofactor of $A$", where the verb was said before
_SINGULAR = frozenset({"a", "an", "the", "um", "uma", "un", "una", "une", "ein", "eine"})
_OF = frozenset({"of", "by", "in", "to", "on", "from", "at", "over", "under", "between", "into", "through", "via"})
_PLURAL = frozenset({"are", "were"})
_HAS = frozenset({"has", "have", "having"})
_RELATIVE = frozenset({"that", "which", "that is"})
_UNCLEAR = Phrase("", taint=True)
_ALL_OF = re.compile(r"\b(?:both|all|each|every one) of\Z", re.IGNORECASE)  # each member is the subject
_RESPECTIVELY = re.compile(r"[\s,]*respectively\b", re.IGNORECASE)
_ENDS = (Role.JOIN, Role.STOP, None)  # what may follow an apposition
_GLOSS = frozenset(":：=–—-")  # "$Q$ = orthogonal", "$S$: symmetric", "$P$ – a projector"
_MAX_RUN = 24  # tokens of one description
_MAX_WORDS = 5  # of an adjective; in Chinese a word is a character


class Sort(Enum):
    """What an inline formula is to the words around it."""

    NAMES = "symbols without a relation"
    MEMBERS = "symbols of a set"
    CONDITION = "an equation or a bound"


@dataclass(frozen=True, slots=True)
class Described:
    """A phrase of a description; `negated` when a "not" stands before it."""

    phrase: Phrase
    start: int
    end: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Attribution:
    """The formulas at offsets `subjects` are what `description` says; `mood` is the governing word's role,
    or None.

    `neighbours`: formulas of the group read before (what "of the same size" may refer to).
    """

    subjects: tuple[int, ...]
    description: tuple[Described, ...]
    mood: Role | None
    predicate: bool
    neighbours: tuple[int, ...] = ()

    @property
    def start(self) -> int:
        return min(*self.subjects, *(d.start for d in self.description))

    @property
    def end(self) -> int:
        return max(*(s + 1 for s in self.subjects), *(d.end for d in self.description))


def attributions(text: str, tokens: tuple[Piece, ...], sort_of: Callable[[int], Sort]) -> tuple[Attribution, ...]:
    """Everything the sentence attributes to its formulas, in order. `sort_of`: what the formula at an
    offset is."""
    found = _Parser(text, tokens, sort_of).parse()
    return _distribute([one for a in found for one in _respective(a, text)])


def _respective(found: Attribution, text: str) -> tuple[Attribution, ...]:
    """ "$A$ and $u$ are a matrix and a vector, respectively": one noun for each subject."""
    nouns = tuple(d for d in found.description if d.phrase.kind)
    if len(nouns) < 2 or not _RESPECTIVELY.match(text, found.end):
        return (found,)
    if len(nouns) != len(found.subjects):
        return ()
    return tuple(replace(found, subjects=(s,), description=(d,)) for s, d in zip(found.subjects, nouns, strict=True))


class _Parser:
    """One pass over the tokens of a sentence; `at` only moves forward."""

    def __init__(self, text: str, tokens: tuple[Piece, ...], sort_of: Callable[[int], Sort]) -> None:
        self.text = text
        self.tokens = tokens
        self.sort_of = sort_of
        self._before = {b.start: a for a, b in itertools.pairwise(tokens)}
        self.at = 0
        self.mood: Role | None = None
        self.neighbours: tuple[int, ...] = ()
        self.sized: set[int] = set()  # formulas whose size stands in a bracket behind them
        self.out: list[Attribution] = []

    def role(self, ahead: int = 0) -> Role | None:
        k = self.at + ahead
        return self.tokens[k].role if k < len(self.tokens) else None

    def parse(self) -> list[Attribution]:
        while (role := self.role()) is not None:
            if role in _MOODS:
                self.mood = role
                self.at += 1
            elif role is Role.STOP:
                if self.text[self.tokens[self.at].start] != DISPLAY:
                    self.mood = None
                self.at += 1
            elif role is Role.FORMULA:
                self.group(())
            elif role in (Role.DESCRIBE, Role.NEGATE, Role.SKIP):
                self.prenominal()
            else:
                self.at += 1
        return self.out

    def prenominal(self) -> None:
        run = self.run()
        if not run:
            return
        if whole := self._collection(run):
            run = whole
        words = 0
        noun = any(d.phrase.kind and not d.phrase.adjective for d in run)
        k = self.at
        while k < len(self.tokens) and self.tokens[k].role is Role.WORD and words < 3:
            words += 1
            k += 1
        label = self._colon(self.at)
        if label:
            self.at += 1
        elif k < len(self.tokens) and self.tokens[k].role is Role.FORMULA and words and not noun and self._ascii(k):
            self.at = k
        elif self.role() is Role.CALLED:
            self.at += 1
        if self.role() is Role.FORMULA:
            self.group(run)

    def _collection(self, run: tuple[Described, ...]) -> tuple[Described, ...]:
        """ "matrix of eigenvalues $Λ$": the first noun is the head; of the second only what is not
        understood stays."""
        if (
            not run[-1].phrase.kind
            or self.role() is not Role.PREPOSITION
            or not self.text.startswith("of", self.tokens[self.at].start)
        ):
            return ()
        start = self.at
        self.at += 1
        if (
            self.role() is Role.DESCRIBE
            and (parts := self.run())
            and all(d.phrase.kind in ("", "scalar") for d in parts)
            and self.role() is Role.FORMULA
        ):
            taints = (replace(d, phrase=_UNCLEAR) for d in parts if d.phrase.taint)
            return (*run, *taints)
        self.at = start
        return ()

    def _colon(self, k: int) -> bool:
        return k < len(self.tokens) and self.text[self.tokens[k].start] in ":："

    def _ascii(self, k: int) -> bool:
        """Are the words between `at` and k English (in Chinese the last noun is the head)?"""
        return all(self.text[t.start].isascii() and self.text[t.start].isalpha() for t in self.tokens[self.at : k])

    def group(self, before: tuple[Described, ...]) -> None:
        """FORMULA (asides) (and FORMULA (asides))*, then its predicate."""
        members: list[int] = []
        one = bool(before) and self._is_one(before)
        while True:
            members.append(self.tokens[self.at].start)
            self.at += 1
            self.aside(members[-1])
            step = 0
            while self.role(step) is Role.JOIN:
                step += 1
            if step == 0 or self.role(step) is not Role.FORMULA:
                break
            if step > 1 and (self._inside_noun(members[0]) or (one and self._predicate_after(step + 1))):
                break  # "run over $1,2,3$, and $A$ is …": ", and" starts a new clause
            self.at += step
        if before and not all(d.phrase.verb for d in before):
            named = [k for k in members[1:] if self.sort_of(k) is not Sort.CONDITION]
            self.add([members[0], *named], before, predicate=False)
        self.predicate(members)
        self.neighbours = tuple(members)

    def aside(self, member: int) -> None:
        """`$A$ (m×n)`, `$A$ (full column rank)`, `$A$（对称）`: a bracket that only describes."""
        start = self.at
        if self.role() is Role.DESCRIBE and self.text[self.tokens[self.at].start] == "(":
            token = self.tokens[self.at]
            self.at += 1
            self.add([member], (Described(token.phrase, token.start, token.end, False),), predicate=False)
            self.sized.add(member)
            return
        if self.role() is not Role.OPEN:
            return
        self.at += 1
        if self.role() is Role.WORD and self.role(1) is Role.DESCRIBE:  # "entries positive"
            self.at += 1
        run = self.run()
        if run and self.role() is Role.CLOSE:
            self.at += 1
            self.add([member], run, predicate=False)
        else:
            self.at = start

    def predicate(self, members: list[int]) -> None:
        self.leave_bracket(members[0])
        while self.role() is Role.SKIP and self.role(1) is Role.COPULA:  # "now denote", "均为"
            self.at += 1
        glossed = self._glossed()
        self.at += max(glossed - 1, 0)
        copula = glossed > 0 or self.role() in (Role.COPULA, Role.CALLED)
        if self.role() is Role.COPULA and self._text(self.at) in _PLURAL:
            members = self._coordinated(members)
        if copula and self._is_predicate(members[0]):
            members = members[-1:]
        if self.role() is Role.FOR and self.mood is Role.DEFINE:  # "write $N$ for an n×m weight"
            copula = True
        start = self.at
        has = copula and self._text(start) in _HAS
        if copula:
            self.at += 1
        elif self.role() is Role.JOIN and self.role(1) is Role.COPULA:
            self.at += 2
            copula = True
        elif length := self._relative_clause() or self._supposed():
            self.at += length
            copula = True
        elif self._apposition(members):
            return
        article = self.role() is Role.SKIP and self._text(self.at) in _ARTICLES
        definite = self.role() is Role.SKIP and self._text(self.at) in _DEFINITE
        run = self.run()
        if not run:
            strange = self._strange(copula)
            self.at = max(start + copula, start)
            if strange is not None:
                self.add(self._subjects(members), (strange,), predicate=copula)
            return
        if copula and self.mood is Role.IF:
            words = (t for t in self.tokens[start + 1 : self.at] if t.role is Role.WORD)
            run = (*run, *(Described(_UNCLEAR, t.start, t.end, False) for t in words))
        if definite and run[0].phrase.definite and self.role() in _ENDS:
            named = Phrase("", kind=run[0].phrase.kind, meaning=run[0].phrase.definite)
            run = (replace(run[0], phrase=named), *run[1:])
        first = run[0].phrase
        adjective = bool(first.props or first.like or first.extent or first.elementwise) and not first.kind
        verb = first.taint and not first.kind and not first.meaning
        if self.role() is Role.FORMULA and copula and run[-1].phrase.kind and (has or not run[-1].phrase.meaning):
            self.group(run)  # "$a_j$ 表示矩阵 $A$ 的列": the noun is that of the formula after it
            return
        if has:
            run = tuple(one for d in run if (one := _owned(d)) is not None)
            if not run:
                return
        if self.role() is Role.FORMULA and not copula:
            # "$b$ of length $q$ and a column $a$": what follows "and" is said of the next one
            cut = max((k for k in range(start, self.at) if self.tokens[k].role is Role.JOIN), default=start)
            mine = tuple(d for d in run if d.end <= self.tokens[cut].start)
            if mine and not mine[0].phrase.kind:
                self.add(members, mine, predicate=False)
            self.at = cut + (cut > start)
            self.prenominal()
            return
        if all(d.phrase.verb for d in run) and self._formula_next():
            return  # the relation that follows says it itself
        if article and self.role() is Role.WORD and self._ascii(self.at + 1):
            run = tuple(d for d in run if d.phrase.kind or d.phrase.taint or not d.phrase.props)
            if not run:
                return  # "a symmetric something": the adjective is that of an unknown noun
        told = bool(first.props) and self.role() in _ENDS  # "$y \in S$ one-hot,"
        apposed = told or (definite and (first.meaning or (run[-1].phrase.kind and self.role() in _ENDS)))
        if copula or article or adjective or verb or first.argument or first.by or apposed:
            if copula and self._inside_noun(members[0]):
                run = tuple(replace(d, phrase=_UNCLEAR) for d in run if d.phrase.props or d.phrase.taint)
            if run:
                alone = not copula and self._singular(start, run)
                self.add(members[-1:] if alone else self._subjects(members), run, predicate=copula)

    def _coordinated(self, members: list[int]) -> list[int]:
        """ "the weights $W$ and the precision $P$ are symmetric": a plural verb behind a single formula with a noun in
        the singular speaks of the formula before "and" as well."""
        noun = next(k for k, token in enumerate(self.tokens) if token.start == members[0]) - 1
        join = noun
        while join > 0 and self.tokens[join].role in (Role.WORD, Role.SKIP, Role.DESCRIBE):
            join -= 1
        single = len(members) == 1 and 0 < join < noun and not self._text(noun).endswith("s")
        if not single or self.tokens[join].role is not Role.JOIN or self.tokens[join - 1].role is not Role.FORMULA:
            return members
        return [self.tokens[join - 1].start, *members]

    def _glossed(self) -> int:
        """Tokens of the sign between a formula and a description that ends with its phrase, as lists of symbols have
        them; 0 when there is none."""
        start = self.at
        while self.role() is Role.WORD and self.text[self.tokens[self.at].start] in _GLOSS:
            self.at += 1
        signs, run = self.at - start, self.run() if self.at > start else ()
        ended = self.role() in _ENDS
        self.at = start
        return signs if run and ended else 0

    def _is_predicate(self, formula: int) -> bool:
        """ "the entries of $r$ are $x_i$, $c$ is a constant": what the formula itself is said to be ended before it."""
        before = self._before.get(formula)
        return before is not None and before.role is Role.COPULA

    def _strange(self, copula: bool) -> Described | None:
        """The word of "if $f$ is harmonic", "for $A$ Metzler," that no table has: a condition not understood."""
        if self.mood not in (Role.IF, Role.FOR) or self.role() is not Role.WORD:
            return None
        word, count = self.tokens[self.at], 1
        while copula and self.role(count) is Role.WORD and count < _MAX_WORDS:
            count += 1
        ended = self.role(count) in (*_ENDS, Role.DERIVE) or (
            self.role(count) is Role.PREPOSITION and self._text(self.at + count) in ("in", "we", "it")
        )
        ended = ended or (copula and self.mood is Role.IF and self.role(count) is Role.DESCRIBE)  # "循环矩阵"
        if not ended or not self._text(self.at).isalpha() or (not copula and self._text(self.at).endswith("s")):
            return None
        return Described(_UNCLEAR, word.start, word.end, False)

    def _is_one(self, before: tuple[Described, ...]) -> bool:
        """ "a number $t$": the article says that one formula is described."""
        words = self.text[: before[0].start].split()
        return bool(words) and words[-1].lower() in _SINGULAR

    def _predicate_after(self, ahead: int) -> bool:
        """ ", and $f$ does not depend on it", ", and $A$ is regular": whether something is said of that formula."""
        if self.role(ahead) in (Role.COPULA, Role.NEGATE):
            return True
        described = self.tokens[self.at + ahead].phrase if self.role(ahead) is Role.DESCRIBE else None
        return described is not None and not described.kind

    def _singular(self, article: int, run: tuple[Described, ...]) -> bool:
        """ "$W$, $b$ and $e$ [the vector of ones]": a noun in the singular is said of one formula."""
        nouns = [self.text[d.start : d.end].split(" of ")[0] for d in run if d.phrase.kind or d.phrase.meaning]
        return self._text(article) in _SINGULAR and bool(nouns) and not nouns[-1].endswith("s")

    def _relative_clause(self) -> int:
        """Tokens of "that is", ", which are" behind a formula; 0 when there are none. "That is, …" says it again."""
        comma = self.role() is Role.JOIN
        if self.role(comma + 1) is Role.JOIN:
            return 0
        if self.role(comma) is Role.DERIVE and self._text(self.at + comma) == "that is":
            return comma + 1
        pronoun = self.role(comma) is Role.PREPOSITION and self._text(self.at + comma) in ("that", "which")
        if not pronoun or self.role(comma + 1) not in (Role.COPULA, Role.DESCRIBE):
            return 0
        said = self.tokens[self.at + comma + 1]
        return comma + 2 if said.role is Role.COPULA else (comma + 1) * (said.phrase.kind == "function")

    def _supposed(self) -> int:
        """Tokens of the "to be" of "take $A$ to be …" and of the "as" of "treat $A$ as constant"; else 0."""
        if self.mood is not Role.LET or self.role() is not Role.PREPOSITION:
            return 0
        if self._text(self.at) == "to" and self.role(1) is Role.COPULA:
            return 2
        described = self.tokens[self.at + 1].phrase if self.role(1) is Role.DESCRIBE else None
        return int(self._text(self.at) == "as" and described is not None and not described.kind)

    def _apposition(self, members: list[int]) -> bool:
        """`$A$, a symmetric matrix.`: a noun phrase between commas, said of the formula before it."""
        start = self.at
        if self.role() is Role.JOIN and self.role(1) is Role.SKIP and self._text(start + 1) in ("a", "an"):
            self.at += 2
            run = self.run()
            if run and run[-1].phrase.kind and self.role() in _ENDS:
                self.add(self._subjects(members), run, predicate=False)
                return True
            self.at = start
        return False

    def leave_bracket(self, first: int) -> None:
        """ "covariances ($P$, $Q$ and friends) are …": the bracketed formulas are the subject."""
        before = self._before.get(first)
        if before is None or before.role is not Role.OPEN:
            return
        k = 0
        while k < 4 and self.role(k) in (Role.WORD, Role.JOIN, Role.SKIP):
            k += 1
        if self.role(k) is Role.CLOSE and self.role(k + 1) is Role.COPULA:
            self.at += k + 1

    def _formula_next(self) -> bool:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token is not None and (token.role is Role.FORMULA or self.text[token.start] in (DISPLAY, ":", "："))

    def _inside_noun(self, formula: int) -> bool:
        """Is the formula the end of a longer subject ("the inverse of $A$ is …")?"""
        before = self._before.get(formula)
        for _ in range(4):
            if (
                before is None
                or before.role not in (Role.WORD, Role.SKIP, Role.DESCRIBE)
                or not self.text[before.start].isascii()
            ):
                break
            if " " in self.text[before.start : before.end]:
                return False  # an idiom: "in general"
            before = self._before.get(before.start)
        return (
            before is not None
            and before.role is Role.PREPOSITION
            and self.text[before.start : before.end].lower() in _OF
            and _ALL_OF.search(self.text, 0, before.end) is None
        )

    def _text(self, k: int) -> str:
        return self.text[self.tokens[k].start : self.tokens[k].end].lower()

    def _subjects(self, members: list[int]) -> list[int]:
        """The last formula and those of its sort before it: in "$m=n$, $A$ is symmetric" only $A$ is the
        subject."""
        sort = self.sort_of(members[-1])
        first = len(members) - 1
        while first > 0 and self.sort_of(members[first - 1]) is sort and sort is not Sort.CONDITION:
            first -= 1
        return members[first:]

    def run(self) -> tuple[Described, ...]:
        """DESCRIBE with articles, "not" and conjunctions between; unknown words only before a known noun."""
        out: list[Described] = []
        negated = False
        start, limit = self.at, self.at + _MAX_RUN
        while self.at < min(limit, len(self.tokens)):
            token = self.tokens[self.at]
            match token.role:
                case Role.DESCRIBE:
                    out.append(Described(token.phrase, token.start, token.end, negated))
                case Role.NEGATE:
                    negated = True
                case Role.SKIP:
                    if self.text[token.start] == "的" and out and out[-1].phrase.kind and not out[-1].phrase.adjective:
                        out.clear()  # "矩阵 的 特征值": the head noun comes after
                case Role.JOIN if (out or self._said_of_nothing(start)) and self._describes_next():
                    pass
                case Role.WORD if self._noun_next() and not self._colon(self.at):
                    pass
                case Role.PREPOSITION | Role.DERIVE if out and self._relative():
                    pass
                case Role.COPULA if out and self._text(self.at - 1) in _RELATIVE:
                    pass
                case Role.OPEN if out and self.role(1) in (Role.NEGATE, Role.DESCRIBE):
                    pass
                case Role.JOIN | Role.PREPOSITION | Role.DERIVE if out and (step := self._continued()):
                    self.at += step - 1
                case _:
                    break
            self.at += 1
        return tuple(out)

    def _said_of_nothing(self, start: int) -> bool:
        """ "$Ω$ [known] and positive definite": words before a conjunction that say nothing of a matrix."""
        words = [self._text(k) for k in range(start, self.at)]
        return bool(words) and not set(words) & (_ARTICLES | _DEFINITE)

    def _continued(self) -> int:
        """Tokens of "that is", ", assumed" within a description that goes on behind them."""
        step = self._relative_clause() or (2 if self.role() is Role.JOIN and self.role(1) is Role.COPULA else 0)
        return step if step and self.role(step) is Role.DESCRIBE else 0

    def _describes_next(self) -> bool:
        k = 1
        while self.role(k) in (Role.SKIP, Role.NEGATE, Role.JOIN) and k < 5:
            k += 1
        return self.role(k) is Role.DESCRIBE

    def _relative(self) -> bool:
        """ "a matrix [that is] symmetric", "matrices [that] commute"."""
        if self._text(self.at) not in _RELATIVE:
            return False
        k = 1 + (self.role(1) is Role.COPULA)
        while self.role(k) in (Role.SKIP, Role.NEGATE) and k < 5:
            k += 1
        return self.role(k) is Role.DESCRIBE

    def _noun_next(self) -> bool:
        if self.role(1) is not Role.DESCRIBE:
            return False
        phrase = self.tokens[self.at + 1].phrase
        return bool(phrase.kind and not phrase.adjective)

    def add(self, subjects: list[int], run: tuple[Described, ...], *, predicate: bool) -> None:
        """"$A$ (m×n) and $B$, which are p×q matrices": both are matrices, the size is that of $B$."""
        own = self.sized.intersection(subjects) if any(d.phrase.extent for d in run) else ()
        if own and len(own) < len(subjects):
            kinds = tuple(d for d in run if not d.phrase.extent)
            if kinds:
                self.add(sorted(own), kinds, predicate=predicate)
            subjects = [s for s in subjects if s not in own]
        self.out.append(Attribution(tuple(subjects), run, self.mood, predicate, self.neighbours))


def _owned(said: Described) -> Described | None:
    """What "$W$ has imaginary eigenvalues" says of $W$ itself: not that it is one of them."""
    phrase = said.phrase
    if phrase.props or phrase.extent or phrase.like or not (phrase.kind or phrase.meaning):
        return said
    return replace(said, phrase=_UNCLEAR) if phrase.taint else None


def _distribute(found: list[Attribution]) -> tuple[Attribution, ...]:
    """ "$A$ 为 $k$ 阶、$D$ 为 $l$ 阶可逆方阵": a predicate that is only an extent shares the words of the
    next
    one."""
    out = list(found)
    for k in range(len(out) - 2, -1, -1):
        here, following = out[k], out[k + 1]
        bare = all(d.phrase.extent and d.phrase.extent != "size" and not d.phrase.kind for d in here.description)
        if bare and here.predicate and following.predicate:
            shared = tuple(d for d in following.description if not d.phrase.extent or d.phrase.kind)
            if any(d.phrase.kind or d.phrase.props for d in shared) and not any(d.phrase.extent for d in shared):
                out[k] = replace(here, description=(*here.description, *shared))
    return tuple(out)

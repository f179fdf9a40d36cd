"""The readings of a formula in which every letter is of any kind that its use allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from derivcheck.judge.question import Question
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.walk import subtrees
from derivcheck.readings.choice import Choice
from derivcheck.readings.choices import has_derivative, natural
from derivcheck.readings.elaborator import Elaborator
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import Known

EXTREMA = frozenset({"max", "min", "sup", "inf"})
_KINDS = ("column", "row", "matrix", "scalar")
_MAX_READINGS = 160  # of one formula
_NONSCALAR = frozenset({"matrix", "vector", "nonscalar"})

Kinds = tuple[tuple[str, str], ...]
Goal = Callable[[Elaborator], None]  # raises Clash where the formula has no meaning


@dataclass(frozen=True, slots=True)
class Search:
    """The readings of a formula, every letter of any kind that its use allows."""

    question: Question
    entrywise: bool  # vectors may be multiplied and divided entry by entry
    turned: bool = False  # members of ℝⁿ may all be rows

    def failure(self, goals: tuple[Goal, ...]) -> str | None:
        """Why no reading meets all goals; "" where one does, None where that is not known."""
        known = self.question.known.forgetting()  # a definition that was misread must not clash
        bases = list(natural(self.question.nodes, known))
        bases = bases if has_derivative(self.question.nodes) else bases[:1]
        bases = [base.but(entrywise=self.entrywise) for base in bases]
        bases += [base.but(sequences=True) for base in bases] + [base.but(broadcast=True) for base in bases]
        found: list[str | None] = []
        for base in bases:
            found.append(self._fails(goals, base, known))
            if found[-1] == "":
                return ""
        turned = rows(self.question) if self.turned else ()
        if turned and any(self._fails(goals, base, known, turned) == "" for base in bases):
            return ""
        return None if None in found or self._spells_sizes_twice() else found[0]

    def _spells_sizes_twice(self) -> bool:
        """k×n in one place, K in another: perhaps the same size."""
        letters = {n.name for n in self._symbols() if isinstance(n, tree.Sym)}
        keys = [k for n in self._symbols() if (k := symbol_key(n)) is not None]
        for fact in (*map(self.question.known.shape, keys), *map(self.question.known.function, keys)):
            letters |= {fact.rows, fact.cols} if fact is not None else set()
        return bool({d for d in letters if d.isupper()} & {d.upper() for d in letters if d.islower()})

    def _symbols(self) -> Iterator[tree.Node]:
        return (n for root in self.question.nodes for n in subtrees(root) if isinstance(n, tree.Sym | tree.Accent))

    def fits_naturally(self, goal: Goal) -> bool:
        """Whether the letters may be what they look like."""
        failed: list[tuple[Choice, set[str]]] = []
        for base in natural(self.question.nodes, self.question.known):
            if any(base.layout.agrees(tried.layout, laid) for tried, laid in failed):
                continue
            e = Elaborator(self.question.known.forgetting(), base, self.question.chain)
            try:
                goal(e)
            except (Unread, Clash):
                failed.append((base, e.laid))
                continue
            return True
        return False

    def _fails(self, goals: tuple[Goal, ...], base: Choice, known: Known, given: Kinds = ()) -> str | None:
        """The first clash, where every assignment of kinds leads to one; "" where one does not, None for not known."""
        bound = self._bound()
        kept = tuple((key, kind) for key, kind in given if key not in bound)
        queue = [(*kept, *zip(bound, kinds, strict=True)) for kinds in product(_KINDS, repeat=len(bound))]
        said = ""
        for kinds in queue:
            if len(queue) > _MAX_READINGS:
                return None
            e = Elaborator(known, base.but(kinds=kinds), self.question.chain)
            try:
                for goal in goals:
                    goal(e)
            except Unread:
                return None
            except Clash as clash:
                said = said or clash.message
                met = dict.fromkeys((*e.symbols, *e.typographic))  # functions too, of which the values have a kind
                loose = next((k for k in met if k not in dict(kinds) and self._is_loose(k, e)), None)
                if loose is not None:
                    queue += [(*kinds, (loose, kind)) for kind in self._kinds(loose)]
            else:
                return ""
        return said

    def _is_loose(self, key: str, e: Elaborator) -> bool:
        """Whether a letter may be of another kind: what words say of it counts only where they tell its size."""
        fact, function = self.question.known.shape(key), self.question.known.function(key)
        if function is not None and function.rows:
            return False
        sized = fact is None or fact.kind == "scalar" or not {fact.rows, fact.cols} <= {"", "1"}
        return key in e.typographic or not sized

    def _kinds(self, key: str) -> tuple[str, ...]:
        """A transposed or a bold letter is no number."""
        nonscalar = bool(self.question.known.usage.of(key) & _NONSCALAR) or key.startswith("bf:")
        return _KINDS[:3] if nonscalar else _KINDS

    def _bound(self) -> tuple[str, ...]:
        """What extrema run over: another thing than what the text declares under this letter."""
        nodes = (n for root in self.question.nodes for n in subtrees(root) if isinstance(n, tree.Big))
        firsts = (_runs_over(n.sub) for n in nodes if n.op in EXTREMA)
        letters = (symbol_key(first) for first in firsts if first is not None)
        return tuple(dict.fromkeys(k for k in letters if k is not None))


def _runs_over(sub: tree.Node | None) -> tree.Node | None:
    match sub:
        case tree.Rel(items=(first, *_)):
            return first
        case _:
            return sub


def rows(question: Question) -> Kinds:
    """The members of ℝⁿ, all as rows."""
    facts = ((key, question.known.shape(key)) for key in sorted(symbol_keys(*question.nodes)))
    return tuple((key, "row") for key, fact in facts if fact is not None and fact.kind == "vector")

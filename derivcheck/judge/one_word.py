"""What hangs on one word: a clash, or a difference that no edit mends, is rather a word that belongs to another symbol
("with W, b, and 1 the vector of ones"), where the equation holds without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from derivcheck.context.facts import Fact
from derivcheck.judge.question import Question
from derivcheck.judge.settle import settle
from derivcheck.notation.keys import symbol_keys

_KINDS = frozenset({"vector", "matrix", "square", "scalar"})  # rows and columns are told apart on purpose
_MOST = 8  # words that are left out, one at a time
_VALUES = frozenset({"ones", "zero", "identity"})


def hangs_on_a_word(question: Question) -> str | None:
    """The symbol of which a mere word keeps the equation from holding."""
    for key, fact in islice(_words(question), _MOST):
        found = settle(replace(question, known=question.known.without(fact)))
        if found.agreed and not found.forced:
            return key
    return None


def _words(question: Question) -> Iterator[tuple[str, Fact]]:
    """What words say of symbols: their kind, or that their value is a certain one."""
    for key in sorted(symbol_keys(*question.nodes)):
        shape, meaning = question.known.shape(key), question.known.meaning(key)
        if shape is not None and shape.kind in _KINDS and not shape.rows and not shape.cols:
            yield key, shape
        if meaning is not None and meaning.word in _VALUES:
            yield key, meaning

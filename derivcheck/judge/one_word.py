"""What hangs on one word: a clash, or a difference that no edit mends, is rather a word that belongs to another symbol
("with W, b, and 1 the vector of ones"), where the equation holds without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivcheck.context.facts import Fact
from derivcheck.judge.question import Question
from derivcheck.judge.settle import settle
from derivcheck.notation.keys import symbol_keys

_KINDS = frozenset({"vector", "matrix", "square", "scalar"})  # rows and columns are told apart on purpose
_VALUES = frozenset({"ones", "zero", "identity"})


def hangs_on_a_word(question: Question) -> str | None:
    """The symbol of which a mere word keeps the equation from holding."""
    for key in sorted(symbol_keys(*question.nodes)):
        for fact in _words(question, key):
            found = settle(replace(question, known=question.known.without(fact)))
            if found.agreed and not found.forced:
                return key
    return None


def _words(question: Question, key: str) -> Iterator[Fact]:
    """What a word says of a symbol: its kind, or that its value is a certain one."""
    shape, meaning = question.known.shape(key), question.known.meaning(key)
    if shape is not None and shape.kind in _KINDS and not shape.rows and not shape.cols:
        yield shape
    if meaning is not None and meaning.word in _VALUES:
        yield meaning

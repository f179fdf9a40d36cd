"""Pseudo-random numbers that derive from a seed alone: the same on every machine, run and Python version."""

from __future__ import annotations

from collections.abc import MutableSequence
from hashlib import blake2b, shake_128
from struct import unpack
from typing import Any


def derive(seed: bytes, *parts: object) -> bytes:
    """A new seed from a seed and anything with a stable repr."""
    return blake2b(seed + repr(parts).encode(), digest_size=16).digest()


class Stream:
    """Numbers drawn from SHAKE-128 of the seed."""

    __slots__ = ("_block", "_position", "_seed", "_words")

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._block = 0
        self._words: tuple[int, ...] = unpack(">96H", shake_128(seed).digest(192))
        self._position = 0

    def _word(self) -> int:
        at = self._position
        if at == len(self._words):
            self._block += 1
            self._words = unpack(">512H", shake_128(self._seed + self._block.to_bytes(4, "big")).digest(1024))
            at = 0
        self._position = at + 1
        return self._words[at]

    def below(self, n: int) -> int:
        """0 ≤ k < n, n ≤ 2¹⁶; as uniform as sampling needs (bias below n/2¹⁶)."""
        return self._word() * n >> 16

    def each_below(self, n: int, count: int) -> list[int]:
        """As many of them, drawn one after the other."""
        at = self._position
        words = self._words[at : at + count]
        if len(words) < count:
            return [self.below(n) for _ in range(count)]
        self._position = at + count
        return [word * n >> 16 for word in words]

    def between(self, low: int, high: int) -> int:
        """low ≤ k ≤ high."""
        return low + self.below(high - low + 1)

    def shuffle(self, items: MutableSequence[Any]) -> None:
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]

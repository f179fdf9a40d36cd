"""Pseudo-random numbers that derive from a seed alone: the same on every machine, run and Python version."""

from __future__ import annotations

from collections.abc import MutableSequence
from hashlib import blake2b, shake_128
from typing import Any


def derive(seed: bytes, *parts: object) -> bytes:
    """A new seed from a seed and anything with a stable repr."""
    return blake2b(seed + repr(parts).encode(), digest_size=16).digest()


class Stream:
    """Numbers drawn from SHAKE-128 of the seed."""

    __slots__ = ("_block", "_bytes", "_position", "_seed")

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._block = 0
        self._bytes = shake_128(seed).digest(192)
        self._position = 0

    def _word(self) -> int:
        start = self._position
        if start + 2 > len(self._bytes):
            self._block += 1
            self._bytes = shake_128(self._seed + self._block.to_bytes(4, "big")).digest(1024)
            start = 0
        self._position = start + 2
        return int.from_bytes(self._bytes[start : start + 2], "big")

    def below(self, n: int) -> int:
        """0 ≤ k < n, n ≤ 2¹⁶; as uniform as sampling needs (bias below n/2¹⁶)."""
        return self._word() * n >> 16

    def between(self, low: int, high: int) -> int:
        """low ≤ k ≤ high."""
        return low + self.below(high - low + 1)

    def odd(self, limit: int) -> int:
        """An odd k with |k| < limit, limit even."""
        return 2 * self.below(limit) - limit + 1

    def shuffle(self, items: MutableSequence[Any]) -> None:
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]

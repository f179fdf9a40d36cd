"""What governs a formula in its sentence: the mood of the words before it, and how far what it says reaches."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from derivcheck.context.phrases import DISPLAYED, Role
from derivcheck.context.scopes import Reach
from derivcheck.context.tokens import Piece

LOCAL = re.compile(r"\bin (?:this|the present) (?:sub)?section|(?:本|这一|此)(?:小)?节", re.IGNORECASE)
ALWAYS = re.compile(
    r"\bthroughout\b(?! this (?:sub)?section)|\bin (?:this|the) (?:note|notes|paper|post|article|document)\b"
    r"|全文|本文|本笔记|一律|除特别|若无另外|如无特别",
    re.IGNORECASE,
)
_INTRODUCING = frozenset({Role.LET, Role.DEFINE})
# By mood: how far shapes, other properties and definitions reach.
REACH: Mapping[Role | None, tuple[Reach, Reach, Reach]] = {
    None: (Reach.STATED, Reach.STATED, Reach.FORWARD),
    Role.LET: (Reach.FORWARD, Reach.FORWARD, Reach.FORWARD),
    Role.DEFINE: (Reach.FORWARD, Reach.FORWARD, Reach.FORWARD),
    Role.WHERE: (Reach.BACKWARD, Reach.BACKWARD, Reach.BACKWARD),
    Role.FOR: (Reach.FORWARD, Reach.CASE, Reach.PASSING),
    Role.IF: (Reach.PASSING, Reach.PASSING, Reach.PASSING),
}


@dataclass(frozen=True, slots=True)
class Governed:
    """What governs a position of a sentence: the last mood word, whether it is a consequence, where it was
    said."""

    mood: Role | None
    derived: bool
    at: int


@lru_cache(maxsize=8)
def stated_reach(text: str) -> Reach | None:
    """The reach that a sentence names: "in this section", "throughout"."""
    if LOCAL.search(text):
        return Reach.LOCAL_SECTION
    return Reach.EVERYWHERE if ALWAYS.search(text) else None


def governance(tokens: Sequence[Piece], length: int) -> list[Governed]:
    """For every offset of a sentence what governs it."""
    out: list[Governed] = []
    now = Governed(None, False, 0)
    last: Role | None = None
    introducing = False  # since the last display
    for token in tokens:
        before, last = last, token.role
        out.extend([now] * (token.start - len(out)))
        introducing = token.phrase is not DISPLAYED and (introducing or token.role in _INTRODUCING)
        match token.role:
            case Role.WHERE if introducing:
                now = Governed(Role.LET, False, token.start)  # "put $f = Xw$, where $X$ is …": of what is put
            case Role.FOR if now.mood is Role.DEFINE and before in (Role.FORMULA, Role.DESCRIBE, Role.CLOSE):
                pass  # "write $N$ for the weight"
            case Role.IF | Role.FOR | Role.WHERE | Role.LET | Role.DEFINE:
                now = Governed(token.role, False, token.start)
            case Role.DERIVE if not token.phrase.restates or now.mood is None:
                now = Governed(now.mood, True, now.at)
            case Role.STOP if token.phrase.role is not Role.STOP:
                now = Governed(None, False, token.start)
            case _:
                pass
    out.extend([now] * (length - len(out) + 1))
    moods = {token.role for token in tokens}
    return _introducing(out) if Role.FOR in moods and moods & {Role.LET, Role.DEFINE} else out


def _introducing(governed: list[Governed]) -> list[Governed]:
    """"For symmetric $A$ put $S = …$" introduces A together with S: it holds for what follows, as S does."""
    out = list(governed)
    introduces = False
    for k in range(len(out) - 1, -1, -1):
        match out[k].mood:
            case Role.LET | Role.DEFINE:
                introduces = True
            case Role.FOR:
                if introduces:
                    out[k] = replace(out[k], mood=Role.LET)
            case _:
                introduces = False
    return out

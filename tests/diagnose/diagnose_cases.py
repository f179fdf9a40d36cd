"""Questions for the repair search: one display in a small document, read as the program reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from unittest.mock import patch

from derivcheck.config import Options
from derivcheck.diagnose.model import Diagnosis, Edit, Limits
from derivcheck.diagnose.repair import diagnose
from derivcheck.documents.model import Flavour, Macro, MathBlock
from derivcheck.judge import course
from derivcheck.judge.question import Question, Settled
from derivcheck.judge.roles import LinkRole, Role
from derivcheck.judge.settle import settle
from derivcheck.pipeline import judge_document, read_text
from derivcheck.verify.evidence import Agreed

DECLARED = r"""Let $A, B, C \in \mathbb{R}^{n\times n}$ be invertible, $P \in \mathbb{R}^{m\times n}$,
$Q \in \mathbb{R}^{n\times p}$, $u, v, x, y \in \mathbb{R}^n$,
$w \in \mathbb{R}^m$ and $s, t \in \mathbb{R}$."""


@dataclass(frozen=True)
class Case:
    """The last link of the display of a small document."""

    question: Question
    settled: Settled
    text: str
    macros: Mapping[str, Macro]

    def diagnosis(self, limits: Limits | None = None) -> Diagnosis | None:
        return diagnose(
            self.question, self.settled, self.text, replace(limits or Limits(), macros=self.macros)
        )

    def mended(self, edit: Edit) -> str:
        assert self.text[edit.start : edit.end] == edit.old
        return self.text[: edit.start] + edit.new + self.text[edit.end :]


def case(equation: str, context: str = DECLARED, *, chosen: int = -1) -> Case:
    """A link, every equality taken as a claim."""
    document = read_text(
        f"{context}\n\n$$\n{equation}\n$$\n", path="note.md", flavour=Flavour.MARKDOWN, options=Options()
    )
    asked: list[tuple[Question, Settled]] = []

    def record(question: Question) -> Settled:
        settled = settle(question)
        asked.append((question, settled))
        return settled

    with (
        patch.object(course, "role_of", lambda *_: LinkRole(Role.CLAIM)),
        patch("derivcheck.judge.judge.settle", record),
        patch("derivcheck.diagnose.repair.diagnose", lambda *_: None),
    ):
        judge_document(document, Options())
    block = [item for item in document.items if isinstance(item, MathBlock) and item.display][-1]
    question, settled = asked[chosen]
    return Case(question, settled, block.text, document.macros)


def passes(equation: str, context: str = DECLARED) -> bool:
    return isinstance(case(equation, context).settled.best.evidence, Agreed)

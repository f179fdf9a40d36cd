"""What surrounds a link, and the search for its repair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from derivcheck.diagnose.model import Diagnosis, Limits
from derivcheck.diagnose.patience import Patience
from derivcheck.documents.model import Macro
from derivcheck.judge.question import Question, Settled
from derivcheck.judge.roles import LinkRole
from derivcheck.verify.errors import CannotDecide


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What surrounds a link: its role, whether an earlier equation of the display is a condition, the block text."""

    role: LinkRole
    after_condition: bool
    text: str
    macros: Mapping[str, Macro] = field(default_factory=dict)
    suspect: str = ""  # the side that the link before speaks against
    patience: Patience = field(default_factory=Patience)
    arbitrary: Callable[[], frozenset[str]] = frozenset  # symbols that stand in identities and are bound nowhere
    bound: Callable[[], frozenset[str]] = frozenset  # symbols of which other links or the introduction say something

    def limits(self, *, structural_only: bool = False, renames: bool = False, pairs: bool = False) -> Limits:
        """What a repair of this link may be."""
        return Limits(
            structural_only, renames, pairs, suspect=self.suspect, macros=self.macros, patience=self.patience
        )


def diagnosed(question: Question, settled: Settled, around: Circumstances, limits: Limits) -> Diagnosis | None:
    """The repair, if the search ends well: a search that fails must not swallow what was refuted."""
    from derivcheck.diagnose.repair import diagnose  # loaded for what is false only

    try:
        return diagnose(question, settled, around.text, limits)
    except (ArithmeticError, LookupError, ValueError, CannotDecide):  # or it takes too long
        return None

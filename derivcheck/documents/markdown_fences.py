"""Fences of Markdown and its dialects: mathematics, prose under a name (a theorem, a note), or code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from derivcheck.documents.markdown_lines import Line, Lines

FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})[ \t]*(.*)$")
_DIRECTIVE = re.compile(r"\{([A-Za-z][\w:-]*)\}")
# Quarto names its theorem-like blocks by the prefix of their label.
_THEOREM_LIKE = {
    "thm": "theorem", "lem": "lemma", "cor": "corollary", "prp": "proposition", "cnj": "conjecture",
    "def": "definition", "exm": "example", "exr": "exercise", "sol": "solution", "rem": "remark",
}  # fmt: skip
_CODE_DIRECTIVES = frozenset(
    {"code", "code-block", "code-cell", "sourcecode", "literalinclude", "figure", "image", "bibliography",
     "raw", "toctree", "include", "mermaid", "r", "python", "julia", "ojs", "bash", "eval-rst", "contents",
     "glue", "tableofcontents", "prf:algorithm", "algorithm", "csv-table", "list-table", "video", "iframe",
     "stan", "sql"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fence:
    """An opening fence: its mark, and what the rest of its line says."""

    mark: str
    info: str

    @property
    def directive(self) -> str:
        """The name in `{name}` that a directive of MyST begins with, or nothing."""
        found = _DIRECTIVE.match(self.info)
        return found[1] if found else ""

    @property
    def is_math(self) -> bool:
        return self.info.split(" ")[0] == "math" or self.directive == "math"

    @property
    def is_prose(self) -> bool:
        """Whether the content is Markdown again: a directive such as a note or a theorem."""
        return self.mark[0] == ":" or (self.directive != "" and self.directive not in _CODE_DIRECTIVES)

    @property
    def name(self) -> str:
        """The name of a theorem-like block, or nothing."""
        name = (self.directive or self.info).removeprefix("prf:").removeprefix("proof:").strip("{}").lstrip("#.")
        name = _THEOREM_LIKE.get(name.split("-")[0], name)
        return name if name.isalpha() else ""

    def closed_by(self, other: Fence) -> bool:
        return not other.info and other.mark[0] == self.mark[0] and len(other.mark) >= len(self.mark)


@dataclass
class ClosingFences:
    """Finds where fences end; what the search saw in vain it does not look at again."""

    lines: Lines
    _unclosed: dict[tuple[str, int], int] = field(default_factory=dict)  # mark and quote depth nothing later closes

    def after(self, i: int, line: Line, mark: str) -> int | None:
        """The line of the closing fence, from line i on; the end of the quote ends the fence as well."""
        if len(mark) >= self._unclosed.get((mark[0], line.depth), len(mark) + 1):
            return None
        for k in range(i, len(self.lines)):
            inner = self.lines.at(k)
            if inner.depth < line.depth and not inner.blank:
                return k - 1
            content = self.lines.text[inner.start : inner.end].rstrip()
            if content.startswith(mark) and not content.strip(mark[0]):
                return k
        self._unclosed[mark[0], line.depth] = len(mark)
        return None

"""`python -m benchmarks.gate FILE.jsonl`: which displays of collected documents are taken for claims.

Each line of the file is one display: `latex`, the text before and after it (`pre`, `post`), its format (`ext`), its
`kind`, and whether it is `checkable` ("no" for definitions, models, updates, constraints). Printed are the verdicts by
kind, every finding, and two shares: of the findings those on checkable displays (precision), of the checkable displays
those with a link that was decided (recall).
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from derivcheck import check_text
from derivcheck.report.model import LinkReport
from derivcheck.verdict import Verdict

_DECIDED = frozenset({Verdict.PROVED, Verdict.VERIFIED, Verdict.REFUTED, Verdict.ILL_SHAPED})


def links(row: Mapping[str, str | None]) -> Iterator[LinkReport]:
    """The links of the display itself, checked within the text around it."""
    latex, tex = row["latex"] or "", row["ext"] == "tex"
    opened, closed = ("\n\\[\n", "\n\\]\n") if tex else ("\n\n$$\n", "\n$$\n\n")
    text = f"{row['pre'] or ''}{opened}{latex}{closed}{row['post'] or ''}"
    for equation in check_text(text, path="excerpt.tex" if tex else "excerpt.md").equations:
        if equation.latex.split()[:8] == latex.split()[:8]:
            yield from equation.links


def main(path: Path) -> None:
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    findings, checkable, decided = Counter[bool](), 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        claimed = row["checkable"] != "no"
        found = list(links(row))
        table[f"{row['kind']} ({row['checkable']})"].update(link.verdict.value for link in found)
        checkable += claimed
        decided += claimed and any(link.verdict in _DECIDED for link in found)
        for link in (one for one in found if one.verdict.is_finding):
            findings[claimed] += 1
            print("finding:", row.get("n"), link.rule, link.message)
    for kind, verdicts in sorted(table.items()):
        print(f"{kind:32} {dict(verdicts)}")
    print(f"findings on checkable displays: {findings[True]} of {findings.total()}")
    print(f"checkable displays decided: {decided} of {checkable}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

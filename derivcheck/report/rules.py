"""The rules: one row per kind of finding. `pages/<code>.md` says what is wrong, why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """code: what reports and `--select` use. name: states the fault. summary: one line for lists."""

    code: str
    name: str
    summary: str


_TABLE = (
    # DC1xx: the equation is false. The diagnosis, a re-verified edit, gives the rule.
    Rule("DC101", "false-equality", "the two sides differ, and no single edit mends it"),
    Rule("DC102", "wrong-transpose", "a transpose is missing or one too many"),
    Rule("DC103", "wrong-sign", "a sign is wrong"),
    Rule("DC104", "swapped-factors", "two factors of a product that does not commute are swapped"),
    Rule("DC105", "swapped-kronecker", "the factors of a Kronecker product are swapped"),
    Rule("DC106", "wrong-factor", "a scalar factor is missing, superfluous or wrong"),
    Rule("DC107", "wrong-inverse", "an inverse is missing or one too many"),
    Rule("DC108", "wrong-exponent", "an exponent is wrong"),
    Rule("DC109", "wrong-index", "an index is wrong"),
    Rule("DC110", "wrong-symbol", "one symbol stands where another belongs"),
    Rule("DC111", "wrong-term", "a term is missing or superfluous"),
    # DC2xx: shapes, indices and order relations.
    Rule("DC201", "shape-mismatch", "the shapes do not match under any reading"),
    Rule("DC202", "free-indices-differ", "the two sides do not have the same free indices"),
    Rule("DC203", "false-inequality", "a claimed inequality or non-equality is false"),
    # DC21x: slips in how variables are bound, seen without any mathematics.
    Rule("DC211", "unused-bound-index", "what a sum runs over does not occur in it, another index does"),
    Rule("DC212", "wrong-range", "the range of a sum, a product or an integral is none"),
    Rule("DC213", "summed-index-free", "an index that one side sums over is free on the other side"),
    Rule("DC214", "wrong-integration-variable", "an integral is taken over the wrong variable"),
    Rule("DC215", "index-bound-twice", "a sum or integral stands directly inside another one over the same variable"),
    Rule("DC216", "objective-without-variable", "the variable of a minimum or maximum is not in the objective"),
    Rule("DC217", "wrong-count", "an average over a range is divided by something else than its length"),
    Rule("DC218", "broken-sequence", "a sequence written with dots ends with another letter than it starts with"),
    # DC3xx: layout and conventions.
    Rule("DC301", "other-layout", "holds only in another layout than the one declared"),
    Rule("DC302", "mixed-layouts", "equations of one text hold in different layouts (a note, no finding)"),
    # DC4xx: hypotheses.
    Rule("DC401", "missing-hypothesis", "holds only under a hypothesis that the text does not state"),
    # DC9xx: what was not decided. Never a finding.
    Rule("DC901", "unread-display", "a display could not be read"),
    Rule("DC902", "undecided-link", "a claim was read and not decided"),
)

RULES: Mapping[str, Rule] = {rule.code: rule for rule in _TABLE}


def page(code: str) -> str:
    """The page of a rule, in Markdown. KeyError when there is no such rule."""
    from importlib.resources import files  # loaded for pages only

    rule = RULES[code]
    return (files("derivcheck.report") / "pages" / f"{rule.code}.md").read_text(encoding="utf-8")


def selected(rule: str | None, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Is a finding of this rule wanted? The longest prefix that fits decides, `ignore` wins a tie.

    A finding without a rule always is.
    """
    if rule is None:
        return True
    chosen = max((len(p) for p in select if rule.startswith(p)), default=-1)
    refused = max((len(p) for p in ignore if rule.startswith(p)), default=-1)
    return chosen > refused

"""Relation signs: which tokens form one, what kind it is, and what its annotation says."""

from __future__ import annotations

from collections.abc import Sequence

from derivcheck.notation.token import Token, TokenKind
from derivcheck.statements.model import RelationKind


def _table(kind: RelationKind, names: str) -> dict[str, RelationKind]:
    return {name if name in "=<>" else "\\" + name: kind for name in names.split()}


SIGNS: dict[str, RelationKind] = {
    **_table(RelationKind.EQUAL, "= eq xlongequal longequal xequal"),
    **_table(
        RelationKind.DEFINE,
        "coloneqq eqqcolon coloneq eqcolon triangleq doteq defeq vcentcolon doteqdot eqdef",
    ),
    **_table(RelationKind.EQUIV, "equiv"),
    **_table(RelationKind.NOT_EQUAL, "ne neq nequiv"),
    **_table(RelationKind.LESS_EQUAL, "le leq leqslant leqq"),
    **_table(RelationKind.GREATER_EQUAL, "ge geq geqslant geqq"),
    **_table(RelationKind.LESS, "< lt"),
    **_table(RelationKind.GREATER, "> gt"),
    **_table(RelationKind.APPROX, "approx simeq approxeq thickapprox fallingdotseq risingdotseq"),
    **_table(RelationKind.PROPORTIONAL, "propto varpropto"),
    **_table(RelationKind.ASSIGN, "leftarrow gets longleftarrow"),
    **_table(
        RelationKind.OTHER,
        "in notin ni sim thicksim nsim to rightarrow longrightarrow mapsto longmapsto leftrightarrow "
        "rightsquigarrow "
        "leadsto hookrightarrow xrightarrow xleftarrow xmapsto xleftrightarrow prec succ preceq "
        "succeq preccurlyeq "
        "succcurlyeq curlyeqprec curlyeqsucc subset subseteq supset supseteq subsetneq supsetneq "
        "nsubset nsubseteq "
        "cong asymp ll gg lll ggg lesssim gtrsim lessgtr gtrless nless ngtr nleq ngeq vdash dashv "
        "models vDash perp "
        "parallel trianglelefteq triangleleft bowtie downarrow uparrow nearrow searrow "
        "twoheadrightarrow colonsim",
    ),
}
SIGNS["\\eqcolon"] = RelationKind.DEFINE

# Commands whose optional and braced arguments annotate the sign.
_EXTENSIBLE = frozenset(
    {"\\xlongequal", "\\xequal", "\\xrightarrow", "\\xleftarrow", "\\xmapsto", "\\xleftrightarrow"}
)
STACKS = frozenset(
    {"\\stackrel", "\\overset", "\\underset", "\\overunderset", "\\underoverset", "\\stackbin"}
)
_TWO_ANNOTATIONS = frozenset({"\\overunderset", "\\underoverset"})
_COMPOUNDS: dict[str, RelationKind] = {
    ":=": RelationKind.DEFINE,
    "=:": RelationKind.DEFINE,
    "==": RelationKind.EQUAL,
    "<=": RelationKind.LESS_EQUAL,
    ">=": RelationKind.GREATER_EQUAL,
    "<-": RelationKind.ASSIGN,
    "->": RelationKind.OTHER,
}
_SINGLE_CHARACTERS = frozenset(":=<>-")
_SCRIPTS = (TokenKind.SUP, TokenKind.SUB)
_DEFINING = ("def", "Def", "DEF", "\\Delta", "\\triangle", "\\vartriangle", "定义", "记", "令", "let", ":")
# Over an equality sign: in law, almost surely, in probability, a question, a demand: no plain claim.
_WEAKENING = frozenset(
    {"d", "D", "p", "P", "L", "w", "a.s.", "as", "a.e.", "dist", "law", "?", "!", "\\mathcalD", "iid"}
)


def relation_at(
    tokens: Sequence[Token], i: int, stop: int, partner: Sequence[int]
) -> tuple[RelationKind, int] | None:
    """The kind and end index of the relation sign that starts at token `i` (before `stop`), if one does.

    `partner[i]` is the index of the closing brace of the group opened at i, else -1.
    """
    token = tokens[i]
    if token.kind is TokenKind.OPEN:
        return _braced_sign(tokens, i, partner)
    if token.kind is not TokenKind.COMMAND and token.kind is not TokenKind.SYMBOL:
        return None
    if token.text in STACKS:
        return _stacked_sign(tokens, i, stop, partner)
    found = _plain_sign(tokens, i, stop)
    if found is None:
        return None
    kind, end = found
    if token.text in _EXTENSIBLE:
        return _with_arguments(tokens, kind, end, stop, partner)
    return _with_scripts(tokens, kind, end, stop, partner)


def _plain_sign(tokens: Sequence[Token], i: int, stop: int) -> tuple[RelationKind, int] | None:
    token = tokens[i]
    if token.text in _SINGLE_CHARACTERS:
        if token.text == ":" and i + 2 < stop and tokens[i + 1].text == ":" and tokens[i + 2].text == "=":
            return RelationKind.DEFINE, i + 3
        if i + 1 < stop and (kind := _COMPOUNDS.get(token.text + tokens[i + 1].text)) is not None:
            following = tokens[i + 1]
            adjacent = not following.spaced or kind is RelationKind.DEFINE
            if adjacent and not (
                token.text == "=" and following.text == ":" and _colon_of_next(tokens, i, stop)
            ):
                return kind, i + 2
        if token.text in ":-":
            return None
    if token.text == "\\vcentcolon":
        return (RelationKind.DEFINE, i + 2) if i + 1 < stop and tokens[i + 1].text == "=" else None
    kind_or_none = SIGNS.get(token.text)
    return None if kind_or_none is None else (kind_or_none, i + 1)


def _colon_of_next(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """`= :=`: the colon belongs to the sign after it."""
    return i + 2 < stop and tokens[i + 2].text == "="


def _braced_sign(tokens: Sequence[Token], i: int, partner: Sequence[int]) -> tuple[RelationKind, int] | None:
    """`{=}`, braces around a sign for its spacing."""
    closing = partner[i]
    if closing < 0 or closing - i > 4:
        return None
    inner = relation_at(tokens, i + 1, closing, partner) if closing > i + 1 else None
    if inner is None or inner[1] != closing:
        return None
    return _with_scripts(tokens, inner[0], closing + 1, len(tokens), partner)


def _argument(tokens: Sequence[Token], i: int, stop: int, partner: Sequence[int]) -> int:
    """The end index of the argument at `i`: a group or one token."""
    if i < stop and tokens[i].kind is TokenKind.OPEN and partner[i] >= 0:
        return partner[i] + 1
    return i + 1


def _stacked_sign(
    tokens: Sequence[Token], i: int, stop: int, partner: Sequence[int]
) -> tuple[RelationKind, int] | None:
    """`\\stackrel{(a)}{=}`, `\\overset{…}{=}`, `\\underset{…}{=}`, also around one another."""
    note = i + 1
    body = _argument(tokens, note, stop, partner)
    if tokens[i].text in _TWO_ANNOTATIONS:
        body = _argument(tokens, body, stop, partner)
    if body >= stop:
        return None
    end = _argument(tokens, body, stop, partner)
    group = tokens[body].kind is TokenKind.OPEN and end > body + 1
    start, limit = (body + 1, end - 1) if group else (body, end)
    if limit - start > _MAX_SIGN or start >= limit:
        return None
    inner = relation_at(tokens, start, limit, partner)
    if inner is None or inner[1] != limit:
        return None
    kind = annotated(inner[0], tokens[note:body])
    return _with_scripts(tokens, kind, end, stop, partner)


_MAX_SIGN = 24  # tokens of a sign inside a stack: nested annotations stay small


def _with_arguments(
    tokens: Sequence[Token], kind: RelationKind, end: int, stop: int, partner: Sequence[int]
) -> tuple[RelationKind, int]:
    """`\\xlongequal[below]{above}`."""
    start = end
    if end < stop and tokens[end].text == "[":
        closing = next((j for j in range(end, min(stop, end + 64)) if tokens[j].text == "]"), -1)
        if closing > 0:
            end = closing + 1
    if end < stop and tokens[end].kind is TokenKind.OPEN and partner[end] >= 0:
        end = partner[end] + 1
    return annotated(kind, tokens[start:end]), end


def _with_scripts(
    tokens: Sequence[Token], kind: RelationKind, end: int, stop: int, partner: Sequence[int]
) -> tuple[RelationKind, int]:
    """Scripts on a sign annotate it: `=^{(a)}`, `\\le_{p}`."""
    while end + 1 < stop and tokens[end].kind in _SCRIPTS:
        after = _argument(tokens, end + 1, stop, partner)
        kind = annotated(kind, tokens[end + 1 : after])
        end = after
    return kind, end


def annotated(kind: RelationKind, note: Sequence[Token]) -> RelationKind:
    """The kind of an annotated sign: `\\overset{\\mathrm{def}}{=}` defines, `\\stackrel{d}{=}` is weaker."""
    if kind is not RelationKind.EQUAL or len(note) > 64:
        return kind
    words = "".join(
        t.text
        for t in note
        if t.kind not in (TokenKind.OPEN, TokenKind.CLOSE)
        and t.text not in ("\\mathrm", "\\rm", "\\bf", "\\mathsf")
    ).strip()
    if words.startswith(_DEFINING):
        return RelationKind.DEFINE
    return RelationKind.OTHER if words in _WEAKENING else kind

"""A display block as chains of links: the whole stage on one screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from derivcheck.documents.model import Document, Macro, MathBlock
from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse
from derivcheck.notation.token import Token, TokenKind
from derivcheck.statements.assemble import assemble
from derivcheck.statements.draft import Draft
from derivcheck.statements.model import Chain, Connective, Display, Member, Relation, RelationKind
from derivcheck.statements.units import NestedTooDeeply, Unit, read_units

MAX_TOKENS = 20_000
_BREAKS = frozenset({TokenKind.AMP, TokenKind.NEWLINE})


def read_display(block: MathBlock, macros: Mapping[str, Macro]) -> Display:
    """The chains of `block`; `unparsed` says why when it is too large to be read at all. Never raises."""
    tokens = tokenize(block.text, macros)
    if len(tokens) > MAX_TOKENS:
        return Display(block, (), "too large")
    continuous = block.env.startswith("multline") or any(
        t.kind is TokenKind.BEGIN and t.text.startswith("multline") for t in tokens
    )
    try:
        units = read_units(tokens)
    except NestedTooDeeply:
        return Display(block, (), "too large")
    drafts = assemble(units, continuous=continuous)
    return Display(block, _with_bare_conditions([_chain(draft, tokens, block.text) for draft in drafts]))


def read_displays(document: Document) -> dict[int, Display]:
    """Every math block of a document by its item index; a formula that occurs again is read once."""
    read: dict[tuple[str, str], Display] = {}
    out: dict[int, Display] = {}
    for i, block in enumerate(document.items):
        if isinstance(block, MathBlock):
            found = read.get((block.text, block.env))
            if found is None:
                found = read[block.text, block.env] = read_display(block, document.macros)
            out[i] = Display(block, found.chains, found.unparsed)
    return out


def _with_bare_conditions(chains: Sequence[Chain]) -> tuple[Chain, ...]:
    """A condition without a relation (`\\text{for all } i`) is words on its neighbour."""
    kept: list[Chain] = []
    waiting = ""
    for chain in chains:
        if chain.connective is Connective.CONDITION and not chain.relations:
            if kept:
                kept[-1] = replace(kept[-1], words=f"{kept[-1].words} {chain.words}".strip())
            else:
                waiting = f"{waiting} {chain.words}".strip()
            continue
        kept.append(replace(chain, words=f"{waiting} {chain.words}".strip()) if waiting else chain)
        waiting = ""
    if waiting:
        return (replace(chains[-1], words=waiting),)
    return tuple(kept)


_MODULUS = re.compile(r"\\p?mod(?![A-Za-z])|\(\s*\\(?:mathrm|text|textrm|operatorname)\s*\{\s*mod\b")


def _chain(draft: Draft, tokens: Sequence[Token], text: str) -> Chain:
    relations = tuple(_relation(unit, tokens, text) for unit in draft.relations)
    members: list[Member] = []
    for i, units in enumerate(draft.members):
        place = relations[i - 1].end if i else (relations[0].start if relations else 0)
        members.append(_member(units, tokens, text, place))
    if any(_MODULUS.search(m.latex) for m in members):  # a congruence, whatever its sign
        relations = tuple(replace(r, kind=RelationKind.OTHER) for r in relations)
    words = draft.words
    if draft.connective is Connective.CONDITION and not relations:  # `\\text{if } A \\text{ is symmetric}`
        words = [*words[: draft.leading], f"${members[0].latex}$", *words[draft.leading :]]
    return Chain(tuple(members), relations, draft.connective, " ".join(words))


def _relation(unit: Unit, tokens: Sequence[Token], text: str) -> Relation:
    start = tokens[unit.start].start
    end = max(t.end for t in tokens[unit.start : unit.end])
    return Relation(unit.relation or RelationKind.OTHER, text[start:end], start, end)


def _member(units: Sequence[Unit], tokens: Sequence[Token], text: str, place: int) -> Member:
    """The member made of `units`; an empty one stands at `place`."""
    if not units:
        return Member(parse((), text), "", place, place)
    whole = tokens[units[0].start : units[-1].end]
    if sum(u.end - u.start for u in units) == len(whole) and _BREAKS.isdisjoint([t.kind for t in whole]):
        start, end = min([t.start for t in whole]), max([t.end for t in whole])
        return Member(parse(whole, text), text[start:end], start, end)
    indices = _content(units, tokens)
    if not indices:
        return Member(parse((), text), "", place, place)
    kept = [tokens[i] for i in indices]
    start, end = min(t.start for t in kept), max(t.end for t in kept)
    return Member(parse(kept, text), _latex(indices, tokens, text), start, end)


def _content(units: Sequence[Unit], tokens: Sequence[Token]) -> list[int]:
    """Indices of the tokens of a member: alignment marks and row breaks outside environments left out."""
    indices: list[int] = []
    depth = 0
    for unit in units:
        for i in range(unit.start, unit.end):
            kind = tokens[i].kind
            if kind is TokenKind.BEGIN:
                depth += 1
            elif kind is TokenKind.END:
                depth -= 1
            elif depth <= 0 and (kind is TokenKind.AMP or kind is TokenKind.NEWLINE):
                continue
            indices.append(i)
    return indices


def _latex(indices: Sequence[int], tokens: Sequence[Token], text: str) -> str:
    """The source of the tokens, run by run."""
    pieces: list[str] = []
    first = indices[0]
    previous = first
    for i in (*indices[1:], -1):
        if i == previous + 1:
            previous = i
            continue
        start = tokens[first].start
        end = max(t.end for t in tokens[first : previous + 1])
        pieces.append(text[start:end])
        if i > 0:  # wide spaces between the runs are kept
            skipped = tokens[previous + 1 : i]
            pieces.extend(text[t.start : t.end].strip() for t in skipped if t.text == "\\quad")
        first = previous = i
    return " ".join(pieces)

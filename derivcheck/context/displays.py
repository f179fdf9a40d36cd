"""What a display says of its symbols: definitions, memberships, conditions such as "where A = Aᵀ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from derivcheck.context.definitions import display_definitions
from derivcheck.context.distributions import named_normal
from derivcheck.context.facts import DefinitionFact, Fact, HypothesisFact, Scope, TaintFact
from derivcheck.context.memberships import declarations, unquantified
from derivcheck.context.properties import property_of
from derivcheck.context.site import Site
from derivcheck.context.subjects import groups, is_range
from derivcheck.statements.model import Chain, Connective, Display, RelationKind

_DEFINING = re.compile(r"\b(?:where|let|with|setting|put|write|denote)\s*$|(?:其中|令|记|设|这里)\s*$", re.IGNORECASE)
_PASSING = re.compile(
    r"^\W*(?:if|when(?:ever)?|for|unless|provided|only if|as long as)\b|^\W*(?:当|若|如果|对)", re.IGNORECASE
)


def display_facts(display: Display, site: Site, dims: frozenset[str]) -> Iterator[Fact]:
    """The facts that the chains of a display state. Its equations are claims, not constraints: only those
    that a word or brackets make conditions of the others speak about symbols."""
    yield from display_definitions(display, site)
    yield from _stated(display, site)
    for member in (m for c in display.chains if c.relations for m in c.members):
        yield from named_normal(member.node, site)
    for nodes, chain in groups(display):
        if chain is None or is_range(chain) or not chain.relations:
            continue
        conditional = chain.connective is Connective.CONDITION
        if not conditional and chain.relations[-1].kind is not RelationKind.OTHER:
            continue
        own = _site(chain, site) if conditional else site
        named = tuple(unquantified(n) for n in nodes)
        for fact in declarations(named, chain, own, dims):
            if _admitted(fact, chain, conditional):
                yield fact


def _stated(display: Display, site: Site) -> Iterator[Fact]:
    """`A = Aᵀ`, an equation of its own: whether given or derived, it holds of A for what follows."""
    after = Scope(site.item + 1, site.scope.last)
    for chain in display.chains:
        equates = len(chain.relations) == 1 and chain.relations[0].kind is RelationKind.EQUAL
        conditional = chain.connective is Connective.CONDITION
        if equates and not conditional and after.first < after.last:
            found = property_of(chain.members[0].node, chain.members[1].node)
            if found is not None:
                yield replace(site, scope=after, narrow=after, forward=after).property(*found)


def _site(chain: Chain, site: Site) -> Site:
    """A condition: "if …" holds for its display only, "where …" as far as the display's definitions."""
    marked = bool(_DEFINING.search(chain.words))
    if not _PASSING.search(chain.words):
        return replace(site, marked=marked)
    here = Scope(site.scope.first, site.item + 1)
    return replace(site, scope=here, narrow=here, forward=here, marked=marked, conditional=True)


def _admitted(fact: Fact, chain: Chain, conditional: bool) -> bool:
    """Relations that were not understood taint in running text only; a definition needs its word."""
    match fact:
        case DefinitionFact():
            return conditional and fact.marked
        case HypothesisFact():
            return False
        case TaintFact():
            return not conditional and len(chain.relations) == 1
        case _:
            return True

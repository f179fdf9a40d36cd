"""What a judged chain says for the text after it: definitions, what a differential tells, what constraints bind,
the laws of random symbols."""

from __future__ import annotations

from dataclasses import replace

from derivcheck.context.distributions import law_told
from derivcheck.context.facts import DefinitionFact, Fact, HypothesisFact, Scope, TaintFact
from derivcheck.context.partitions import blocks
from derivcheck.context.scopes import Outline
from derivcheck.context.site import Site
from derivcheck.judge.identification import identified
from derivcheck.judge.model import Course
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.roles import Role, is_assuming, is_named, is_recursion, lists_members
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.moments import told
from derivcheck.notation.walk import subtrees
from derivcheck.readings.definitions import solved, target
from derivcheck.readings.known import Known
from derivcheck.statements.model import Chain, RelationKind
from derivcheck.verdict import Verdict


def definitions_made(
    course: Course,
    item: int,
    chain: Chain,
    results: tuple[Outcome, ...],
    sections: Outline,
    random: frozenset[str] = frozenset(),
) -> list[Fact]:
    """Definitions a chain makes: `S = XᵀX` with S new, `x_{k+1} = Ax_k`, `x = Wz + u` of `random` z and u. They hold to
    the end of the section."""
    out: list[Fact] = []
    for link, outcome in enumerate(results):
        before, after = chain.members[link], chain.members[link + 1]
        assumed = link == 0 and outcome.role is Role.ASSUMPTION
        recursion = assumed and is_recursion(before, after)
        drawn = assumed and isinstance(before.node, tree.Sym) and _is_made_of(after.node, random)
        if outcome.role is not Role.DEFINITION and not recursion and not drawn:
            continue
        left, right = solved(before.node, after.node)
        marked = chain.relations[link].kind is RelationKind.DEFINE
        closed = not any(isinstance(n, tree.Sym | tree.Grid) for n in subtrees(right))
        if not marked and (closed or lists_members(target(left)[0] or "", right)):
            continue
        if isinstance(right, tree.Empty) or (target(left)[0] is None and not marked):
            continue
        span = course.span(item, left.start, left.end)
        out.append(DefinitionFact(span, Scope(item, sections.end(item)), item, left, right, marked))
    return out


def blocks_told(fresh: list[Fact], known: Known) -> list[Fact]:
    """What the definitions of a chain as partitioned matrices say of the blocks."""
    out: list[Fact] = []
    for d in (f for f in fresh if isinstance(f, DefinitionFact) and isinstance(f.right, tree.Grid)):
        key = target(d.left)[0]
        if key is not None:
            named = {k for n in subtrees(d.right) if (k := symbol_key(n)) is not None}
            defined = {k for k in named if known.definition(k) is not None}
            told = known.at.properties_of(key).values()
            last = min((f.scope.last for f in told), default=d.scope.last)  # a passing condition on the whole
            held = replace(d, scope=Scope(d.scope.first, min(d.scope.last, last)))
            out.extend(blocks(held, known.properties(key) | known.ended_properties(key), defined))
    return out


def parts_named(
    course: Course, item: int, chain: Chain, results: tuple[Outcome, ...], sections: Outline, known: Known
) -> list[Fact]:
    """`L = ½(L + Lᵀ) + ½(L - Lᵀ) = D + W` names the parts of a sum: D and W stand here for the first time."""
    out: list[Fact] = []
    for link, outcome in enumerate(results):
        left, right = chain.members[link].node, chain.members[link + 1].node
        if outcome.verdict is not Verdict.ASSUMPTION:
            continue
        if not isinstance(left, tree.Add) or not isinstance(right, tree.Add):
            continue
        keys = {symbol_key(term) for term in right.terms}
        if {*left.signs, *right.signs} != {"+"} or not len(keys) == len(left.terms) == len(right.terms):
            continue
        earlier = (m.node for k, d in course.displays.items() if k < item for c in d.chains for m in c.members)
        if None in keys or any(known.definition(k) for k in keys if k) or keys & symbol_keys(*earlier, left):
            continue
        span, scope = course.span(item, right.start, right.end), Scope(item, sections.end(item))
        pairs = zip(right.terms, left.terms, strict=True)
        out.extend(DefinitionFact(span, scope, item, name, value, False) for name, value in pairs)
    return out


def _is_made_of(node: tree.Node, random: frozenset[str]) -> bool:
    """Whether random symbols are among those that a value is made of."""
    return not random.isdisjoint(key for n in subtrees(node) if (key := symbol_key(n)) is not None)


def identifications_made(
    course: Course, item: int, chain: Chain, results: tuple[Outcome, ...], known: Known
) -> list[Fact]:
    """What an assumed differential says of its function, for the rest of the display."""
    out: list[Fact] = []
    for link, outcome in enumerate(results):
        left, right = chain.members[link], chain.members[link + 1]
        assumed = outcome.verdict in (Verdict.ASSUMPTION, Verdict.UNKNOWN)
        if assumed and (found := identified(left.node, right.node, known)) is not None:
            span = course.span(item, left.start, left.end)
            out.append(DefinitionFact(span, Scope(item, item + 1), item, *found, True))
    return out


def constraints_made(
    course: Course, item: int, chain: Chain, results: tuple[Outcome, ...], sections: Outline
) -> list[Fact]:
    """Symbols that an equation such as `Σ f_i = 1` binds, where it is no identity: what follows may rest on it."""
    out: list[Fact] = []
    for link, outcome in enumerate(results):
        undecided = outcome.verdict in (Verdict.ASSUMPTION, Verdict.UNKNOWN)
        if not undecided or chain.relations[link].kind is not RelationKind.EQUAL:
            continue
        left, right = chain.members[link], chain.members[link + 1]
        bound = left if _is_positive(right.node) else right if _is_positive(left.node) else None
        if bound is None or not any(isinstance(n, tree.Big) and n.op == "sum" for n in subtrees(bound.node)):
            continue
        span = course.span(item, bound.start, bound.end)
        scope = Scope(item, sections.end(item))
        symbols = (n for n in subtrees(bound.node) if isinstance(n, tree.Sym | tree.Accent | tree.Script))
        keys = (key for n in symbols if (key := symbol_key(n)) is not None)
        bindable = (key for key in dict.fromkeys(keys) if key not in ("\\infty", "\\pi"))
        out.extend(TaintFact(span, scope, item, key, bound.latex) for key in bindable)
    return out


def laws_told(
    course: Course, item: int, chain: Chain, results: tuple[Outcome, ...], sections: Outline
) -> list[Fact]:
    """`E[ε] = 0`, `Var(ε) = σ²I`, where nothing said so before: given from here on."""
    out: list[Fact] = []
    for link, outcome in enumerate(results):
        left, right = chain.members[link], chain.members[link + 1]
        given = outcome.verdict in (Verdict.ASSUMPTION, Verdict.UNKNOWN, Verdict.DEFINITION)
        law = told(left.node, right.node) if given and chain.relations[link].kind is RelationKind.EQUAL else None
        if law is not None:
            scope = Scope(item, sections.end(item))
            out.extend(law_told(law, Site(course.span(item, left.start, left.end), item, scope, scope, scope)))
    return out


def equations_assumed(
    course: Course, item: int, chain: Chain, results: tuple[Outcome, ...], sections: Outline, prose: str
) -> list[Fact]:
    """Equations that the text assumes, by their form or the words before them: models, equations of motion, conditions
    to be met. What is not true of all values may be true where they hold, in the displays that follow."""
    out: list[Fact] = []
    for link, outcome in enumerate(results):
        if outcome.verdict is not Verdict.ASSUMPTION or chain.relations[link].kind is not RelationKind.EQUAL:
            continue
        if outcome.suspect and not is_assuming(prose) and not is_named(prose):
            continue  # false, and perhaps a slip
        left, right = chain.members[link], chain.members[link + 1]
        span, scope = course.span(item, left.start, right.end), Scope(item + 1, sections.end(item))
        out.append(HypothesisFact(span, scope, item, tree.Rel((left.node, right.node), ("=",))))
    return out


def values_put_in(
    course: Course, item: int, chain: Chain, results: tuple[Outcome, ...], sections: Outline
) -> list[Fact]:
    """Symbols that a definition goes on without, `y = m x = 2m`: they have values that only the text tells."""
    out: list[Fact] = []
    if not results or results[0].role is not Role.DEFINITION:
        return out
    for link, outcome in enumerate(results[1:], start=1):
        left, right = chain.members[link], chain.members[link + 1]
        if outcome.verdict is Verdict.ASSUMPTION and chain.relations[link].kind is RelationKind.EQUAL:
            span, scope = course.span(item, left.start, left.end), Scope(item, sections.end(item))
            gone = dict.fromkeys(k for n in subtrees(left.node) if (k := symbol_key(n)) is not None)
            stay = {symbol_key(n) for n in subtrees(right.node)}
            out.extend(TaintFact(span, scope, item, key, left.latex) for key in gone if key not in stay)
    return out


def _is_positive(node: tree.Node) -> bool:
    return isinstance(node, tree.Num) and node.text != "0"

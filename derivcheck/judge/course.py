"""Following a document: every display in order, what it defines and what is learned from it passed on."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from derivcheck.context.conventions import layouts_named
from derivcheck.context.facts import Convention, ConventionFact, DefinitionFact, Fact, HypothesisFact, Scope, TaintFact
from derivcheck.context.scopes import Outline, outline
from derivcheck.context.view import ContextView
from derivcheck.diagnose.model import Limits
from derivcheck.documents.model import Annotation, Document, Heading, MathBlock, ParagraphBreak, Prose, Span
from derivcheck.judge.bridges import bridged
from derivcheck.judge.circumstances import Circumstances
from derivcheck.judge.identification import identified
from derivcheck.judge.ill_shaped import ill_shaped_definition
from derivcheck.judge.judge import Prover, judge
from derivcheck.judge.layouts import Fit, mixture
from derivcheck.judge.outcome import Outcome, Remark
from derivcheck.judge.roles import LinkRole, Role, is_recursion, lists_members, role_of
from derivcheck.judge.settle import Question, Settled, settle
from derivcheck.judge.solutions import Equation, held_against, leads_to_a_solution
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.definitions import solved, target
from derivcheck.readings.elaborator import Calculus
from derivcheck.readings.known import Known
from derivcheck.readings.layouts import COHERENT, Layout
from derivcheck.readings.usage import capitals, dimension_names, usage_of
from derivcheck.readings.variation import survey
from derivcheck.statements.model import Chain, Connective, Display, RelationKind
from derivcheck.verdict import Verdict
from derivcheck.verify.evidence import Agreed

_MEAN = re.compile(r"\b(mean|average)s?\b|平均|均值", re.IGNORECASE)


_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
_PROOF_SECONDS = 5.0
_NEAR_CHAINS = 12  # chains of a display that tell what depends on what, either way
_EQUATIONS = 4  # that a solution is held against
_NEAR = 3  # items between a display and the comment that belongs to it


@dataclass(frozen=True, slots=True)
class Course:
    """A document ready to be judged. `deadline` is a time.monotonic() value; past it, links are unknown(timeout)."""

    document: Document
    displays: Mapping[int, Display]
    facts: tuple[Fact, ...]
    inline: bool
    deadline: float
    sympy: bool = False  # let SymPy try to prove what agrees


@dataclass(frozen=True, slots=True)
class Judged:
    """Outcomes of one display: outcomes[c][l] for link l of chain c."""

    outcomes: tuple[tuple[Outcome, ...], ...]


@dataclass(slots=True)
class _State:
    """What grows while the document is followed."""

    outline: Outline
    learned: dict[str, str] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)  # the last that did not hold identically


def follow(course: Course) -> Mapping[int, Judged]:
    """Judge every display (inline math too when asked), in document order."""
    trees = [m.node for d in course.displays.values() for c in d.chains for m in c.members]
    shown = [m.node for d in course.displays.values() if d.block.display for c in d.chains for m in c.members]
    primes = any(isinstance(f, ConventionFact) and f.convention is Convention.PRIME_TRANSPOSE for f in course.facts)
    usage, dims = usage_of(trees, primes=primes), dimension_names(trees, course.facts)
    usage = replace(usage, shown=capitals(shown))
    chinese = any(isinstance(i, Prose) and _CHINESE.search(i.text) for i in course.document.items)
    means = any(isinstance(i, Prose) and _MEAN.search(i.text) for i in course.document.items)
    state = _State(outline(course.document))
    where = frozenset(i for i, d in course.displays.items() if d.block.display)
    contexts = ContextView(course.facts, where)
    identities = _identities(course, Known(contexts, contexts.at(0), usage, dims))
    out: dict[int, Judged] = {}
    headings = [i for i, found in enumerate(course.document.items) if isinstance(found, Heading)]
    for item, display in course.displays.items():
        while headings and headings[0] < item:
            headings.pop(0)
            state.learned.clear()
            state.equations.clear()
        block = course.document.items[item]
        assert isinstance(block, MathBlock)
        if (block.display or course.inline) and not _ignored(course.document, item):
            known = Known(contexts, contexts.at(item), usage, dims, dict(state.learned), chinese, means, identities)
            judged, added = _display(course, item, display, known, state)
            out[item] = judged
            if added:
                contexts = contexts.extended(tuple(added))
    return _with_mixtures(course, out)


_Place = tuple[int, int, int]  # item, chain, link


def _with_mixtures(course: Course, judged: Mapping[int, Judged]) -> Mapping[int, Judged]:
    """The same with a remark where the text leaves the layout it keeps to elsewhere, one for each declaration in force.

    A text that names both layouts and declares neither compares them."""
    fits: dict[tuple[Layout, ...], dict[_Place, Fit]] = {}
    for item, found in judged.items():
        for c, outcomes in enumerate(found.outcomes):
            for k, outcome in enumerate(outcomes):
                if outcome.fit is not None:
                    fits.setdefault(outcome.fit.allowed, {})[item, c, k] = outcome.fit
    out = dict(judged)
    for allowed, group in fits.items():
        mixed = mixture(group) if allowed != COHERENT or not _compares_layouts(course.document) else None
        if mixed is not None:
            odd, other = mixed
            said = f"layouts are mixed: here {group[odd].spoken()}; there {group[other].spoken()}"
            remark = Remark(said, _link_span(course, other), "DC302")
            out[odd[0]] = _remarked(out[odd[0]], odd, remark)
    return out


def _remarked(judged: Judged, place: _Place, remark: Remark) -> Judged:
    _, c, k = place
    outcomes = [list(row) for row in judged.outcomes]
    outcomes[c][k] = replace(outcomes[c][k], notes=(*outcomes[c][k].notes, remark))
    return Judged(tuple(map(tuple, outcomes)))


def _link_span(course: Course, place: _Place) -> Span:
    item, c, k = place
    members = course.displays[item].chains[c].members
    return _block(course, item).source_span(members[k].start, members[k + 1].end)


def _compares_layouts(document: Document) -> bool:
    return len({name for i in document.items if isinstance(i, Prose | Heading) for name in layouts_named(i.text)}) > 1


def _ignored(document: Document, item: int) -> bool:
    """Whether a comment `derivcheck: ignore` stands right before or right behind the block."""
    for step in (-1, 1):
        i = item + step
        while 0 <= i < len(document.items) and abs(i - item) <= _NEAR:
            found = document.items[i]
            if isinstance(found, Annotation):
                if found.text.strip().split(" ")[0] == "ignore":
                    return True
            elif not isinstance(found, ParagraphBreak) and not (isinstance(found, Prose) and not found.text.strip()):
                break
            i += step
    return False


def _identities(course: Course, known: Known) -> frozenset[int]:
    """Inline relations that taint a symbol but hold for all its values (`cosh²x − sinh²x = 1`)."""
    found = set()
    for item in sorted({f.item for f in course.facts if isinstance(f, TaintFact)}):
        display = course.displays.get(item)
        if display is None or display.block.display or time.monotonic() > course.deadline:
            continue
        links = [(c, k) for c in display.chains for k in range(len(c.relations))]
        here = known.moved(item)
        if links and all(c.relations[k].kind is RelationKind.EQUAL and _holds(c, k, here) for c, k in links):
            found.add(item)
    return frozenset(found)


def _holds(chain: Chain, link: int, known: Known) -> bool:
    nodes = tuple(m.node for m in chain.members)
    try:
        question = Question(nodes[link], nodes[link + 1], RelationKind.EQUAL, known, survey(nodes, nodes, known))
        return settle(question).agreed
    except Exception:  # a formula in prose that cannot be decided simply stays a constraint
        return False


def _display(course: Course, item: int, display: Display, known: Known, state: _State) -> tuple[Judged, list[Fact]]:
    prose = introduction(course.document, item)
    outcomes: list[tuple[Outcome, ...]] = []
    added: list[Fact] = []
    fresh: list[Fact] = []
    conditions = _conditions(display)
    after_condition = False
    members = [[m.node for m in c.members] for c in display.chains]
    distributed = _distributed(display)
    for number, chain in enumerate(display.chains):
        if fresh:
            contexts = known.contexts.extended(tuple(fresh))
            known = replace(known, contexts=contexts, at=contexts.at(item), _memo={})
        near = members[max(0, number - _NEAR_CHAINS) : number + _NEAR_CHAINS + 1]
        everything = tuple(n for group in near for n in group)
        surroundings = Surroundings(prose, after_condition, conditions, distributed, everything)
        results = _chain(course, chain, known, state, display, surroundings)
        fresh = _definitions(course, item, chain, results, state.outline)
        fresh += _constraints(course, item, chain, results, state.outline)
        added.extend(fresh)
        if _implies(display, number + 1):
            fresh += _identifications(course, item, chain, results, known)
        outcomes.append(results)
        if any(o.verdict is Verdict.ASSUMPTION for o in results) and chain.relations:
            conditional = chain.connective is Connective.CONDITION
            after_condition = after_condition or conditional or _implies(display, number + 1)
    return Judged(tuple(outcomes)), added


def _implies(display: Display, number: int) -> bool:
    """Whether a chain follows from the one before it."""
    return number < len(display.chains) and display.chains[number].connective in (Connective.IMPLIES, Connective.IFF)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a chain's display says: its introduction, whether an earlier equation of it is a condition, its conditions,
    the symbols it says are distributed in some way, and the members of the chains nearby."""

    prose: str
    after_condition: bool
    conditions: tuple[tree.Node, ...]
    distributed: frozenset[str]
    everything: tuple[tree.Node, ...]


def _chain(
    course: Course, chain: Chain, known: Known, state: _State, display: Display, surroundings: Surroundings
) -> tuple[Outcome, ...]:
    if not chain.relations:
        return ()
    variation = survey(tuple(m.node for m in chain.members), surroundings.everything, known)
    hypotheses = surroundings.conditions + tuple(
        f.relation for f in known.at.hypotheses() if isinstance(f, HypothesisFact)
    )
    results: list[Outcome] = []
    for link, relation in enumerate(chain.relations):
        role = role_of(chain, link, known, surroundings.prose, surroundings.distributed)
        left, right = chain.members[link], chain.members[link + 1]
        if time.monotonic() > course.deadline:
            results.append(Outcome(Verdict.UNKNOWN, role.role, "timeout", "the file took too long"))
            continue
        question = Question(left.node, right.node, relation.kind, known, variation, hypotheses)
        try:
            wrong_before = bool(results) and results[-1].verdict.is_finding
            around = Circumstances(
                role,
                surroundings.after_condition,
                display.block.text,
                course.document.macros,
                "lhs" if wrong_before else "",
            )
            outcome = judge(question, around, _prover(course))
        except Exception as error:  # one bad equation never stops the rest; the file report tells of the crash
            outcome = _crashed(role.role, error)
        results.append(outcome)
        _learn(outcome, state)

    _solve(course, chain, results, known, surroundings, variation, state)

    def across(left: int, right: int) -> Outcome:
        roles = [role_of(chain, k, known, surroundings.prose, surroundings.distributed) for k in range(left, right)]
        weak = next((r.weak for r in roles if r.weak is not None), None)
        role = LinkRole(Role.CLAIM, weak, any(r.hinted for r in roles))
        nodes = chain.members[left].node, chain.members[right].node
        question = Question(*nodes, RelationKind.EQUAL, known, variation, hypotheses)
        around = Circumstances(role, surroundings.after_condition, display.block.text, course.document.macros)
        try:
            return judge(question, around, _prover(course))
        except Exception as error:
            return _crashed(role.role, error)

    return bridged(chain, results, known, across) if time.monotonic() < course.deadline else tuple(results)


def _crashed(role: Role, error: Exception) -> Outcome:
    return Outcome(Verdict.UNKNOWN, role, "internal error", f"{type(error).__name__}: {error}", error=error)


def _solve(
    course: Course, chain: Chain, results: list[Outcome], known: Known, surroundings: Surroundings,
    variation: Calculus, state: _State,
) -> None:  # fmt: skip
    """Holds a value given to a symbol against the equations before; keeps what may be an equation to solve."""
    item = known.at.item
    key, _ = target(chain.members[0].node)
    if results[0].role is Role.DEFINITION and key is not None and chain.relations[0].kind is RelationKind.EQUAL:
        here = [e for e in state.equations if e.item == item]
        near = here or (state.equations if leads_to_a_solution(surroundings.prose) else [])
        left, right = chain.members[0].node, chain.members[1].node
        question = Question(left, right, RelationKind.EQUAL, known, variation)
        try:
            text, limits = _block(course, item).text, Limits(macros=course.document.macros)
            found = ill_shaped_definition(question) or held_against(key, right, near, question, text, limits)
        except Exception as error:
            found = _crashed(Role.DEFINITION, error)
        if found is not None:
            results[0] = found
    state.equations = [e for e in state.equations if e.item == item]
    for link, outcome in enumerate(results):
        unsolved = outcome.verdict is Verdict.ASSUMPTION or outcome.suspect
        if chain.relations[link].kind is RelationKind.EQUAL and unsolved:
            state.equations.append(Equation(item, chain.members[link].node, chain.members[link + 1].node))
    del state.equations[:-_EQUATIONS]


def _prover(course: Course) -> Prover:
    """Proofs are sought for what agreed, never for anything else; "" when there is none."""

    def attempt(settled: Settled) -> str:
        claim, evidence = settled.best.reading.claim, settled.best.evidence
        if claim is None or not isinstance(evidence, Agreed) or claim.relation != "=":
            return ""
        from derivcheck.prove.prover import prove  # loaded for what agreed only

        seconds = min(_PROOF_SECONDS, course.deadline - time.monotonic())
        proof = prove(claim, evidence, deadline=max(seconds, 0.01), sympy=course.sympy)
        if proof is None:
            return ""
        under = f" under {', '.join(proof.assumptions)}" if proof.assumptions else ""
        return f"proved by {proof.method}{under}"

    return attempt


def _learn(outcome: Outcome, state: _State) -> None:
    """Kinds that a verified equation needed hold for what follows."""
    if outcome.verdict in (Verdict.VERIFIED, Verdict.PROVED) and outcome.settled is not None:
        for key, kind in outcome.settled.best.reading.choice.kinds:
            if kind != "scalar":
                state.learned.setdefault(key, kind)


def _distributed(display: Display) -> frozenset[str]:
    """Symbols of which the display says `ε ∼ …`."""
    return frozenset(
        key
        for chain in display.chains
        for member, relation in zip(chain.members, chain.relations, strict=False)
        if relation.latex.strip() == "\\sim" and (key := symbol_key(member.node)) is not None
    )


def _conditions(display: Display) -> tuple[tree.Node, ...]:
    """The relations of the display's condition chains (`if x ≠ 0`)."""
    out: list[tree.Node] = []
    for chain in display.chains:
        if chain.connective is Connective.CONDITION and chain.relations:
            ops = tuple(r.kind.value for r in chain.relations)
            out.append(tree.Rel(tuple(m.node for m in chain.members), ops))
    return tuple(out)


def _definitions(
    course: Course, item: int, chain: Chain, results: tuple[Outcome, ...], sections: Outline
) -> list[Fact]:
    """Definitions a chain makes: `S = XᵀX` with S new, `x_{k+1} = Ax_k`. They hold to the end of the section."""
    out: list[Fact] = []
    for link, outcome in enumerate(results):
        before, after = chain.members[link], chain.members[link + 1]
        recursion = link == 0 and outcome.role is Role.ASSUMPTION and is_recursion(before, after)
        if outcome.role is not Role.DEFINITION and not recursion:
            continue
        left, right = solved(before.node, after.node)
        marked = chain.relations[link].kind is RelationKind.DEFINE
        closed = not any(isinstance(n, tree.Sym) for n in subtrees(right))
        if not marked and (closed or lists_members(target(left)[0] or "", right)):
            continue
        if isinstance(right, tree.Empty) or (target(left)[0] is None and not marked):
            continue
        span = _block(course, item).source_span(left.start, max(left.end, left.start + 1))
        out.append(DefinitionFact(span, Scope(item, sections.end(item)), item, left, right, marked))
    return out


def _identifications(
    course: Course, item: int, chain: Chain, results: tuple[Outcome, ...], known: Known
) -> list[Fact]:
    """What an assumed differential says of its function, for the rest of the display."""
    out: list[Fact] = []
    for link, outcome in enumerate(results):
        left, right = chain.members[link], chain.members[link + 1]
        assumed = outcome.verdict in (Verdict.ASSUMPTION, Verdict.UNKNOWN)
        if assumed and (found := identified(left.node, right.node, known)) is not None:
            span = _block(course, item).source_span(left.start, max(left.end, left.start + 1))
            out.append(DefinitionFact(span, Scope(item, item + 1), item, *found, True))
    return out


def _constraints(
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
        span = _block(course, item).source_span(bound.start, max(bound.end, bound.start + 1))
        scope = Scope(item, sections.end(item))
        symbols = (n for n in subtrees(bound.node) if isinstance(n, tree.Sym | tree.Accent | tree.Script))
        keys = (key for n in symbols if (key := symbol_key(n)) is not None)
        bindable = (key for key in dict.fromkeys(keys) if key not in ("\\infty", "\\pi"))
        out.extend(TaintFact(span, scope, item, key, bound.latex) for key in bindable)
    return out


def _is_positive(node: tree.Node) -> bool:
    return isinstance(node, tree.Num) and node.text != "0"


def _block(course: Course, item: int) -> MathBlock:
    block = course.document.items[item]
    assert isinstance(block, MathBlock)
    return block


def introduction(document: Document, item: int) -> str:
    """The words that lead to a display: its sentence so far, back to the previous display at most."""
    parts: list[str] = []
    for i in range(item - 1, max(-1, item - 12), -1):
        found = document.items[i]
        match found:
            case Prose(text=text):
                parts.append(text)
            case MathBlock(display=True) | Heading():
                break
            case ParagraphBreak() if parts:
                break
            case _:
                pass
    text = " ".join(reversed(parts)).strip()
    cut = max(text.rstrip(".。 ").rfind(". "), text.rstrip("。").rfind("。"), text.rfind("；"))
    return text[cut + 1 :]
